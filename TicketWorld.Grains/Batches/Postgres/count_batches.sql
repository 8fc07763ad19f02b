SELECT count(*) FROM batches WHERE @status::text IS NULL OR status = @status
