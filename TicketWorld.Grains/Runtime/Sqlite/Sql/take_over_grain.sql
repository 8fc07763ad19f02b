UPDATE grains SET running = 0, owner = NULL, expires_at = NULL, epoch = epoch + 1 WHERE kind = @kind AND key = @key AND running = 1
