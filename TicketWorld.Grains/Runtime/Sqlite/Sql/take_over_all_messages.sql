UPDATE messages SET state = 'ready', lease_epoch = NULL, interruptions = interruptions + 1
WHERE seq IN (SELECT head_seq FROM grains WHERE running = 1) AND state = 'leased'
