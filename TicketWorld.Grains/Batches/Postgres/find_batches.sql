SELECT content FROM batches WHERE batch_id = ANY (@batch_ids)
