-- People sign in. A browser's session and an assistant that was let in are kept with the API keys: whatever acts
-- for an organization is in one table, and the audit log names it.
-- key, session or assistant
ALTER TABLE api_keys ADD COLUMN via TEXT NOT NULL DEFAULT 'key';
CREATE INDEX api_keys_by_user ON api_keys (user_id, via, id) WHERE user_id IS NOT NULL;
CREATE INDEX memberships_by_org ON memberships (org_id, user_id);

-- What the authenticator's secret is made from, besides the installation's secret key; none without a second factor.
ALTER TABLE users ADD COLUMN totp_nonce {bytes};
-- An enrolment that was not confirmed yet.
ALTER TABLE users ADD COLUMN totp_pending {bytes};
-- The step of the last code that was used.
ALTER TABLE users ADD COLUMN totp_step {i64};

-- When the address was last shown to be the user's own: by a letter, or by an identity provider.
ALTER TABLE users ADD COLUMN verified_at {i64};

-- Codes that replace the authenticator once.
CREATE TABLE recovery_codes (
    user_id {uuid} NOT NULL REFERENCES users (id),
    digest {bytes} NOT NULL,
    PRIMARY KEY (user_id, digest)
) {strict};

-- Links that work once. What is in them is made from the id and the installation's secret key.
CREATE TABLE links (
    id {uuid} PRIMARY KEY,
    digest {bytes} NOT NULL UNIQUE,
    -- setup, invitation, password or code
    purpose TEXT NOT NULL,
    user_id {uuid} REFERENCES users (id),
    org_id {uuid} REFERENCES organizations (id),
    email TEXT,
    role TEXT,
    -- Who invited.
    created_by TEXT,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL
) {strict};
CREATE INDEX links_by_org ON links (org_id, purpose, id);
CREATE INDEX links_by_age ON links (expires_at);
CREATE UNIQUE INDEX links_invitation ON links (org_id, email) WHERE purpose = 'invitation';

-- Who somebody is elsewhere (OpenID Connect).
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id {uuid} NOT NULL REFERENCES users (id),
    created_at {i64} NOT NULL,
    PRIMARY KEY (issuer, subject)
) {strict};
