DELETE FROM states s
USING (
    SELECT x.tid, x.version
    FROM unnest(@kinds::text[], @keys::text[], @names::text[], @versions::bigint[], @epochs::bigint[]) AS t (kind, key, name, version, epoch)
    CROSS JOIN LATERAL (SELECT y.owner, y.epoch, y.running FROM grains y WHERE y.kind = t.kind AND y.key = t.key OFFSET 0) AS g
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.version FROM states y WHERE y.kind = t.kind AND y.key = t.key AND y.name = t.name OFFSET 0) AS x
    WHERE g.owner = @owner AND g.epoch = t.epoch AND g.running AND x.version = t.version) AS u
WHERE s.ctid = u.tid AND s.version = u.version
