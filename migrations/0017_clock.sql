-- The clock as the last sweep saw it, and how far it is believed: what is erased stays erased, and a clock may leap.
CREATE TABLE clock (
    id {i64} PRIMARY KEY,
    seen_at {i64} NOT NULL,
    believed {i64} NOT NULL
) {strict};
