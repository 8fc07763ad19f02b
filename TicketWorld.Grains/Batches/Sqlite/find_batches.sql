SELECT content FROM batches WHERE batch_id IN @batch_ids
