SELECT result AS Result FROM workflow_runs WHERE batch_id = @batch_id AND ticket_id = @ticket_id AND number = @number
