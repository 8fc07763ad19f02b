SELECT count(*) FROM parked p JOIN messages m ON m.id = p.message_id WHERE @kind::text IS NULL OR m.kind = @kind
