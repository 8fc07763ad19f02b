UPDATE messages SET state = 'done', ended_at = @now, error_code = 'discarded', error_message = @reason
WHERE id = @id AND state = 'parked'
