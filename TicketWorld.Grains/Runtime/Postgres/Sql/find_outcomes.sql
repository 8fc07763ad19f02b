SELECT id, result, error_type, error_message, error_code FROM messages WHERE id = ANY (@ids::text[]) AND ended_at IS NOT NULL
