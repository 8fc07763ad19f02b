UPDATE messages SET state = 'ready', seq = @new_seq WHERE seq = @seq AND state = 'delayed'
