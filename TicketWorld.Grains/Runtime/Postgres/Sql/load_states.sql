SELECT name, version, content FROM states WHERE kind = @kind AND key = @key
