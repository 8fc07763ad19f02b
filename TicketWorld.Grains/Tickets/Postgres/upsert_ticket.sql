INSERT INTO tickets (batch_id, ticket_id, customer_id, customer_email, subject, status, escalated, category, severity, assigned_team, priority, duplicate_of,
    written_at, opened_at, updated_at)
VALUES (@batch_id, @ticket_id, @customer_id, @customer_email, @subject, @status, @escalated, @category, @severity, @assigned_team, @priority, @duplicate_of,
    @written_at, @opened_at, @updated_at)
ON CONFLICT (batch_id, ticket_id) DO UPDATE SET status = excluded.status, escalated = excluded.escalated, category = excluded.category,
    severity = excluded.severity, assigned_team = excluded.assigned_team, priority = excluded.priority, duplicate_of = excluded.duplicate_of,
    updated_at = excluded.updated_at
