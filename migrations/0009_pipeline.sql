-- The ways that deals go. An organization's first one is made when it is first needed; the index lets
-- only one of several who find none make it.
CREATE TABLE pipelines (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    -- prospects_revenue, prospects_meeting or customers_revenue
    target TEXT,
    is_default {i64} NOT NULL,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX pipelines_by_org ON pipelines (org_id, id);
CREATE UNIQUE INDEX pipelines_default ON pipelines (org_id) WHERE is_default = 1;

CREATE TABLE stages (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    pipeline_id {uuid} NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL,
    -- in percent
    probability {i64} NOT NULL,
    position {i64} NOT NULL,
    -- open, won or lost
    stage_type TEXT NOT NULL,
    color TEXT,
    required_elements {json} NOT NULL,
    recommended_elements {json} NOT NULL,
    channel_scripts {json} NOT NULL,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX stages_by_pipeline ON stages (pipeline_id, position);
CREATE INDEX stages_by_org ON stages (org_id, id);

CREATE TABLE deals (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    description TEXT,
    -- in hundredths of the currency's unit
    amount {i64},
    currency TEXT NOT NULL,
    pipeline_id {uuid} NOT NULL REFERENCES pipelines (id),
    stage_id {uuid} NOT NULL REFERENCES stages (id),
    company_id {i64} REFERENCES companies (id),
    -- a user's id or e-mail address, as given
    owner_id TEXT,
    -- as 2026-12-31
    close_date TEXT,
    stage_since {i64} NOT NULL,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX deals_by_org ON deals (org_id, id);
CREATE INDEX deals_by_pipeline ON deals (pipeline_id, id);
CREATE INDEX deals_by_stage ON deals (stage_id, id);
CREATE INDEX deals_by_company ON deals (company_id, id) WHERE company_id IS NOT NULL;
CREATE INDEX deals_by_name ON deals (org_id, name_fold);

-- Who takes part; the first is the one who is shown on lists.
CREATE TABLE deal_contacts (
    deal_id {uuid} NOT NULL REFERENCES deals (id),
    contact_id {i64} NOT NULL REFERENCES contacts (id),
    org_id {uuid} NOT NULL,
    role TEXT,
    position {i64} NOT NULL,
    added_at {i64} NOT NULL,
    PRIMARY KEY (deal_id, contact_id)
) {strict};
CREATE UNIQUE INDEX deal_contacts_in_order ON deal_contacts (deal_id, position);
CREATE INDEX deal_contacts_by_contact ON deal_contacts (contact_id, deal_id);

-- Each deal's way from stage to stage, in words that outlive the stages.
CREATE TABLE deal_moves (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL,
    deal_id {uuid} NOT NULL REFERENCES deals (id),
    from_stage_id {uuid},
    from_stage_name TEXT,
    to_stage_id {uuid} NOT NULL,
    to_stage_name TEXT NOT NULL,
    pipeline_id {uuid} NOT NULL,
    at {i64} NOT NULL,
    left_at {i64},
    user_id {uuid},
    author TEXT
) {strict};
CREATE INDEX deal_moves_by_deal ON deal_moves (deal_id, id);

-- Notes are on records with whole numbers for ids; those on deals are kept apart.
CREATE TABLE deal_notes (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    deal_id {uuid} NOT NULL REFERENCES deals (id),
    content TEXT NOT NULL,
    created_by {uuid},
    created_by_name TEXT,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX deal_notes_by_deal ON deal_notes (deal_id, id);
