UPDATE messages
SET state = 'done', lease_epoch = NULL, ended_at = @now, result = @result,
    error_type = @error_type, error_message = @error_message, error_code = @error_code, error_detail = NULL
WHERE seq = @seq AND state = 'leased' AND lease_epoch = @epoch
  AND EXISTS (SELECT 1 FROM grains WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1)
