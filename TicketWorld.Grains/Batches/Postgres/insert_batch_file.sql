INSERT INTO batch_files (batch_id, position, name, size, sha256, content_type)
VALUES (@batch_id, @position, @name, @size, @sha256, @content_type)
