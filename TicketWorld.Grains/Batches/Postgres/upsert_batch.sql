INSERT INTO batches (batch_id, created_at, status, chunks_ready, content)
VALUES (@batch_id, @created_at, @status, @chunks_ready, @content)
ON CONFLICT (batch_id) DO UPDATE SET status = excluded.status, chunks_ready = excluded.chunks_ready, content = excluded.content
