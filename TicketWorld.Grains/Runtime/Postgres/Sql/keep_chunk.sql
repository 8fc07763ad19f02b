INSERT INTO kept_chunks (batch, chunk, epoch, bytes) VALUES (@batch, @chunk, @epoch, @bytes)
ON CONFLICT (batch, chunk) DO UPDATE SET epoch = excluded.epoch, bytes = excluded.bytes
