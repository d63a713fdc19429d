-- 0: said without the fields that were null, which come back by the program's own types. From 1 on the data is the very
-- text that is sent, whichever release sends it.
ALTER TABLE events ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
