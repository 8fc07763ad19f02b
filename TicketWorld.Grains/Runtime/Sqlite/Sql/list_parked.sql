SELECT id AS MessageId, kind AS Kind, key AS Key, method AS Method, arguments AS Arguments, attempts AS Attempts, created_at AS CreatedAt, ended_at AS ParkedAt,
       error_type AS ErrorType, error_message AS ErrorMessage, error_code AS ErrorCode, error_detail AS Detail
FROM messages WHERE state = 'parked' AND (@kind IS NULL OR kind = @kind) AND (@id IS NULL OR id = @id)
ORDER BY ended_at, seq LIMIT @limit OFFSET @offset
