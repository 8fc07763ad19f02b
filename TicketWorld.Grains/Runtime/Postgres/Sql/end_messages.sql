UPDATE messages m
SET ended_at = clock_ms(@now::bigint), result = t.result, error_type = t.error_type, error_message = t.error_message, error_code = t.error_code
FROM unnest(@ids::text[], @results::text[], @error_types::text[], @error_messages::text[], @error_codes::text[], @kinds::text[], @keys::text[], @epochs::bigint[])
     AS t (id, result, error_type, error_message, error_code, kind, key, epoch)
JOIN grains g ON g.kind = t.kind AND g.key = t.key AND g.owner = @owner AND g.epoch = t.epoch AND g.running
WHERE m.id = t.id AND m.ended_at IS NULL
RETURNING m.id, m.awaited
