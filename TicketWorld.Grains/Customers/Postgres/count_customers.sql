SELECT count(*) FROM customers
WHERE (@batch_id::text IS NULL OR batch_id = @batch_id)
    AND (@customer_id::text IS NULL OR customer_id = @customer_id)
    AND (@email::text IS NULL OR lower(email) = lower(@email))
