UPDATE states SET version = version + 1, content = @content
WHERE kind = @kind AND key = @key AND name = @name AND version = @version
  AND EXISTS (SELECT 1 FROM grains WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1)
