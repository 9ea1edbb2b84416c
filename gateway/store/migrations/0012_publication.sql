-- Where something of a case was ever made public (NĐ 71/2016 Đ.30), so that the public feed finds
-- its cases without a walk. What is public now, each case itself says.
CREATE TABLE publication (
    case_id TEXT NOT NULL REFERENCES case_file (case_id),
    portal  TEXT NOT NULL,
    PRIMARY KEY (case_id, portal)
) STRICT, WITHOUT ROWID;
INSERT INTO publication (case_id, portal)
    SELECT DISTINCT c.case_id, json_extract(f.value, '$.code')
    FROM case_file c, json_each(c.snapshot, '$.facts') f
    WHERE json_valid(c.snapshot) AND json_extract(f.value, '$.kind') = 'published';
