-- A key may have a lower plan than its organization.
ALTER TABLE api_keys ADD COLUMN plan TEXT;

-- The requests of a key that still count, where several programs share them. Losing them in a crash of
-- the database opens a window anew and harms nothing, so PostgreSQL need not log them.
CREATE {unlogged}TABLE rate_windows (
    key_id {uuid} PRIMARY KEY,
    version {i64} NOT NULL,
    state {bytes} NOT NULL,
    at {i64} NOT NULL
) {strict};

-- What a request with an Idempotency-Key was answered: a row commits with the work it answers for.
CREATE TABLE idempotency (
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint {bytes} NOT NULL,
    output {json},
    created_at {i64} NOT NULL,
    PRIMARY KEY (org_id, operation, key)
) {strict};
CREATE INDEX idempotency_by_age ON idempotency (created_at);
