-- What is counted is kept counted: lists show how many rows there are without reading them. Several
-- slots, so that concurrent changes seldom wait for each other.
CREATE TABLE record_counts (
    org_id {uuid} NOT NULL,
    -- contact or company
    subject TEXT NOT NULL,
    slot {i64} NOT NULL,
    n {i64} NOT NULL,
    PRIMARY KEY (org_id, subject, slot)
) {strict};
INSERT INTO record_counts (org_id, subject, slot, n)
    SELECT org_id, 'contact', 0, COUNT(*) FROM contacts WHERE deleted_at IS NULL GROUP BY org_id;
INSERT INTO record_counts (org_id, subject, slot, n)
    SELECT org_id, 'company', 0, COUNT(*) FROM companies WHERE deleted_at IS NULL GROUP BY org_id;

ALTER TABLE contacts ADD COLUMN first_name_fold TEXT;
ALTER TABLE contacts ADD COLUMN last_name_fold TEXT;
UPDATE contacts SET first_name_fold = LOWER(first_name), last_name_fold = LOWER(last_name);

CREATE INDEX contacts_by_country ON contacts (org_id, country, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_state ON contacts (org_id, state, id) WHERE deleted_at IS NULL AND state IS NOT NULL;
CREATE INDEX contacts_by_seniority ON contacts (org_id, seniority_level, id)
    WHERE deleted_at IS NULL AND seniority_level IS NOT NULL;
CREATE INDEX companies_by_country ON companies (org_id, country, id) WHERE deleted_at IS NULL;
ALTER TABLE lists ADD COLUMN processing {i64} NOT NULL DEFAULT 0;
CREATE INDEX custom_values_by_value ON custom_values (column_id, value);
