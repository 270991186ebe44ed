-- What signs cookies and forms, so that every node takes what another gave out; each encrypted under the centre's key.
CREATE TABLE node_key (
    name         TEXT    NOT NULL PRIMARY KEY,
    sealed       BLOB    NOT NULL,
    made_at      INTEGER NOT NULL
) STRICT;
