SELECT id, kind, key, method, arguments FROM messages WHERE id = ANY (@ids::text[])
