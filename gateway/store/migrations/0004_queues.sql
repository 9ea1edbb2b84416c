-- Queues by sender for what belongs to no case, dead letters that hold what stands behind them, and
-- what operators and authors have been told of them.

DROP INDEX outbox_queue;
DROP INDEX outbox_due;
DROP INDEX outbox_mailbox;
DROP INDEX outbox_dead;

-- One queue per recipient and case; letters without a case have one for each sender instead.
ALTER TABLE outbox ADD COLUMN queue TEXT GENERATED ALWAYS AS
    (CASE WHEN case_id = '' THEN '@' || source_agency ELSE case_id END) VIRTUAL;

-- One more state (closed by an operator), and the large column last again.
ALTER TABLE outbox ADD COLUMN now_state INTEGER NOT NULL DEFAULT 0
    CHECK (now_state BETWEEN 0 AND 7);
UPDATE outbox SET now_state = state;
ALTER TABLE outbox DROP COLUMN state;
ALTER TABLE outbox RENAME COLUMN now_state TO state;
-- A dead letter that holds what stands behind it in its queue.
ALTER TABLE outbox ADD COLUMN holds INTEGER NOT NULL DEFAULT 0 CHECK (holds IN (0, 1));
-- Since when it is to be delivered: recorded, or sent again.
ALTER TABLE outbox ADD COLUMN open_since INTEGER NOT NULL DEFAULT 0;
-- Whether its author has heard that it was refused or given up. Nobody knows of earlier ones.
ALTER TABLE outbox ADD COLUMN author_told INTEGER NOT NULL DEFAULT 0 CHECK (author_told IN (0, 1));
UPDATE outbox SET open_since = created_at, author_told = state > 4;
ALTER TABLE outbox ADD COLUMN signed_word BLOB NOT NULL DEFAULT x'';
UPDATE outbox SET signed_word = partner_receipt WHERE length(partner_receipt) > 0;
ALTER TABLE outbox DROP COLUMN partner_receipt;
ALTER TABLE outbox RENAME COLUMN signed_word TO partner_receipt;

-- What was held far ahead for a mailbox waits no longer; each queue without a case has a head.
UPDATE outbox SET due_at = created_at WHERE state < 4 AND due_at > 1000 * unixepoch() + 7200000;
UPDATE outbox SET is_head = 1 WHERE sequence IN
    (SELECT min(sequence) FROM outbox WHERE state < 4 GROUP BY recipient, queue);

CREATE INDEX outbox_queue ON outbox (recipient, queue, sequence) WHERE state < 4 OR holds = 1;
CREATE INDEX outbox_due ON outbox (recipient, due_at, sequence, state)
    WHERE state < 4 AND is_head = 1;
CREATE INDEX outbox_mailbox ON outbox (recipient, sequence) WHERE state < 4 AND is_head = 1;
CREATE INDEX outbox_open ON outbox (state, created_at) WHERE state < 4;
CREATE INDEX outbox_dead ON outbox (sequence) WHERE state > 4 AND state < 7;
CREATE INDEX outbox_dead_of ON outbox (recipient, sequence) WHERE state > 4 AND state < 7;
CREATE INDEX outbox_settled ON outbox (sequence) WHERE state = 7;
CREATE INDEX outbox_untold ON outbox (sequence)
    WHERE state > 4 AND state < 7 AND author_told = 0;
INSERT INTO outbox_closed (state, items) VALUES (7, 0);

-- What operators have written to a dead letter; each is an act in the log as well.
CREATE TABLE outbox_note (
    number   INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL REFERENCES outbox (sequence),
    at       INTEGER NOT NULL,
    operator TEXT    NOT NULL,
    text     TEXT    NOT NULL
) STRICT;
CREATE INDEX outbox_note_item ON outbox_note (sequence, number);
