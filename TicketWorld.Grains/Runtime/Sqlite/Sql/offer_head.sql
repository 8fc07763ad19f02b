INSERT INTO grains (kind, key, head_seq, head_priority, head_due)
VALUES (@kind, @key, @seq, @priority, @due_at)
ON CONFLICT (kind, key) DO UPDATE
SET head_seq = excluded.head_seq, head_priority = excluded.head_priority, head_due = excluded.head_due
WHERE grains.head_seq IS NULL
