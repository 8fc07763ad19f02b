SELECT batch, chunk, epoch FROM pieces WHERE number = 0
