INSERT INTO customers (batch_id, customer_id, email, open_tickets, finished_tickets, updated_at)
VALUES (@batch_id, @customer_id, @email, @open_tickets, @finished_tickets, @updated_at)
ON CONFLICT (batch_id, customer_id) DO UPDATE SET email = coalesce(excluded.email, customers.email), open_tickets = excluded.open_tickets,
    finished_tickets = excluded.finished_tickets, updated_at = excluded.updated_at
