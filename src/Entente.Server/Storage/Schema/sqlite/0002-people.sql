-- Who there is: marketplaces, parties (who buys and sells), persons (who sign in), and which acts for which.
-- Everything is keyed by its marketplace first: nobody is found from another one.

CREATE TABLE marketplace (
    marketplace    TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    zone           TEXT    NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE party (
    marketplace    TEXT    NOT NULL,
    party_id       TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    external_id    TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (marketplace, party_id),
    UNIQUE (marketplace, kind, external_id)
) STRICT;

-- A login is lower case. A person without a password cannot sign in by one; a demo person may by one click, in a demo.
CREATE TABLE person (
    marketplace    TEXT    NOT NULL,
    person_id      TEXT    NOT NULL,
    login          TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    password_hash  TEXT,
    security_stamp TEXT    NOT NULL,
    failed_count   INTEGER NOT NULL,
    locked_until   INTEGER,
    disabled       INTEGER NOT NULL,
    demo           INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (marketplace, person_id),
    UNIQUE (marketplace, login)
) STRICT;
CREATE UNIQUE INDEX person_by_id ON person (person_id);
CREATE INDEX person_by_email ON person (marketplace, email);

-- A person acts for a party, or for the platform (then the party is empty).
CREATE TABLE membership (
    marketplace    TEXT    NOT NULL,
    person_id      TEXT    NOT NULL,
    role           TEXT    NOT NULL,
    party_id       TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (marketplace, person_id, role, party_id),
    CHECK ((role IN ('buyer', 'seller')) = (party_id <> ''))
) STRICT;
CREATE INDEX membership_by_party ON membership (marketplace, party_id);

-- Of a key's secret only its SHA-256 is kept; the prefix is public and finds it.
CREATE TABLE api_key (
    prefix         TEXT    NOT NULL PRIMARY KEY,
    marketplace    TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    secret_hash    BLOB    NOT NULL,
    scopes         TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER,
    revoked_at     INTEGER,
    last_used_at   INTEGER
) STRICT;
CREATE INDEX api_key_by_marketplace ON api_key (marketplace, created_at);

-- Who came from where and did what. Never part of a dispute's chain, so that it can be deleted after its time.
CREATE TABLE audit (
    audit_id       TEXT    NOT NULL PRIMARY KEY,
    at             INTEGER NOT NULL,
    marketplace    TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    who            TEXT    NOT NULL,
    what           TEXT    NOT NULL,
    subject        TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (marketplace, at);
