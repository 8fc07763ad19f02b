SELECT epoch, bytes FROM kept_chunks WHERE batch = @batch AND chunk = @chunk
