UPDATE grains SET expires_at = @expires_at
WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1
