DELETE FROM line l
USING (
    SELECT x.tid, t.epoch
    FROM unnest(@seqs::bigint[], @epochs::bigint[]) AS t (seq, epoch)
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.state, y.lease_epoch FROM line y WHERE y.seq = t.seq OFFSET 0) AS x
    WHERE x.state = 'leased' AND x.lease_epoch = t.epoch) AS s
WHERE l.ctid = s.tid AND l.lease_epoch = s.epoch
