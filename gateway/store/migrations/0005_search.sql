-- What operators and auditors search the log by. Each index holds the row's number too, so that a
-- search goes from the newest row backwards without sorting.
CREATE INDEX message_agency ON message (agency);
CREATE INDEX message_channel ON message (channel);
CREATE INDEX message_named ON message (message_id);
CREATE INDEX message_content ON message (content_sha256);
CREATE INDEX message_received ON message (received_at);

CREATE INDEX refusal_agency ON refusal (agency);
CREATE INDEX refusal_named ON refusal (message_id);
CREATE INDEX refusal_body ON refusal (body_sha256);
CREATE INDEX refusal_by_id ON refusal (refusal_id);
CREATE INDEX refusal_at ON refusal (at);

CREATE INDEX read_audit_channel ON read_audit (channel);
CREATE INDEX read_audit_item ON read_audit (item_id) WHERE item_id <> '';
CREATE INDEX read_audit_at ON read_audit (at);
