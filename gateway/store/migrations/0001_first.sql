-- The first schema. Instants are milliseconds since 1970-01-01T00:00Z, digests lower-case hex,
-- outbox states the numbers of store::OutboxState. Rows of `message` are never changed.

-- The log. Large columns stand last, so that reading the others never walks overflow pages.
CREATE TABLE message (
    position           INTEGER PRIMARY KEY,
    agency             TEXT    NOT NULL,
    message_id         TEXT    NOT NULL,
    message_type       TEXT    NOT NULL,
    channel            TEXT    NOT NULL,
    signer_sha256      TEXT    NOT NULL,
    body_sha256        TEXT    NOT NULL,
    body_length        INTEGER NOT NULL,
    content_sha256     TEXT    NOT NULL,
    media_type         TEXT    NOT NULL,
    received_at        INTEGER NOT NULL,
    decided_at         INTEGER NOT NULL,
    case_id            TEXT    REFERENCES case_file (case_id),
    case_version       INTEGER NOT NULL,
    mapping_id         TEXT    NOT NULL,
    mapping_sha256     TEXT    NOT NULL,
    rules_sha256       TEXT    NOT NULL,
    entry_hash         TEXT    NOT NULL,
    receipt_id         TEXT    NOT NULL,
    receipt_media_type TEXT    NOT NULL,
    detached_header    TEXT    NOT NULL,
    events             TEXT    NOT NULL,
    receipt            BLOB    NOT NULL,
    body               BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_key ON message (agency, message_id);
CREATE UNIQUE INDEX message_receipt ON message (receipt_id);
CREATE INDEX message_body ON message (body_sha256, channel);
CREATE INDEX message_case ON message (case_id) WHERE case_id IS NOT NULL;

-- Cases as folded so far; each can be computed anew from the log.
CREATE TABLE case_file (
    number_of_row        INTEGER PRIMARY KEY,
    case_id              TEXT    NOT NULL UNIQUE,
    version              INTEGER NOT NULL CHECK (version > 0),
    court                TEXT    NOT NULL,
    first_instance_court TEXT    NOT NULL,
    province             TEXT    NOT NULL,
    number               TEXT    NOT NULL,
    issued_on            TEXT    NOT NULL,
    stage                TEXT    NOT NULL,
    snapshot             TEXT    NOT NULL
) STRICT;
CREATE INDEX case_court ON case_file (court, case_id);
CREATE INDEX case_first_instance ON case_file (first_instance_court, case_id);
CREATE INDEX case_province ON case_file (province, stage);
CREATE INDEX case_number ON case_file (number);
CREATE INDEX case_issued ON case_file (issued_on);

CREATE TABLE case_agency (
    case_id TEXT NOT NULL REFERENCES case_file (case_id),
    agency  TEXT NOT NULL,
    role    TEXT NOT NULL,
    PRIMARY KEY (case_id, agency, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_agency_role ON case_agency (agency, role, case_id);

CREATE TABLE case_alias (
    court     TEXT NOT NULL,
    number    TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    case_id   TEXT NOT NULL REFERENCES case_file (case_id),
    PRIMARY KEY (court, number, issued_on)
) STRICT, WITHOUT ROWID;

-- Accepted messages whose ruling is not yet known.
CREATE TABLE parked (
    position  INTEGER PRIMARY KEY REFERENCES message (position),
    agency    TEXT NOT NULL,
    court     TEXT NOT NULL,
    number    TEXT NOT NULL,
    issued_on TEXT NOT NULL
) STRICT;
CREATE INDEX parked_alias ON parked (court, number, issued_on);
CREATE INDEX parked_agency ON parked (agency);

-- One queue per recipient and case; is_head marks its oldest open item (state < 4), so that due
-- items are found without walking what waits behind them.
CREATE TABLE outbox (
    sequence             INTEGER PRIMARY KEY,
    item_id              TEXT    NOT NULL UNIQUE,
    recipient            TEXT    NOT NULL,
    case_id              TEXT    NOT NULL,
    message_type         TEXT    NOT NULL,
    source_agency        TEXT    NOT NULL,
    source_message_id    TEXT    NOT NULL,
    state                INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
    is_head              INTEGER NOT NULL CHECK (is_head IN (0, 1)),
    attempts             INTEGER NOT NULL,
    created_at           INTEGER NOT NULL,
    due_at               INTEGER NOT NULL,
    fetched_at           INTEGER,
    closed_at            INTEGER,
    rendered_media_type  TEXT    NOT NULL,
    rendered_header      TEXT    NOT NULL,
    rendered_sha256      TEXT    NOT NULL,
    last_error           TEXT    NOT NULL,
    partner_receipt_media_type TEXT NOT NULL,
    partner_receipt_header     TEXT NOT NULL,
    content              TEXT    NOT NULL,
    rendered_bytes       BLOB    NOT NULL,
    partner_receipt      BLOB    NOT NULL
) STRICT;
CREATE INDEX outbox_queue ON outbox (recipient, case_id, sequence) WHERE state < 4;
CREATE INDEX outbox_due ON outbox (due_at, sequence) WHERE state < 4 AND is_head = 1;
CREATE INDEX outbox_mailbox ON outbox (recipient, sequence) WHERE state < 4 AND is_head = 1;
CREATE INDEX outbox_dead ON outbox (sequence) WHERE state > 4;

-- Closed items by state, counted as they close: their number only grows, too large to count anew.
CREATE TABLE outbox_closed (
    state INTEGER PRIMARY KEY,
    items INTEGER NOT NULL CHECK (items >= 0)
) STRICT;
INSERT INTO outbox_closed (state, items) VALUES (4, 0), (5, 0), (6, 0);

CREATE TABLE attachment (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;
-- Who has shown that it holds the bytes: a digest alone opens nothing.
CREATE TABLE attachment_possession (
    agency TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES attachment (sha256),
    PRIMARY KEY (agency, sha256)
) STRICT, WITHOUT ROWID;

-- Every read of personal data: answered questions, and fetched items (which bear an item id, no
-- question, and a query id of our own). The unique key also refuses a query id used before.
CREATE TABLE read_audit (
    number          INTEGER PRIMARY KEY,
    agency          TEXT    NOT NULL,
    query_id        TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    question_sha256 TEXT    NOT NULL,
    answer_sha256   TEXT    NOT NULL,
    purpose         TEXT    NOT NULL,
    case_ids        TEXT    NOT NULL,
    item_id         TEXT    NOT NULL,
    at              INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX read_audit_query ON read_audit (agency, query_id);
CREATE INDEX read_audit_agency ON read_audit (agency, number);

-- Refusals; bytes are NULL once they gave way to newer ones of their holder: the channel while the
-- signer is not known, else the agency.
CREATE TABLE refusal (
    number      INTEGER PRIMARY KEY,
    refusal_id  TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    agency      TEXT    NOT NULL,
    message_id  TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    holder      TEXT    NOT NULL,
    body_sha256 TEXT    NOT NULL,
    length      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    bytes       BLOB
) STRICT;
CREATE INDEX refusal_channel ON refusal (channel, number);
CREATE INDEX refusal_held ON refusal (holder, number) WHERE bytes IS NOT NULL;
CREATE TABLE refusal_held_bytes (
    holder TEXT    NOT NULL PRIMARY KEY,
    bytes  INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;
