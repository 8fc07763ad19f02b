SELECT (SELECT count(*) FROM messages WHERE state IN ('ready', 'leased')) - (SELECT count(*) FROM grains WHERE running = 1),
       (SELECT count(*) FROM messages WHERE state = 'delayed'),
       (SELECT count(*) FROM grains WHERE running = 1),
       (SELECT count(*) FROM messages WHERE state = 'parked')
