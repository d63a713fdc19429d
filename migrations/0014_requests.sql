-- Who asked for what, and how it was answered: no bodies and no queries, and of a path only patterns and ids. It is
-- written behind the requests; ids begin with the time.
CREATE TABLE requests (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL,
    request_id TEXT NOT NULL,
    -- http or mcp
    door TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status {i64} NOT NULL,
    key_id {uuid} NOT NULL,
    at {i64} NOT NULL,
    duration_us {i64} NOT NULL
) {strict};
CREATE INDEX requests_by_org ON requests (org_id, id);
CREATE INDEX requests_by_request ON requests (request_id);
