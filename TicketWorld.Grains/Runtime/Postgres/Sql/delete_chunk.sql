DELETE FROM pieces WHERE batch = @batch AND chunk = @chunk AND epoch = @epoch
