SELECT result, error_type, error_message, error_code FROM messages WHERE id = @id AND ended_at IS NOT NULL
