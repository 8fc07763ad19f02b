INSERT INTO written_chunks (batch, chunk, epoch, written_at) VALUES (@batch, @chunk, @epoch, clock_ms(@now::bigint))
ON CONFLICT (batch, chunk, epoch) DO UPDATE SET written_at = excluded.written_at
