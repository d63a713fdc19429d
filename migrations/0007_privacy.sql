-- People who asked to be forgotten, as keyed hashes of their addresses: nobody can read who they are, and
-- no import brings them back.
CREATE TABLE erasures (
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    digest {bytes} NOT NULL,
    erased_at {i64} NOT NULL,
    PRIMARY KEY (org_id, digest)
) {strict};
-- How many there are: most organizations have none, and need not look.
ALTER TABLE organizations ADD COLUMN erasures {i64} NOT NULL DEFAULT 0;

CREATE INDEX events_by_subject ON events (org_id, subject, id);
CREATE INDEX events_by_age ON events (at);
CREATE INDEX audit_log_by_age ON audit_log (at);
CREATE INDEX contacts_hidden_at ON contacts (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX companies_hidden_at ON companies (deleted_at) WHERE deleted_at IS NOT NULL;
