SELECT state, result, error_type, error_message, error_code FROM messages WHERE id = @id AND state IN ('done', 'parked')
