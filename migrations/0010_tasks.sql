-- What somebody is to do, about the records in task_links.
CREATE TABLE tasks (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    title TEXT NOT NULL,
    description TEXT,
    -- Title and description in small letters, for the filter.
    text_fold TEXT NOT NULL,
    due_date {i64},
    assignee_id {uuid} REFERENCES users (id),
    -- open, in_progress, completed or skipped
    status TEXT NOT NULL,
    -- 0 none, 1 urgent, 2 high, 3 normal, 4 low
    priority {i64} NOT NULL,
    -- CALL, EMAIL_REPLY, LINKEDIN_REPLY or NEW_LEAD_REVIEW
    kind TEXT,
    task_type TEXT,
    created_by TEXT,
    -- One level only: a parent has none.
    parent_task_id {uuid} REFERENCES tasks (id),
    subtask_sort_order {i64},
    source_url TEXT,
    -- ANSWERED, VOICEMAIL_LEFT or NO_ANSWER, of a call
    disposition TEXT,
    reopened_at {i64},
    skipped_at {i64},
    completed_at {i64},
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX tasks_by_org ON tasks (org_id, id);
CREATE INDEX tasks_by_assignee ON tasks (org_id, assignee_id, id);
CREATE INDEX tasks_by_status ON tasks (org_id, status, id);
CREATE INDEX tasks_by_parent ON tasks (parent_task_id) WHERE parent_task_id IS NOT NULL;

-- What a task is about, the first being what it is mainly about: contact:5, deal:0198….
CREATE TABLE task_links (
    org_id {uuid} NOT NULL,
    task_id {uuid} NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    place {i64} NOT NULL,
    PRIMARY KEY (task_id, subject)
) {strict};
CREATE INDEX task_links_by_subject ON task_links (org_id, subject, task_id);

-- Who is not to be written to: one ledger, whoever asks.
CREATE TABLE exclusions (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    -- contact, or account for a whole domain
    kind TEXT NOT NULL,
    email TEXT,
    linkedin_url TEXT,
    phone TEXT,
    contact_id {i64},
    domain TEXT,
    -- all, email, phone or linkedin
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- contact_initiated, org_initiated or system; follows from the reason
    category TEXT NOT NULL,
    -- When it ends by itself; never when null.
    until {i64},
    message TEXT,
    created_by TEXT,
    -- Whom, how and why in one text: the same thing is said once.
    mark TEXT NOT NULL,
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX exclusions_once ON exclusions (org_id, mark);
CREATE INDEX exclusions_by_org ON exclusions (org_id, kind, id);
CREATE INDEX exclusions_until ON exclusions (until) WHERE until IS NOT NULL;
CREATE INDEX exclusions_by_contact ON exclusions (org_id, contact_id) WHERE contact_id IS NOT NULL;

-- Each name an exclusion goes by: email:ann@example.com, domain:example.com, contact:5. Senders ask here.
CREATE TABLE exclusion_subjects (
    org_id {uuid} NOT NULL,
    subject TEXT NOT NULL,
    exclusion_id {uuid} NOT NULL REFERENCES exclusions (id) ON DELETE CASCADE,
    PRIMARY KEY (org_id, subject, exclusion_id)
) {strict};
CREATE INDEX exclusion_subjects_by_exclusion ON exclusion_subjects (exclusion_id);

-- The channel of an event that went over one (EMAIL, LINKEDIN, MANUAL), for the activity stream's filter.
ALTER TABLE events ADD COLUMN channel TEXT;
CREATE INDEX events_by_channel ON events (org_id, channel, id) WHERE channel IS NOT NULL;
