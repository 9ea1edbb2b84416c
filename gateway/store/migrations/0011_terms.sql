-- When the clock has something to say of a case next ('': never), and the earliest last day of what
-- is owed in it still. NULL: its row is to be derived anew from its messages (refold), because it
-- was written before facts and terms were part of it.
ALTER TABLE case_file ADD COLUMN next_day TEXT;
ALTER TABLE case_file ADD COLUMN first_due TEXT NOT NULL DEFAULT '';
CREATE INDEX case_next_day ON case_file (next_day, case_id);
CREATE INDEX case_first_due ON case_file (first_due, case_id) WHERE first_due <> '';
