SELECT m.kind, m.key, m.priority FROM parked p JOIN messages m ON m.id = p.message_id WHERE p.message_id = @id
