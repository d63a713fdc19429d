-- What is to be done after a change, outside any transaction: a row commits with the change that caused it.
CREATE TABLE jobs (
    id {uuid} PRIMARY KEY,
    org_id {uuid} REFERENCES organizations (id),
    kind TEXT NOT NULL,
    payload {json} NOT NULL,
    -- A name of which there is at most one unfinished job.
    only_one TEXT,
    -- ready, running, done or dead
    state TEXT NOT NULL,
    -- When it is to run; while it runs, when its lease ends.
    due_at {i64} NOT NULL,
    -- Counts the claims: whoever holds an older number has lost the job.
    attempt {i64} NOT NULL,
    failures {i64} NOT NULL,
    last_error TEXT,
    created_at {i64} NOT NULL,
    finished_at {i64}
) {strict};
CREATE INDEX jobs_due ON jobs (due_at) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX jobs_only_one ON jobs (only_one) WHERE finished_at IS NULL;
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
