INSERT INTO pieces (batch, chunk, epoch, number, content) VALUES (@batch, @chunk, @epoch, @number, @content)
