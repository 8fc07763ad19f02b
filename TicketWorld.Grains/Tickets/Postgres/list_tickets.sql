SELECT batch_id AS BatchId, ticket_id AS TicketId, customer_id AS CustomerId, customer_email AS CustomerEmail, subject AS Subject, status AS Status,
    escalated AS Escalated, category AS Category, severity AS Severity, assigned_team AS AssignedTeam, priority AS Priority, duplicate_of AS DuplicateOf,
    written_at AS WrittenAt, opened_at AS OpenedAt, updated_at AS UpdatedAt
FROM tickets
WHERE (@status::text IS NULL OR status = @status)
    AND (@escalated::boolean IS NULL OR escalated = @escalated)
    AND (@batch_id::text IS NULL OR batch_id = @batch_id)
    AND (@customer_id::text IS NULL OR customer_id = @customer_id)
    AND (@category::text IS NULL OR category = @category)
    AND (@severity::text IS NULL OR severity = @severity)
    AND (@assigned_team::text IS NULL OR assigned_team = @assigned_team)
ORDER BY opened_at DESC, batch_id DESC, ticket_id DESC LIMIT @limit OFFSET @offset
