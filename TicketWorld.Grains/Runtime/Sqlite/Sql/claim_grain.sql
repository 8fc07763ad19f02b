UPDATE grains
SET running = 1, epoch = CASE WHEN owner = @silo THEN epoch ELSE epoch + 1 END, owner = @silo, expires_at = @expires_at
WHERE kind = @kind AND key = @key AND running = 0
RETURNING epoch, head_seq
