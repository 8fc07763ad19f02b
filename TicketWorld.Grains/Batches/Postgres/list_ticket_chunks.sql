SELECT chunk AS Chunk, epoch AS Epoch, bytes AS Bytes FROM kept_chunks
WHERE batch = @batch AND chunk >= 'tickets-' AND chunk < 'tickets.' ORDER BY chunk
