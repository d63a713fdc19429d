-- Who made it happen, as it is shown; and what else an event is about: a stream of one record's events
-- reads those it is the subject of and those that are linked to it.
ALTER TABLE events ADD COLUMN author TEXT;
ALTER TABLE events ADD COLUMN user_id {uuid};
CREATE TABLE event_links (
    org_id {uuid} NOT NULL,
    subject TEXT NOT NULL,
    event_id {uuid} NOT NULL,
    PRIMARY KEY (org_id, subject, event_id)
) {strict};
CREATE INDEX event_links_by_event ON event_links (event_id);
CREATE INDEX events_by_name ON events (org_id, name, id);

-- Jobs are numbered by the engine: a statement can make one for each of many rows. Each waits for a place in
-- its pool: jobs that wait for the network never hold up those that compute.
CREATE TABLE numbered_jobs (
    id {serial},
    org_id {uuid} REFERENCES organizations (id),
    kind TEXT NOT NULL,
    payload {json} NOT NULL,
    -- A name of which there is at most one unfinished job.
    only_one TEXT,
    -- work or network
    pool TEXT NOT NULL,
    -- ready, running, done or dead
    state TEXT NOT NULL,
    -- When it is to run; while it runs, when its lease ends.
    due_at {i64} NOT NULL,
    -- Counts the claims: whoever holds an older number has lost the job.
    attempt {i64} NOT NULL,
    failures {i64} NOT NULL,
    last_error TEXT,
    created_at {i64} NOT NULL,
    finished_at {i64}
) {strict};
INSERT INTO numbered_jobs (org_id, kind, payload, only_one, pool, state, due_at, attempt, failures, last_error,
        created_at, finished_at)
    SELECT org_id, kind, payload, only_one, 'work', state, due_at, attempt, failures, last_error,
        created_at, finished_at
    FROM jobs ORDER BY id;
DROP TABLE jobs;
ALTER TABLE numbered_jobs RENAME TO jobs;
CREATE INDEX jobs_due ON jobs (pool, due_at) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX jobs_only_one ON jobs (only_one) WHERE finished_at IS NULL;
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_org ON jobs (org_id, id);

-- Where an organization wants to hear of events. The secret is made from the id, the version and the
-- installation's secret key, and stored nowhere.
CREATE TABLE webhooks (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    description TEXT,
    events {json} NOT NULL,
    sequence_template_ids {json},
    -- ACTIVE, PAUSED or DISABLED
    status TEXT NOT NULL,
    -- manual, failures or gone
    paused_reason TEXT,
    secret_version {i64} NOT NULL,
    -- Until when the secret before this one signs as well.
    previous_until {i64},
    consecutive_failures {i64} NOT NULL,
    -- The receiver asked to be left alone until then.
    hold_until {i64},
    last_delivery_at {i64},
    -- The payload of the job that works off this webhook's deliveries: events that concern it add the job.
    lane {json} NOT NULL,
    created_by {uuid},
    created_at {i64} NOT NULL,
    updated_at {i64} NOT NULL
) {strict};
CREATE INDEX webhooks_by_org ON webhooks (org_id, id);

-- The events a webhook is for, under the name it asked for; * is every one.
CREATE TABLE subscriptions (
    org_id {uuid} NOT NULL,
    event TEXT NOT NULL,
    webhook_id {uuid} NOT NULL REFERENCES webhooks (id),
    shown_as TEXT NOT NULL,
    PRIMARY KEY (org_id, event, webhook_id)
) {strict};
CREATE INDEX subscriptions_by_webhook ON subscriptions (webhook_id);

-- An event on its way to a webhook: a row commits with the event.
CREATE TABLE deliveries (
    webhook_id {uuid} NOT NULL REFERENCES webhooks (id),
    event_id {uuid} NOT NULL,
    org_id {uuid} NOT NULL,
    event TEXT NOT NULL,
    -- pending, success or failed
    status TEXT NOT NULL,
    due_at {i64} NOT NULL,
    attempts {i64} NOT NULL,
    -- Attempts before it was last asked for again: the schedule counts from here.
    retried_from {i64} NOT NULL,
    response_code {i64},
    error_message TEXT,
    created_at {i64} NOT NULL,
    completed_at {i64},
    PRIMARY KEY (webhook_id, event_id)
) {strict};
CREATE INDEX deliveries_due ON deliveries (webhook_id, due_at, event_id) WHERE completed_at IS NULL;
CREATE INDEX deliveries_by_event ON deliveries (event_id);
CREATE INDEX deliveries_by_age ON deliveries (completed_at) WHERE completed_at IS NOT NULL;

-- One try: what was sent is made again from the event, what was answered is kept, cut short.
CREATE TABLE delivery_attempts (
    webhook_id {uuid} NOT NULL,
    event_id {uuid} NOT NULL,
    attempt {i64} NOT NULL,
    at {i64} NOT NULL,
    url TEXT NOT NULL,
    request_headers {json} NOT NULL,
    response_code {i64},
    response_headers {json},
    response_body TEXT,
    error_message TEXT,
    duration_ms {i64} NOT NULL,
    PRIMARY KEY (webhook_id, event_id, attempt)
) {strict};
CREATE INDEX delivery_attempts_by_age ON delivery_attempts (at);

-- What people should know: shown in the product, and sent by mail where that is configured.
CREATE TABLE notifications (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    -- Whom it is for; everybody who administers when null.
    user_id {uuid},
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at {i64} NOT NULL,
    read_at {i64}
) {strict};
CREATE INDEX notifications_by_org ON notifications (org_id, id);
