UPDATE messages SET state = 'leased', lease_epoch = @epoch WHERE seq = @seq AND state = 'ready'
RETURNING id, method, arguments, attempts, interruptions, reply_kind, reply_key, reply_method, reply_tag, trace_parent
