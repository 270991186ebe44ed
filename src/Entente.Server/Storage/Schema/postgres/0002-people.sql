-- Who there is: marketplaces, parties (who buys and sells), persons (who sign in), and which acts for which.
-- Everything is keyed by its marketplace first: nobody is found from another one.

CREATE TABLE marketplace (
    marketplace    text COLLATE "C" NOT NULL PRIMARY KEY,
    name           text COLLATE "C" NOT NULL,
    language       text COLLATE "C" NOT NULL,
    zone           text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL
);

CREATE TABLE party (
    marketplace    text COLLATE "C" NOT NULL,
    party_id       text COLLATE "C" NOT NULL,
    kind           text COLLATE "C" NOT NULL,
    external_id    text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    language       text COLLATE "C" NOT NULL,
    status         text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL,
    PRIMARY KEY (marketplace, party_id),
    UNIQUE (marketplace, kind, external_id)
);

-- A login is lower case. A person without a password cannot sign in by one; a demo person may by one click, in a demo.
CREATE TABLE person (
    marketplace    text COLLATE "C" NOT NULL,
    person_id      text COLLATE "C" NOT NULL,
    login          text COLLATE "C" NOT NULL,
    email          text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    language       text COLLATE "C" NOT NULL,
    password_hash  text COLLATE "C",
    security_stamp text COLLATE "C" NOT NULL,
    failed_count   integer NOT NULL,
    locked_until   bigint,
    disabled       boolean NOT NULL,
    demo           boolean NOT NULL,
    created_at     bigint NOT NULL,
    PRIMARY KEY (marketplace, person_id),
    UNIQUE (marketplace, login)
);
CREATE UNIQUE INDEX person_by_id ON person (person_id);
CREATE INDEX person_by_email ON person (marketplace, email);

-- A person acts for a party, or for the platform (then the party is empty).
CREATE TABLE membership (
    marketplace    text COLLATE "C" NOT NULL,
    person_id      text COLLATE "C" NOT NULL,
    role           text COLLATE "C" NOT NULL,
    party_id       text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL,
    PRIMARY KEY (marketplace, person_id, role, party_id),
    CHECK ((role IN ('buyer', 'seller')) = (party_id <> ''))
);
CREATE INDEX membership_by_party ON membership (marketplace, party_id);

-- Of a key's secret only its SHA-256 is kept; the prefix is public and finds it.
CREATE TABLE api_key (
    prefix         text COLLATE "C" NOT NULL PRIMARY KEY,
    marketplace    text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    secret_hash    bytea NOT NULL,
    scopes         text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL,
    expires_at     bigint,
    revoked_at     bigint,
    last_used_at   bigint
);
CREATE INDEX api_key_by_marketplace ON api_key (marketplace, created_at);

-- Who came from where and did what. Never part of a dispute's chain, so that it can be deleted after its time.
CREATE TABLE audit (
    audit_id       text COLLATE "C" NOT NULL PRIMARY KEY,
    at             bigint NOT NULL,
    marketplace    text COLLATE "C" NOT NULL,
    address        text COLLATE "C" NOT NULL,
    who            text COLLATE "C" NOT NULL,
    what           text COLLATE "C" NOT NULL,
    subject        text COLLATE "C" NOT NULL
);
CREATE INDEX audit_by_time ON audit (marketplace, at);
