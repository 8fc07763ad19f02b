UPDATE grains SET running = 0, owner = NULL, expires_at = NULL, epoch = epoch + 1 WHERE owner IS NOT NULL
