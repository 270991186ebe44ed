-- Every policy document ever published, its exact bytes under their SHA-256.
CREATE TABLE policy_document (
    digest       text COLLATE "C" NOT NULL PRIMARY KEY,
    bytes        bytea NOT NULL
);

-- Versions are numbered per marketplace and policy id; rows are only ever added.
CREATE TABLE policy_version (
    marketplace  text COLLATE "C" NOT NULL,
    policy_id    text COLLATE "C" NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    digest       text COLLATE "C" NOT NULL REFERENCES policy_document (digest),
    published_by text COLLATE "C" NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (marketplace, policy_id, version)
);

-- The version that disputes of a marketplace are opened under now.
CREATE TABLE policy_current (
    marketplace  text COLLATE "C" NOT NULL PRIMARY KEY,
    policy_id    text COLLATE "C" NOT NULL,
    version      integer NOT NULL,
    digest       text COLLATE "C" NOT NULL
);
