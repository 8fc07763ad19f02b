SELECT (SELECT min(head_due) FROM grains WHERE head_seq IS NOT NULL AND NOT running AND head_priority = @priority AND head_due > (SELECT clock_ms(@now::bigint))) - clock_ms(@now::bigint),
       (SELECT min(due_at) FROM line WHERE state = 'delayed') - clock_ms(@now::bigint),
       EXISTS (
           SELECT 1 FROM grains
           WHERE head_seq IS NOT NULL AND NOT running AND head_priority = @priority AND head_due <= (SELECT clock_ms(@now::bigint))
             AND (owner IS NULL OR owner = @silo OR expires_at <= (SELECT clock_ms(@now::bigint))))
