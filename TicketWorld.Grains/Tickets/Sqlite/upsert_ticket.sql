INSERT INTO tickets (batch_id, ticket_id, customer_id, customer_email, subject, status, escalated, written_at, opened_at, updated_at)
VALUES (@batch_id, @ticket_id, @customer_id, @customer_email, @subject, @status, @escalated, @written_at, @opened_at, @updated_at)
ON CONFLICT (batch_id, ticket_id) DO UPDATE SET status = excluded.status, escalated = excluded.escalated, updated_at = excluded.updated_at
