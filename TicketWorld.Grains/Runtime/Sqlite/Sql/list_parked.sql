SELECT id, kind, key, method, arguments, attempts, created_at, ended_at, error_type, error_message, error_code, error_detail
FROM messages WHERE state = 'parked' ORDER BY ended_at, seq LIMIT @limit OFFSET @offset
