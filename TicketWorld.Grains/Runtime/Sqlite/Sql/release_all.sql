UPDATE grains SET owner = NULL, expires_at = NULL WHERE owner = @owner AND running = 0
