-- Keys under which credentials are sealed: each is made of its salt and the installation's secret key.
CREATE TABLE sealing_keys (
    id {uuid} PRIMARY KEY,
    salt {bytes} NOT NULL,
    -- Which secret key it is made with, as backups name it; nothing of that key.
    secret_mark TEXT NOT NULL,
    created_at {i64} NOT NULL,
    -- From when on nothing new is sealed under it.
    retired_at {i64}
) {strict};
-- One key is current, whoever else makes one at the same time.
CREATE UNIQUE INDEX sealing_keys_current ON sealing_keys ((retired_at IS NULL)) WHERE retired_at IS NULL;

-- Credentials that must be read again, whatever they belong to. A key that is used cannot be destroyed.
CREATE TABLE sealed_values (
    id {uuid} PRIMARY KEY,
    -- None for the installation's own.
    org_id {uuid} REFERENCES organizations (id),
    -- What it is, as mailbox.password.
    kind TEXT NOT NULL,
    -- The record it belongs to, as mailbox:<id>.
    owner TEXT NOT NULL,
    key_id {uuid} NOT NULL REFERENCES sealing_keys (id),
    envelope {bytes} NOT NULL,
    created_at {i64} NOT NULL,
    -- When the credential was last changed; to seal it again changes nothing of it.
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX sealed_values_by_owner ON sealed_values (owner, org_id);
CREATE INDEX sealed_values_by_org ON sealed_values (org_id) WHERE org_id IS NOT NULL;
CREATE INDEX sealed_values_by_key ON sealed_values (key_id, id);
