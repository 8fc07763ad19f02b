SELECT m.result, m.error_type, m.error_message, m.error_code
FROM (SELECT * FROM messages WHERE id = @id OFFSET 0) AS m WHERE m.ended_at IS NOT NULL
