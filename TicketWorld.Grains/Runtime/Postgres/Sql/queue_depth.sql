SELECT (SELECT count(*) FROM line WHERE state = 'ready'), (SELECT count(*) FROM line WHERE state = 'delayed'),
       (SELECT count(*) FROM line WHERE state = 'leased'), (SELECT count(*) FROM parked)
