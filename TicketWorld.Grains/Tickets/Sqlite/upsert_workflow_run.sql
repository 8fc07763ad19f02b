INSERT INTO workflow_runs (batch_id, ticket_id, number, status, created_at, ended_at, result)
VALUES (@batch_id, @ticket_id, @number, @status, @created_at, @ended_at, @result)
ON CONFLICT (batch_id, ticket_id, number) DO UPDATE SET status = excluded.status, ended_at = excluded.ended_at, result = excluded.result
