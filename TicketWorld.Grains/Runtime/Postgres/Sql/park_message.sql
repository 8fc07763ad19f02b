WITH left_line AS (
    DELETE FROM line l
    USING (SELECT owner, epoch, running FROM grains WHERE kind = @kind AND key = @key OFFSET 0) AS g
    WHERE l.seq = @seq AND l.lease_epoch = @epoch AND g.owner = @owner AND g.epoch = @epoch AND g.running
    RETURNING l.message_id, l.attempts),
ended AS (
    UPDATE messages m
    SET ended_at = (SELECT clock_ms(@now::bigint)), error_type = @error_type, error_message = @error_message, error_code = @error_code
    FROM left_line l WHERE m.id = l.message_id)
INSERT INTO parked (message_id, parked_at, attempts, error_detail)
SELECT message_id, (SELECT clock_ms(@now::bigint)), attempts + @counted, @error_detail FROM left_line
