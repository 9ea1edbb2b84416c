-- Which store this is, drawn once. It is known outside the file as well (the setting
-- store.identity), so that another store, or none, in its place is noticed.
CREATE TABLE store_identity (
    id TEXT NOT NULL
) STRICT;
INSERT INTO store_identity (id) VALUES (lower(hex(randomblob(16))));
