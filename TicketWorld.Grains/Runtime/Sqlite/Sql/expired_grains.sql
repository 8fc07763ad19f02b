SELECT kind, key FROM grains WHERE running = 1 AND expires_at <= @now AND (owner <> @silo OR expires_at <= @now - @lease)
