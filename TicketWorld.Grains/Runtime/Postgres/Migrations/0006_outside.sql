-- A fourth priority: turns that wait for something outside, such as a model.
ALTER TABLE grains DROP CONSTRAINT grains_head_priority_check, ADD CONSTRAINT grains_head_priority_check CHECK (head_priority BETWEEN 0 AND 3);
ALTER TABLE messages DROP CONSTRAINT messages_priority_check, ADD CONSTRAINT messages_priority_check CHECK (priority BETWEEN 0 AND 3);
ALTER TABLE line DROP CONSTRAINT line_priority_check, ADD CONSTRAINT line_priority_check CHECK (priority BETWEEN 0 AND 3);
