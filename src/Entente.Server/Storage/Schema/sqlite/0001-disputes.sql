-- Every table of a dispute is keyed by its order first, so that the tables can be spread over machines.
-- Instants are microseconds since the epoch; amounts are minor units; enum values are their snake_case codes.

CREATE TABLE orders (
    order_id     TEXT    NOT NULL PRIMARY KEY,
    marketplace  TEXT    NOT NULL,
    external_id  TEXT    NOT NULL,
    buyer        TEXT    NOT NULL,
    placed_at    INTEGER NOT NULL,
    body         BLOB    NOT NULL,
    digest       TEXT    NOT NULL,
    oddities     TEXT    NOT NULL,
    imported_at  INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX orders_by_buyer ON orders (buyer, placed_at);
CREATE INDEX orders_by_marketplace ON orders (marketplace, placed_at);

-- Which sellers an order has lines of: a seller's own list of orders.
CREATE TABLE order_seller (
    order_id     TEXT    NOT NULL,
    seller       TEXT    NOT NULL,
    placed_at    INTEGER NOT NULL,
    PRIMARY KEY (order_id, seller)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_seller_by_seller ON order_seller (seller, placed_at);

-- What is scarce in an order; its version guards whatever opens a dispute or promises money. `promised` is what its
-- disputes promise or have returned; `overpaid` is what a later import left uncovered.
CREATE TABLE order_head (
    order_id     TEXT    NOT NULL PRIMARY KEY,
    version      INTEGER NOT NULL,
    captured     INTEGER NOT NULL,
    promised     INTEGER NOT NULL DEFAULT 0,
    overpaid     INTEGER NOT NULL DEFAULT 0,
    CHECK (promised >= 0 AND promised <= captured + overpaid)
) STRICT, WITHOUT ROWID;

-- Units of lines that open disputes are about.
CREATE TABLE held_units (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    line         INTEGER NOT NULL,
    units        INTEGER NOT NULL CHECK (units > 0),
    PRIMARY KEY (order_id, suffix, line)
) STRICT, WITHOUT ROWID;

-- The dispute as it stands: a cache of the fold of its events, and the columns that lists are made of.
CREATE TABLE dispute (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    marketplace  TEXT    NOT NULL,
    reference    TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    stage        TEXT    NOT NULL,
    buyer        TEXT    NOT NULL,
    seller       TEXT    NOT NULL,
    opener       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    remedy       TEXT    NOT NULL,
    sought       INTEGER,
    currency     TEXT    NOT NULL,
    responsible  TEXT,
    awaited      TEXT,
    due_at       INTEGER,
    next_due     INTEGER,
    examiner     TEXT,
    opened_at    INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    closed_at    INTEGER,
    -- Its place in every list: what is open by its due instant, then what is closed, the newest first.
    place        INTEGER NOT NULL,
    state        BLOB    NOT NULL,
    shape        INTEGER NOT NULL,
    links        BLOB    NOT NULL,
    PRIMARY KEY (order_id, suffix),
    -- A dispute that is not closed waits for somebody until some instant; a closed one for nobody.
    CHECK ((stage = 'closed') = (due_at IS NULL)),
    CHECK ((stage = 'closed') = (responsible IS NULL))
) STRICT;
CREATE INDEX dispute_by_buyer ON dispute (buyer, place, order_id, suffix);
CREATE INDEX dispute_by_seller ON dispute (seller, place, order_id, suffix);
CREATE INDEX dispute_by_queue ON dispute (marketplace, place, order_id, suffix);
CREATE INDEX dispute_by_examiner ON dispute (examiner, place, order_id, suffix);
-- What the clock goes by: a reminder may be due before anything is waited for.
CREATE INDEX dispute_by_next_due ON dispute (next_due);
CREATE INDEX dispute_by_reference ON dispute (reference);

-- Facts; rows are only ever added. `bytes` are exactly what `link` was computed over.
CREATE TABLE event (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    audience     TEXT    NOT NULL,
    n            INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    bytes        BLOB    NOT NULL,
    link         BLOB    NOT NULL,
    PRIMARY KEY (order_id, suffix, seq)
) STRICT;

-- Salt and text behind a fact's commitment, encrypted under its owner's key; unreadable once that key is destroyed.
CREATE TABLE personal_text (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    commitment   TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    sealed       BLOB    NOT NULL,
    PRIMARY KEY (order_id, suffix, commitment)
) STRICT;

-- An owner's key, wrapped under the centre's. A destroyed key keeps its row, so that none is made anew.
CREATE TABLE person_key (
    owner        TEXT    NOT NULL PRIMARY KEY,
    wrapped      BLOB,
    made_at      INTEGER NOT NULL,
    destroyed_at INTEGER
) STRICT;

-- The first answer to a command that carried a key: where its facts stand.
CREATE TABLE idempotency (
    order_id     TEXT    NOT NULL,
    caller       TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    fingerprint  TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    seq_from     INTEGER NOT NULL,
    seq_to       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (order_id, caller, key)
) STRICT;

-- What a fact set in motion, committed with it; couriers deliver at least once under the constant id, in order within
-- a lane of a dispute. What has arrived is deleted; what never will is parked.
CREATE TABLE outbox (
    order_id     TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    lane         TEXT    NOT NULL DEFAULT '',
    payload      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    lease_until  INTEGER,
    parked_at    INTEGER,
    last_error   TEXT,
    PRIMARY KEY (order_id, id)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (not_before) WHERE parked_at IS NULL;

-- Who is lapsing a due dispute at the moment, and how often it has failed.
CREATE TABLE deadline_lease (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    lease_until  INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    last_error   TEXT,
    PRIMARY KEY (order_id, suffix)
) STRICT;

-- Where an exhibit's file lies: by its digest inside its dispute's folder.
CREATE TABLE evidence_file (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    exhibit      TEXT    NOT NULL,
    digest       TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    media_type   TEXT    NOT NULL,
    uploaded_at  INTEGER NOT NULL,
    PRIMARY KEY (order_id, suffix, exhibit)
) STRICT;

-- What somebody has typed and not sent.
CREATE TABLE draft (
    person       TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (person, key)
) STRICT;
