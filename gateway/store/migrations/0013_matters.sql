-- Files that are of no ruling: the figures of an office in a period, a petition. '': of a ruling.
ALTER TABLE case_file ADD COLUMN subject TEXT NOT NULL DEFAULT '';
-- Cases are counted by province and stage alone, in the index.
DROP INDEX case_province;
CREATE INDEX case_province ON case_file (province, stage, subject);
