UPDATE grains
SET running = 0, owner = CASE WHEN @expires_at IS NULL THEN NULL ELSE owner END, expires_at = @expires_at, head_seq = @seq, head_priority = @priority, head_due = @due_at
WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1
