SELECT batch, chunk, epoch FROM kept_chunks
