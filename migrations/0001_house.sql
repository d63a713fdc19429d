-- One text for both engines. Tokens in braces become each engine's own type; see crates/storage/src/migrate.rs.

CREATE TABLE organizations (
    id {uuid} PRIMARY KEY,
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    created_at {i64} NOT NULL
) {strict};

CREATE TABLE users (
    id {uuid} PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    created_at {i64} NOT NULL
) {strict};

CREATE TABLE memberships (
    user_id {uuid} NOT NULL REFERENCES users (id),
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    role TEXT NOT NULL,
    created_at {i64} NOT NULL,
    PRIMARY KEY (user_id, org_id)
) {strict};

CREATE TABLE api_keys (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    user_id {uuid} REFERENCES users (id),
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    key_prefix TEXT NOT NULL,
    digest {bytes} NOT NULL UNIQUE,
    scopes {json} NOT NULL,
    areas {json} NOT NULL,
    created_at {i64} NOT NULL,
    expires_at {i64},
    last_used_at {i64},
    revoked_at {i64}
) {strict};
CREATE INDEX api_keys_by_org ON api_keys (org_id, id);

CREATE TABLE companies (
    id {serial},
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    name TEXT,
    domain TEXT,
    website TEXT,
    description TEXT,
    industry TEXT,
    industry_group TEXT,
    employee_count {i64},
    revenue {i64},
    founded_year {i64},
    phone TEXT,
    address TEXT,
    city TEXT,
    state TEXT,
    country TEXT,
    zip TEXT,
    linkedin_url TEXT,
    linkedin_followers {i64},
    facebook_url TEXT,
    twitter_url TEXT,
    crunchbase_url TEXT,
    logo_url TEXT,
    owner_id {uuid} REFERENCES users (id),
    meta_data {json} NOT NULL,
    -- What partial filters search: small letters, folded in Rust so that both engines agree.
    name_fold TEXT,
    industry_fold TEXT,
    city_fold TEXT,
    description_fold TEXT,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL,
    deleted_at {i64}
) {strict};
CREATE UNIQUE INDEX companies_domain ON companies (org_id, domain) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX companies_linkedin ON companies (org_id, linkedin_url) WHERE deleted_at IS NULL;
CREATE INDEX companies_by_org ON companies (org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX companies_by_name ON companies (org_id, name_fold) WHERE deleted_at IS NULL;

CREATE TABLE contacts (
    id {serial},
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    first_name TEXT,
    last_name TEXT,
    work_email TEXT,
    personal_emails {json} NOT NULL,
    direct_phone TEXT,
    mobile_phone TEXT,
    job_title TEXT,
    job_department TEXT,
    seniority_level TEXT,
    linkedin_url TEXT,
    twitter_url TEXT,
    facebook_url TEXT,
    about TEXT,
    city TEXT,
    state TEXT,
    country TEXT,
    company_id {i64} REFERENCES companies (id),
    owner_id {uuid} REFERENCES users (id),
    confidence_score {f64},
    meta_data {json} NOT NULL,
    name_fold TEXT,
    job_title_fold TEXT,
    job_department_fold TEXT,
    city_fold TEXT,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL,
    deleted_at {i64}
) {strict};
CREATE UNIQUE INDEX contacts_email ON contacts (org_id, work_email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contacts_linkedin ON contacts (org_id, linkedin_url) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_org ON contacts (org_id, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_company ON contacts (company_id, id) WHERE deleted_at IS NULL;

CREATE TABLE lists (
    id {serial},
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    description TEXT,
    tags {json} NOT NULL,
    created_by TEXT,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL,
    deleted_at {i64}
) {strict};
CREATE INDEX lists_by_org ON lists (org_id, id) WHERE deleted_at IS NULL;

CREATE TABLE list_contacts (
    list_id {i64} NOT NULL REFERENCES lists (id),
    contact_id {i64} NOT NULL REFERENCES contacts (id),
    added_at {i64} NOT NULL,
    PRIMARY KEY (list_id, contact_id)
) {strict};
CREATE INDEX list_contacts_by_contact ON list_contacts (contact_id);

CREATE TABLE list_companies (
    list_id {i64} NOT NULL REFERENCES lists (id),
    company_id {i64} NOT NULL REFERENCES companies (id),
    added_at {i64} NOT NULL,
    PRIMARY KEY (list_id, company_id)
) {strict};
CREATE INDEX list_companies_by_company ON list_companies (company_id);

CREATE TABLE notes (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    entity_type TEXT NOT NULL,
    entity_id {i64} NOT NULL,
    content TEXT NOT NULL,
    created_by {uuid},
    created_by_name TEXT,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX notes_by_entity ON notes (org_id, entity_type, entity_id, id);

CREATE TABLE custom_columns (
    id {serial},
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    data_type TEXT NOT NULL,
    list_id {i64} REFERENCES lists (id),
    created_at {i64} NOT NULL,
    deleted_at {i64}
) {strict};
CREATE UNIQUE INDEX custom_columns_name ON custom_columns (org_id, subject, name) WHERE deleted_at IS NULL;

CREATE TABLE custom_values (
    column_id {i64} NOT NULL REFERENCES custom_columns (id),
    record_id {i64} NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (record_id, column_id)
) {strict};

-- The outbox: a row commits with the change that caused it.
CREATE TABLE events (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    data {json} NOT NULL,
    at {i64} NOT NULL
) {strict};
CREATE INDEX events_by_org ON events (org_id, id);

-- Who changed what, through which key and door. Nothing secret goes in.
CREATE TABLE audit_log (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    key_id {uuid} NOT NULL REFERENCES api_keys (id),
    user_id {uuid},
    door TEXT NOT NULL,
    address TEXT,
    operation TEXT NOT NULL,
    request_id TEXT NOT NULL,
    at {i64} NOT NULL
) {strict};
CREATE INDEX audit_log_by_org ON audit_log (org_id, id);
