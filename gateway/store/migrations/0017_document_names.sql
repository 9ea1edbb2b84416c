-- What agencies call the documents that they have sent, so that one that is delivered twice, by other
-- messages, is passed on once. What came before this table is not in it: nothing tells it apart.
CREATE TABLE document_name (
    agency     TEXT NOT NULL,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    message_id TEXT NOT NULL,
    receipt_id TEXT NOT NULL,
    PRIMARY KEY (agency, name)
) STRICT, WITHOUT ROWID;
