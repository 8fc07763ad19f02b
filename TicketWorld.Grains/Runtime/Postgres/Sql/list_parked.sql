SELECT m.id AS "MessageId", m.kind AS "Kind", m.key AS "Key", m.method AS "Method", m.arguments AS "Arguments", p.attempts::bigint AS "Attempts", m.created_at AS "CreatedAt", p.parked_at AS "ParkedAt",
       m.error_type AS "ErrorType", m.error_message AS "ErrorMessage", m.error_code AS "ErrorCode", p.error_detail AS "Detail"
FROM parked p JOIN messages m ON m.id = p.message_id
WHERE (@kind::text IS NULL OR m.kind = @kind) AND (@id::text IS NULL OR m.id = @id)
ORDER BY p.parked_at, p.message_id LIMIT @limit OFFSET @offset
