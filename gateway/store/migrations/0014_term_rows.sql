-- What is owed in cases or was answered late, one row a term and an agency that owes it: work lists
-- and lists of breaches are read in the order of an index, so that a page costs what it shows.
-- Derived from the case in the transaction that changes it.
CREATE TABLE case_term (
    case_id    TEXT NOT NULL REFERENCES case_file (case_id),
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
    line       TEXT NOT NULL,
    PRIMARY KEY (case_id, obligation, rule, anchor, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_term_owner ON case_term (owner, answered, due, case_id, obligation, rule, anchor);
CREATE INDEX case_term_first_instance_court ON case_term
    (first_instance_court, answered, due, case_id, obligation, rule, anchor, owner);
CREATE INDEX case_term_court ON case_term
    (court, answered, due, case_id, obligation, rule, anchor, owner)
    WHERE court <> first_instance_court;
CREATE INDEX case_term_enforcement ON case_term
    (enforcement, answered, due, case_id, obligation, rule, anchor, owner);
CREATE INDEX case_term_procuracy ON case_term
    (procuracy, answered, due, case_id, obligation, rule, anchor, owner);
CREATE INDEX case_term_province ON case_term
    (province, answered, due, case_id, obligation, rule, anchor, owner);
CREATE INDEX case_term_officer ON case_term
    (officer, answered, due, case_id, obligation, rule, anchor, owner) WHERE officer <> '';
-- Cases of before are derived anew at the next start (refold), which fills the table.
UPDATE case_file SET next_day = NULL;
