-- Lines of the audit of reads count against their reader's quota, and may leave into an archive.
-- A line counts as its cases and 512 bytes (store::keptOf).
CREATE TABLE stored_bytes_new (
    agency TEXT    NOT NULL,
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    bytes  INTEGER NOT NULL,
    PRIMARY KEY (agency, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO stored_bytes_new SELECT agency, kind, bytes FROM stored_bytes;
INSERT INTO stored_bytes_new (agency, kind, bytes)
    SELECT agency, 3, sum(length(CAST(case_ids AS BLOB)) + 512) FROM read_audit GROUP BY agency;
DROP TABLE stored_bytes;
ALTER TABLE stored_bytes_new RENAME TO stored_bytes;

CREATE TABLE archived_new (
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    key        TEXT    NOT NULL,
    archive_id TEXT    NOT NULL REFERENCES archive (archive_id),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
INSERT INTO archived_new SELECT kind, key, archive_id FROM archived;
DROP TABLE archived;
ALTER TABLE archived_new RENAME TO archived;
