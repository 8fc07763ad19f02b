UPDATE line l
SET state = 'ready', lease_epoch = NULL, due_at = (SELECT clock_ms(@now::bigint)) + @delay, attempts = l.attempts + @counted
FROM (SELECT owner, epoch, running FROM grains WHERE kind = @kind AND key = @key OFFSET 0) AS g
WHERE l.seq = @seq AND l.lease_epoch = @epoch AND g.owner = @owner AND g.epoch = @epoch AND g.running
