UPDATE messages m
SET ended_at = (SELECT clock_ms(@now::bigint)), result = s.result, error_type = s.error_type, error_message = s.error_message, error_code = s.error_code
FROM (
    SELECT t.result, t.error_type, t.error_message, t.error_code, x.tid
    FROM unnest(@ids::text[], @results::text[], @error_types::text[], @error_messages::text[], @error_codes::text[], @kinds::text[], @keys::text[], @epochs::bigint[])
         AS t (id, result, error_type, error_message, error_code, kind, key, epoch)
    CROSS JOIN LATERAL (SELECT y.owner, y.epoch, y.running FROM grains y WHERE y.kind = t.kind AND y.key = t.key OFFSET 0) AS g
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.ended_at FROM messages y WHERE y.id = t.id OFFSET 0) AS x
    WHERE g.owner = @owner AND g.epoch = t.epoch AND g.running AND x.ended_at IS NULL) AS s
WHERE m.ctid = s.tid AND coalesce(m.ended_at, 0) = 0
RETURNING m.id, m.awaited
