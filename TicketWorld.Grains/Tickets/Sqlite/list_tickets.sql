SELECT batch_id AS BatchId, ticket_id AS TicketId, customer_id AS CustomerId, customer_email AS CustomerEmail, subject AS Subject, status AS Status,
    escalated AS Escalated, category AS Category, severity AS Severity, assigned_team AS AssignedTeam, priority AS Priority, duplicate_of AS DuplicateOf,
    written_at AS WrittenAt, opened_at AS OpenedAt, updated_at AS UpdatedAt
FROM tickets
WHERE (@status IS NULL OR status = @status)
    AND (@escalated IS NULL OR escalated = @escalated)
    AND (@batch_id IS NULL OR batch_id = @batch_id)
    AND (@customer_id IS NULL OR customer_id = @customer_id)
    AND (@category IS NULL OR category = @category)
    AND (@severity IS NULL OR severity = @severity)
    AND (@assigned_team IS NULL OR assigned_team = @assigned_team)
ORDER BY opened_at DESC, batch_id DESC, ticket_id DESC LIMIT @limit OFFSET @offset
