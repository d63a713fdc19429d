-- Confirmations of what destroys that have been taken: each is good once, on whichever server. A row outlives
-- the confirmation's own time by little, and holds nothing about what was confirmed.
CREATE TABLE confirmations (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    until {i64} NOT NULL
) {strict};
CREATE INDEX confirmations_by_age ON confirmations (until);
