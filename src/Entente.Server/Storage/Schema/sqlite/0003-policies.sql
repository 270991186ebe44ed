-- Every policy document ever published, its exact bytes under their SHA-256.
CREATE TABLE policy_document (
    digest       TEXT    NOT NULL PRIMARY KEY,
    bytes        BLOB    NOT NULL
) STRICT;

-- Versions are numbered per marketplace and policy id; rows are only ever added.
CREATE TABLE policy_version (
    marketplace  TEXT    NOT NULL,
    policy_id    TEXT    NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    digest       TEXT    NOT NULL REFERENCES policy_document (digest),
    published_by TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (marketplace, policy_id, version)
) STRICT;

-- The version that disputes of a marketplace are opened under now.
CREATE TABLE policy_current (
    marketplace  TEXT    NOT NULL PRIMARY KEY,
    policy_id    TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    digest       TEXT    NOT NULL
) STRICT;
