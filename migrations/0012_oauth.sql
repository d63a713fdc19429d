-- Programs that people let in (OAuth 2.1). What was let in is a row of api_keys with via = 'assistant'.
CREATE TABLE oauth_clients (
    -- Made up here, or the address of the program's own description.
    id TEXT PRIMARY KEY,
    -- registered or document
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    redirect_uris {json} NOT NULL,
    -- none, client_secret_basic or client_secret_post
    auth TEXT NOT NULL,
    secret_digest {bytes},
    created_at {i64} NOT NULL,
    used_at {i64} NOT NULL,
    -- Until when a description need not be fetched again.
    fresh_until {i64}
) {strict};
CREATE INDEX oauth_clients_by_use ON oauth_clients (used_at);

-- What a person has allowed and the program has yet to fetch; and, for a day, what was fetched, so that a second
-- use of a code is known as one.
CREATE TABLE oauth_codes (
    digest {bytes} PRIMARY KEY,
    client_id TEXT NOT NULL,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    user_id {uuid} NOT NULL REFERENCES users (id),
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes {json} NOT NULL,
    -- What the assistant, or the key that is made, will be called.
    name TEXT NOT NULL,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    used_at {i64},
    -- What came of it.
    grant_id {uuid}
) {strict};
CREATE INDEX oauth_codes_by_age ON oauth_codes (expires_at);

-- What is known of a grant beside its row in api_keys: for whom, and for what.
CREATE TABLE oauth_grants (
    id {uuid} PRIMARY KEY REFERENCES api_keys (id),
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    client_id TEXT NOT NULL,
    -- Where codes were sent to, as people saw it.
    redirect_host TEXT NOT NULL,
    resource TEXT NOT NULL
) {strict};
CREATE INDEX oauth_grants_by_client ON oauth_grants (client_id);
CREATE INDEX oauth_grants_by_org ON oauth_grants (org_id, id);

CREATE TABLE oauth_tokens (
    digest {bytes} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    grant_id {uuid} NOT NULL REFERENCES oauth_grants (id),
    -- access or refresh
    kind TEXT NOT NULL,
    -- The refresh token that was given for it.
    parent {bytes},
    scopes {json} NOT NULL,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    -- When a refresh token was exchanged.
    used_at {i64}
) {strict};
CREATE INDEX oauth_tokens_by_parent ON oauth_tokens (parent) WHERE parent IS NOT NULL;
CREATE INDEX oauth_tokens_by_age ON oauth_tokens (expires_at);
