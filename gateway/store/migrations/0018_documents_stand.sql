-- To whom a document has gone and whether it still stands, so that its withdrawal, an update or a
-- replacement reaches them. Of what came before only the name is known.
ALTER TABLE document_name ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE document_name ADD COLUMN ended_by TEXT NOT NULL DEFAULT '';
ALTER TABLE document_name ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
