-- The custom fields of an export's table: the same from its first row to its last.
ALTER TABLE exports ADD COLUMN columns {json};

-- What is hidden is found when its time is over; what is open, before more is begun.
CREATE INDEX lists_hidden_at ON lists (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX custom_columns_hidden_at ON custom_columns (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX imports_open ON imports (org_id, created_at) WHERE finished_at IS NULL;
