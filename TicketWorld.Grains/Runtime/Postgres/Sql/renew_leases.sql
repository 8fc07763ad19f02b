UPDATE grains g SET expires_at = (SELECT clock_ms(@now::bigint)) + @lease
FROM (
    SELECT x.tid, t.epoch
    FROM unnest(@kinds::text[], @keys::text[], @epochs::bigint[]) AS t (kind, key, epoch)
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.owner, y.epoch, y.running FROM grains y WHERE y.kind = t.kind AND y.key = t.key OFFSET 0) AS x
    WHERE x.owner = @owner AND x.epoch = t.epoch AND x.running) AS s
WHERE g.ctid = s.tid AND g.owner = @owner AND g.epoch = s.epoch
RETURNING g.kind, g.key, g.epoch
