UPDATE messages SET state = 'ready', lease_epoch = NULL, interruptions = interruptions + 1
WHERE seq = (SELECT head_seq FROM grains WHERE kind = @kind AND key = @key) AND state = 'leased'
