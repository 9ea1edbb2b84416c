-- What is owed in cases or was answered late, one row a term and an agency that owes it, and beside
-- it one short line for each that sees it: a list is the lines of its asker, read from their own
-- end, so that a page costs what it shows. Derived from the case in the transaction that changes it.
DROP TABLE case_term;
CREATE TABLE case_term (
    term_id    INTEGER PRIMARY KEY,  -- the case's number_of_row * 65536, and a place in the case
    case_id    TEXT NOT NULL,
    obligation INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    anchor     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    owes       TEXT NOT NULL,
    officer    TEXT NOT NULL,
    due        INTEGER NOT NULL,  -- yyyyMMdd
    list       INTEGER NOT NULL CHECK (list BETWEEN 0 AND 2),  -- owed; owed, a breach; answered late
    passed     INTEGER NOT NULL,
    breach     INTEGER NOT NULL,
    line       TEXT NOT NULL,
    seen       TEXT NOT NULL  -- its lines: "reader why reader why"
) STRICT;
-- Agencies; officers and provinces with their kind before their name.
CREATE TABLE term_reader (
    reader INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE term_line (
    reader  INTEGER NOT NULL,
    list    INTEGER NOT NULL,
    due     INTEGER NOT NULL,
    term_id INTEGER NOT NULL,
    why     INTEGER NOT NULL,  -- a bit for each reason for which this reader sees it
    PRIMARY KEY (reader, list, due, term_id)
) STRICT, WITHOUT ROWID;
-- Cases of before are derived anew at the next start (refold), which fills the tables.
UPDATE case_file SET next_day = NULL;
-- Agencies of cases by the case's number, which grows: what is new stands beside what is new, and a
-- message dirties few pages. The stage beside them: whose cases of a stage there are is told by an
-- index.
ALTER TABLE case_agency RENAME TO case_agency_before;
CREATE TABLE case_agency (
    case_row INTEGER NOT NULL REFERENCES case_file (number_of_row),
    agency   TEXT NOT NULL,
    role     TEXT NOT NULL,
    stage    TEXT NOT NULL,
    PRIMARY KEY (case_row, agency, role)
) STRICT, WITHOUT ROWID;
INSERT INTO case_agency (case_row, agency, role, stage)
    SELECT c.number_of_row, a.agency, a.role, c.stage
    FROM case_agency_before a JOIN case_file c ON c.case_id = a.case_id ORDER BY 1, 2, 3;
DROP TABLE case_agency_before;
CREATE INDEX case_agency_role ON case_agency (agency, role, stage, case_row);
DROP INDEX case_court;
CREATE INDEX case_court ON case_file (court);
DROP INDEX case_first_instance;
CREATE INDEX case_first_instance ON case_file (first_instance_court);
