SELECT name AS Name, size AS Size, sha256 AS Sha256, content_type AS ContentType FROM batch_files WHERE batch_id = @batch_id ORDER BY position
