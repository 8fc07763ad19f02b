WITH given AS (
    SELECT * FROM unnest(
        @ids::text[], @kinds::text[], @keys::text[], @methods::text[], @arguments::text[], @priorities::smallint[], @awaited::boolean[], @delays::bigint[],
        @reply_kinds::text[], @reply_keys::text[], @reply_methods::text[], @reply_tags::text[], @trace_parents::text[])
    WITH ORDINALITY AS t (id, kind, key, method, arguments, priority, awaited, delay, reply_kind, reply_key, reply_method, reply_tag, trace_parent, place)),
added AS (
    INSERT INTO messages (id, kind, key, method, arguments, priority, awaited, created_at, reply_kind, reply_key, reply_method, reply_tag, trace_parent)
    SELECT id, kind, key, method, arguments, priority, awaited, clock_ms(@now::bigint), reply_kind, reply_key, reply_method, reply_tag, trace_parent FROM given
    ON CONFLICT (id) DO NOTHING
    RETURNING id)
INSERT INTO line (message_id, kind, key, priority, state, due_at)
SELECT g.id, g.kind, g.key, g.priority, CASE WHEN g.delay > 0 THEN 'delayed' ELSE 'ready' END, clock_ms(@now::bigint) + g.delay
FROM given g JOIN added USING (id) ORDER BY g.place
RETURNING message_id
