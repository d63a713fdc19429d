-- Files that come in and go out, in pieces: any server can go on with them, and a crash loses none.
CREATE TABLE file_pieces (
    file_id {uuid} NOT NULL,
    seq {i64} NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (file_id, seq)
) {strict};

CREATE TABLE imports (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    -- contact or company
    subject TEXT NOT NULL,
    -- csv, jsonl or vcard
    format TEXT NOT NULL,
    -- waiting for its file, queued, running, completed, failed or cancelled
    state TEXT NOT NULL,
    file_name TEXT,
    file_id {uuid},
    -- What the caller said of the columns: their names and the fields they go into.
    told {json} NOT NULL,
    -- The columns as they were understood, once the file was opened.
    mapping {json},
    list_id {i64} REFERENCES lists (id),
    dry_run {i64} NOT NULL,
    bytes_total {i64} NOT NULL,
    bytes_read {i64} NOT NULL,
    rows_read {i64} NOT NULL,
    created {i64} NOT NULL,
    updated {i64} NOT NULL,
    unchanged {i64} NOT NULL,
    refused {i64} NOT NULL,
    error TEXT,
    key_id {uuid} NOT NULL REFERENCES api_keys (id),
    author TEXT NOT NULL,
    created_at {i64} NOT NULL,
    finished_at {i64}
) {strict};
CREATE INDEX imports_by_org ON imports (org_id, id);

-- Why rows were refused: the error file.
CREATE TABLE import_faults (
    import_id {uuid} NOT NULL REFERENCES imports (id),
    seq {i64} NOT NULL,
    line {i64} NOT NULL,
    col TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (import_id, seq)
) {strict};

CREATE TABLE exports (
    id {uuid} PRIMARY KEY,
    org_id {uuid} NOT NULL REFERENCES organizations (id),
    subject TEXT NOT NULL,
    -- csv or jsonl
    format TEXT NOT NULL,
    -- queued, running, completed or failed
    state TEXT NOT NULL,
    filters {json} NOT NULL,
    file_id {uuid} NOT NULL,
    rows_written {i64} NOT NULL,
    bytes_written {i64} NOT NULL,
    -- The last record that was written: where to go on after a crash.
    last_id {i64},
    error TEXT,
    key_id {uuid} NOT NULL REFERENCES api_keys (id),
    created_at {i64} NOT NULL,
    finished_at {i64}
) {strict};
CREATE INDEX exports_by_org ON exports (org_id, id);
