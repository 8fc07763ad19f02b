SELECT m.id, m.kind, m.key, m.method, m.arguments, p.attempts, m.created_at, p.parked_at, m.error_type, m.error_message, m.error_code, p.error_detail
FROM parked p JOIN messages m ON m.id = p.message_id ORDER BY p.parked_at, p.message_id LIMIT @limit OFFSET @offset
