-- 0: said without the fields that were null, which come back by the program's own types. From 1 on the data is the very
-- text that is sent, whichever release sends it: JSONB would put its fields into another order.
ALTER TABLE events ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE events ALTER COLUMN data TYPE TEXT USING data::text;
