WITH added AS (
    INSERT INTO messages (id, kind, key, method, arguments, priority, awaited, created_at, reply_kind, reply_key, reply_method, reply_tag, trace_parent)
    SELECT id, kind, key, method, arguments, priority, awaited, (SELECT clock_ms(@now::bigint)), reply_kind, reply_key, reply_method, reply_tag, trace_parent
    FROM unnest(
        @ids::text[], @kinds::text[], @keys::text[], @methods::text[], @arguments::text[], @priorities::smallint[], @awaited::boolean[],
        @reply_kinds::text[], @reply_keys::text[], @reply_methods::text[], @reply_tags::text[], @trace_parents::text[])
    AS t (id, kind, key, method, arguments, priority, awaited, reply_kind, reply_key, reply_method, reply_tag, trace_parent)
    ON CONFLICT (id) DO NOTHING
    RETURNING id, kind, key, priority),
placed AS MATERIALIZED (
    SELECT id, kind, key, priority, array_position(@ids::text[], id::text) AS place FROM added)
INSERT INTO line (message_id, kind, key, priority, state, due_at)
SELECT id, kind, key, priority, CASE WHEN (@delays::bigint[])[place] > 0 THEN 'delayed' ELSE 'ready' END, (SELECT clock_ms(@now::bigint)) + (@delays::bigint[])[place]
FROM placed ORDER BY place
RETURNING message_id
