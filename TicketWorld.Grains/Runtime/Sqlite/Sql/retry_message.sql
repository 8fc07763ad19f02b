UPDATE messages
SET state = 'ready', lease_epoch = NULL, due_at = @due_at, attempts = attempts + @counted,
    error_type = @error_type, error_message = @error_message, error_code = @error_code, error_detail = @error_detail
WHERE seq = @seq AND state = 'leased' AND lease_epoch = @epoch
  AND EXISTS (SELECT 1 FROM grains WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1)
