-- What every stored message had paid for and few ever ask: a place among random names. A message is
-- found by its id alone through the index of every agency's ids (few agencies are looked through),
-- and what stands in the outbox for a message by the message's number, which only grows.
DROP INDEX message_named;

ALTER TABLE outbox ADD COLUMN source_position INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET source_position = coalesce((SELECT m.position FROM message m
    WHERE m.agency = outbox.source_agency AND m.message_id = outbox.source_message_id), 0);
DROP INDEX outbox_source;
CREATE INDEX outbox_source ON outbox (source_position);
