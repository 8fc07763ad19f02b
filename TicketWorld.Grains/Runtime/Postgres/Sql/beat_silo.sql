WITH forgotten AS (
    DELETE FROM silos WHERE silo_id IN (
        SELECT silo_id FROM silos WHERE heartbeat_at < (SELECT clock_ms(@now::bigint)) - @forgotten AND silo_id <> @silo FOR UPDATE SKIP LOCKED))
INSERT INTO silos (silo_id, name, process_id, started_at, heartbeat_at, turns_done, turns_running, turns_per_second, stopping)
VALUES (@silo, @name, @process, clock_ms(@now::bigint) - @age, clock_ms(@now::bigint), @done, @running, @rate, @stopping)
ON CONFLICT (silo_id) DO UPDATE
SET heartbeat_at = excluded.heartbeat_at, turns_done = excluded.turns_done, turns_running = excluded.turns_running,
    turns_per_second = excluded.turns_per_second, stopping = excluded.stopping
