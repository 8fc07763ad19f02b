INSERT INTO states (kind, key, name, version, content)
SELECT @kind, @key, @name, 1, @content
WHERE EXISTS (SELECT 1 FROM grains WHERE kind = @kind AND key = @key AND owner = @owner AND epoch = @epoch AND running = 1)
ON CONFLICT (kind, key, name) DO NOTHING
