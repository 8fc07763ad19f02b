SELECT silo_id, name, process_id, started_at, heartbeat_at, turns_done, turns_running, turns_per_second, stopping,
       heartbeat_at < clock_ms(@now::bigint) - @silent
FROM silos WHERE heartbeat_at >= clock_ms(@now::bigint) - @forgotten ORDER BY name COLLATE "C", started_at, silo_id
