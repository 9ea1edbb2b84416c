-- Large bytes apart from the row whose state changes, bytes counted by whom they are kept for, and
-- what has been moved into archives.

-- What an item says and, once rendered, its sealed bytes. `woven`: the bytes are a recipe
-- (store/woven_bytes.h) that names files and the source's body instead of repeating them.
CREATE TABLE outbox_content (
    sequence INTEGER PRIMARY KEY REFERENCES outbox (sequence),
    content  TEXT NOT NULL
) STRICT;
INSERT INTO outbox_content (sequence, content) SELECT sequence, content FROM outbox;
CREATE TABLE rendering (
    sequence INTEGER PRIMARY KEY REFERENCES outbox (sequence),
    length   INTEGER NOT NULL,
    woven    INTEGER NOT NULL CHECK (woven IN (0, 1)),
    bytes    BLOB    NOT NULL
) STRICT;
INSERT INTO rendering (sequence, length, woven, bytes)
    SELECT sequence, length(rendered_bytes), 0, rendered_bytes FROM outbox
    WHERE rendered_sha256 <> '';
ALTER TABLE outbox DROP COLUMN content;
ALTER TABLE outbox DROP COLUMN rendered_bytes;
CREATE INDEX outbox_source ON outbox (source_agency, source_message_id);

-- Which files a rendering names.
CREATE TABLE rendering_file (
    sha256   TEXT    NOT NULL,
    sequence INTEGER NOT NULL REFERENCES rendering (sequence),
    PRIMARY KEY (sha256, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX rendering_file_item ON rendering_file (sequence);

-- When its holder has last named it.
ALTER TABLE attachment_possession ADD COLUMN named_at INTEGER NOT NULL DEFAULT 0;
UPDATE attachment_possession SET named_at = 1000 * unixepoch();

-- Bytes kept for an agency; `kind` is the number of store::StoredKind. A file is counted for each
-- that holds it: what others have sent must not show in anybody's figures.
CREATE TABLE stored_bytes (
    agency TEXT    NOT NULL,
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    bytes  INTEGER NOT NULL,
    PRIMARY KEY (agency, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO stored_bytes (agency, kind, bytes)
    SELECT agency, 0, sum(body_length + length(CAST(events AS BLOB))) FROM message GROUP BY agency;
INSERT INTO stored_bytes (agency, kind, bytes)
    SELECT p.agency, 1, sum(length(a.bytes)) FROM attachment_possession p
    JOIN attachment a ON a.sha256 = p.sha256 GROUP BY p.agency;
INSERT INTO stored_bytes (agency, kind, bytes)
    SELECT o.source_agency, 2, sum(length(CAST(c.content AS BLOB)) + coalesce(r.length, 0))
    FROM outbox o JOIN outbox_content c ON c.sequence = o.sequence
    LEFT JOIN rendering r ON r.sequence = o.sequence GROUP BY o.source_agency;

-- What was moved out of the store: `kind` is the number of store::ArchivedKind, `key` the
-- position, digest, sequence or number of the row that has lost its bytes.
CREATE TABLE archive (
    archive_id      TEXT    NOT NULL PRIMARY KEY,
    folder          TEXT    NOT NULL,
    manifest_sha256 TEXT    NOT NULL,
    made_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE archived (
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    key        TEXT    NOT NULL,
    archive_id TEXT    NOT NULL REFERENCES archive (archive_id),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
