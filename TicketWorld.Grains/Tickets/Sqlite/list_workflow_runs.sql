SELECT number AS Number, created_at AS CreatedAt, ended_at AS EndedAt, result AS Result FROM workflow_runs
WHERE batch_id = @batch_id AND ticket_id = @ticket_id
ORDER BY number DESC LIMIT @limit
