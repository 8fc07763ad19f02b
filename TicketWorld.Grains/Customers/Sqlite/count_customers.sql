SELECT count(*) FROM customers
WHERE (@batch_id IS NULL OR batch_id = @batch_id)
    AND (@customer_id IS NULL OR customer_id = @customer_id)
    AND (@email IS NULL OR lower(email) = lower(@email))
