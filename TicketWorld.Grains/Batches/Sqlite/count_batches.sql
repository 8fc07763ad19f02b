SELECT count(*) FROM batches WHERE @status IS NULL OR status = @status
