SELECT batch_id AS BatchId, customer_id AS CustomerId, email AS Email, open_tickets AS OpenTickets, finished_tickets AS FinishedTickets, updated_at AS UpdatedAt
FROM customers
WHERE (@batch_id IS NULL OR batch_id = @batch_id)
    AND (@customer_id IS NULL OR customer_id = @customer_id)
    AND (@email IS NULL OR lower(email) = lower(@email))
ORDER BY updated_at DESC, batch_id DESC, customer_id DESC LIMIT @limit OFFSET @offset
