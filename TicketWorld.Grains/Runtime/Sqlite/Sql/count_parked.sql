SELECT count(*) FROM messages WHERE state = 'parked' AND (@kind IS NULL OR kind = @kind)
