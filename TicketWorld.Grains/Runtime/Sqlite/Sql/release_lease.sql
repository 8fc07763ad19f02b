UPDATE grains SET owner = NULL, expires_at = NULL
WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 0
