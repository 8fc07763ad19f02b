UPDATE messages
SET state = 'ready', seq = @new_seq, due_at = @now, ended_at = NULL, attempts = 0, interruptions = 0,
    error_type = NULL, error_message = NULL, error_code = NULL, error_detail = NULL
WHERE id = @id AND state = 'parked'
RETURNING kind, key, priority
