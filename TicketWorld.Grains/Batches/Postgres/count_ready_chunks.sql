SELECT chunks_ready FROM batches WHERE batch_id = @batch_id
