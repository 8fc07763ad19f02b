SELECT content FROM pieces WHERE batch = @batch AND chunk = @chunk AND epoch = @epoch AND number = @number
