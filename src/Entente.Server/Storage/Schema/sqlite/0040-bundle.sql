-- The keys that sign bundles and decisions; the private half encrypted under the centre's key. One is in use; those
-- before it stay, because what they signed stays true.
CREATE TABLE signing_key (
    kid          TEXT    NOT NULL PRIMARY KEY,
    x            TEXT    NOT NULL,
    y            TEXT    NOT NULL,
    sealed       BLOB    NOT NULL,
    made_at      INTEGER NOT NULL,
    retired_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX signing_key_in_use ON signing_key ((1)) WHERE retired_at IS NULL;
