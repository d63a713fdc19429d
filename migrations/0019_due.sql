-- What a job was put off for, beside when it is due: where the clock was ahead when that was reckoned, the wait is
-- found to be longer than it was meant to be, and is cut. Null for what is due at an instant, whatever the clock said.
ALTER TABLE jobs ADD COLUMN put_off_for {i64};
-- Of jobs with the same key, a pool runs only so many at once.
ALTER TABLE jobs ADD COLUMN concurrency_key TEXT;
-- Nothing was put off for longer than two hours until now.
UPDATE jobs SET put_off_for = 7200000000 WHERE finished_at IS NULL;
CREATE INDEX jobs_put_off ON jobs (due_at) WHERE finished_at IS NULL AND put_off_for IS NOT NULL;
CREATE INDEX jobs_by_key ON jobs (pool, concurrency_key, due_at) WHERE finished_at IS NULL AND concurrency_key IS NOT NULL;
