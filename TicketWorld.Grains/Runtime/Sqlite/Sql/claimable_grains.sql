SELECT kind, key FROM grains
WHERE head_seq IS NOT NULL AND running = 0 AND head_priority = @priority AND head_due <= @now
  AND (owner IS NULL OR owner = @silo OR expires_at <= @now)
ORDER BY head_due, head_seq LIMIT @max
