DELETE FROM silos WHERE silo_id = @silo
