-- What is owed in cases or was answered late, one row a term and an agency that owes it: work lists
-- and lists of breaches are read in the order of an index, so that a page costs what it shows.
-- Derived from the case in the transaction that changes it.
-- An index ends with the number of the row, which grows: what is new stands beside what is new, and
-- a message dirties few pages.
CREATE TABLE case_term (
    term_id    INTEGER NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL,
    obligation INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    anchor     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    owes       TEXT NOT NULL,
    officer    TEXT NOT NULL,
    due        TEXT NOT NULL,
    passed     INTEGER NOT NULL,
    answered   INTEGER NOT NULL,
    breach     INTEGER NOT NULL,
    court      TEXT NOT NULL,
    first_instance_court TEXT NOT NULL,
    enforcement TEXT NOT NULL,
    procuracy  TEXT NOT NULL,
    province   TEXT NOT NULL,
    line       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_term_case ON case_term (case_id);
CREATE INDEX case_term_owner ON case_term (owner, answered, due);
CREATE INDEX case_term_first_instance_court ON case_term
    (first_instance_court, answered, due);
CREATE INDEX case_term_court ON case_term (court, answered, due)
    WHERE court <> first_instance_court;
CREATE INDEX case_term_enforcement ON case_term (enforcement, answered, due);
CREATE INDEX case_term_procuracy ON case_term (procuracy, answered, due)
    WHERE procuracy <> '';
CREATE INDEX case_term_province ON case_term (province, answered, due);
CREATE INDEX case_term_officer ON case_term (officer, answered, due) WHERE officer <> '';
-- Cases of before are derived anew at the next start (refold), which fills the table.
UPDATE case_file SET next_day = NULL;
-- As above: by day, then as the cases came.
DROP INDEX case_next_day;
CREATE INDEX case_next_day ON case_file (next_day);
DROP INDEX case_first_due;
CREATE INDEX case_first_due ON case_file (first_due) WHERE first_due <> '';
