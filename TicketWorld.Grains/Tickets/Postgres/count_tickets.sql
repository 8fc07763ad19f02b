SELECT count(*) FROM tickets
WHERE (@status::text IS NULL OR status = @status)
    AND (@escalated::boolean IS NULL OR escalated = @escalated)
    AND (@batch_id::text IS NULL OR batch_id = @batch_id)
    AND (@customer_id::text IS NULL OR customer_id = @customer_id)
