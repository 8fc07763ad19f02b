INSERT INTO messages (seq, id, kind, key, method, arguments, priority, state, created_at, due_at,
                      reply_kind, reply_key, reply_method, reply_tag, trace_parent)
VALUES (@seq, @id, @kind, @key, @method, @arguments, @priority, @state, @created_at, @due_at,
        @reply_kind, @reply_key, @reply_method, @reply_tag, @trace_parent)
ON CONFLICT (id) DO NOTHING
