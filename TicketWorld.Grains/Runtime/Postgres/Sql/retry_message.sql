UPDATE line l
SET state = 'ready', lease_epoch = NULL, due_at = clock_ms(@now::bigint) + @delay, attempts = l.attempts + @counted
FROM grains g
WHERE l.seq = @seq AND l.state = 'leased' AND l.lease_epoch = @epoch
  AND g.kind = @kind AND g.key = @key AND g.owner = @owner AND g.epoch = @epoch AND g.running
