SELECT batch_id AS BatchId, ticket_id AS TicketId, customer_id AS CustomerId, customer_email AS CustomerEmail, subject AS Subject, status AS Status,
    escalated AS Escalated, written_at AS WrittenAt, opened_at AS OpenedAt, updated_at AS UpdatedAt
FROM tickets
WHERE (@status::text IS NULL OR status = @status)
    AND (@escalated::boolean IS NULL OR escalated = @escalated)
    AND (@batch_id::text IS NULL OR batch_id = @batch_id)
    AND (@customer_id::text IS NULL OR customer_id = @customer_id)
ORDER BY opened_at DESC, batch_id DESC, ticket_id DESC LIMIT @limit OFFSET @offset
