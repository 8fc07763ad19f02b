WITH discarded AS (
    DELETE FROM parked WHERE message_id = @id RETURNING message_id)
UPDATE messages m SET ended_at = clock_ms(@now::bigint), error_code = 'discarded', error_message = @reason
FROM discarded d WHERE m.id = d.message_id
