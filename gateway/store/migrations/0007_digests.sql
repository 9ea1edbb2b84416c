-- Digests over what the entry hash does not cover, so that what is read is checked before it is
-- sealed or served (store/entry_hash.h says over what, and in which order). field_digest() is the
-- program's own; it runs here only.
ALTER TABLE outbox_content ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
UPDATE outbox_content SET sha256 = (
    SELECT field_digest('thahc-item-1', o.item_id, o.recipient, o.case_id, o.message_type,
                        o.source_agency, o.source_message_id, o.created_at, outbox_content.content)
    FROM outbox o WHERE o.sequence = outbox_content.sequence);

ALTER TABLE case_file ADD COLUMN row_sha256 TEXT NOT NULL DEFAULT '';
UPDATE case_file SET row_sha256 = field_digest('thahc-case-1', case_id, version, court,
    first_instance_court, province, number, issued_on, stage, snapshot);

CREATE TABLE receipt_digest (
    position INTEGER PRIMARY KEY REFERENCES message (position),
    sha256   TEXT NOT NULL
) STRICT;
INSERT INTO receipt_digest (position, sha256)
    SELECT position, field_digest('thahc-receipt-1', receipt_id, receipt_media_type, receipt)
    FROM message;

-- Backups that were found sound; the newest says how much a lost disk would cost.
CREATE TABLE backup_made (
    number  INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    path    TEXT    NOT NULL,
    bytes   INTEGER NOT NULL
) STRICT;

-- Of a store that came from a backup: what partners were told since then is not known. Items that
-- were open in the backup are asked for before they are sent; without `had_bytes` they may have
-- gone out in bytes that were lost.
CREATE TABLE restored (
    number        INTEGER PRIMARY KEY,
    restored_at   INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) STRICT;
CREATE TABLE restored_item (
    sequence  INTEGER PRIMARY KEY REFERENCES outbox (sequence),
    had_bytes INTEGER NOT NULL CHECK (had_bytes IN (0, 1))
) STRICT;
