-- Under which number a case stands in whose register of which statistics year; empty: in none. The
-- line of a term says only what its columns do not. Cases of before are derived anew at the next
-- start (refold).
ALTER TABLE case_file ADD COLUMN registered TEXT NOT NULL DEFAULT '';
CREATE INDEX case_registered ON case_file (registered) WHERE registered <> '';
UPDATE case_file SET next_day = NULL;
