SELECT content FROM batches WHERE @status::text IS NULL OR status = @status ORDER BY created_at DESC, batch_id DESC LIMIT @limit OFFSET @offset
