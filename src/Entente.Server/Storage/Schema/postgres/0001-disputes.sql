-- Every table of a dispute is keyed by its order first, so that the tables can be spread over machines.
-- Instants are microseconds since the epoch; amounts are minor units; enum values are their snake_case codes.

CREATE TABLE orders (
    order_id     text COLLATE "C" NOT NULL PRIMARY KEY,
    marketplace  text COLLATE "C" NOT NULL,
    external_id  text COLLATE "C" NOT NULL,
    buyer        text COLLATE "C" NOT NULL,
    placed_at    bigint NOT NULL,
    body         bytea NOT NULL,
    digest       text COLLATE "C" NOT NULL,
    oddities     text COLLATE "C" NOT NULL,
    imported_at  bigint NOT NULL,
    changed_at   bigint NOT NULL
);
CREATE INDEX orders_by_buyer ON orders (buyer, placed_at);
CREATE INDEX orders_by_marketplace ON orders (marketplace, placed_at);

-- Which sellers an order has lines of: a seller's own list of orders.
CREATE TABLE order_seller (
    order_id     text COLLATE "C" NOT NULL,
    seller       text COLLATE "C" NOT NULL,
    placed_at    bigint NOT NULL,
    PRIMARY KEY (order_id, seller)
);
CREATE INDEX order_seller_by_seller ON order_seller (seller, placed_at);

-- What is scarce in an order; its version guards whatever opens a dispute or promises money. `promised` is what its
-- disputes promise or have returned; `overpaid` is what a later import left uncovered.
CREATE TABLE order_head (
    order_id     text COLLATE "C" NOT NULL PRIMARY KEY,
    version      integer NOT NULL,
    captured     bigint NOT NULL,
    promised     bigint NOT NULL DEFAULT 0,
    overpaid     bigint NOT NULL DEFAULT 0,
    CHECK (promised >= 0 AND promised <= captured + overpaid)
);

-- Units of lines that open disputes are about.
CREATE TABLE held_units (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    line         integer NOT NULL,
    units        integer NOT NULL CHECK (units > 0),
    PRIMARY KEY (order_id, suffix, line)
);

-- The dispute as it stands: a cache of the fold of its events, and the columns that lists are made of.
CREATE TABLE dispute (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    marketplace  text COLLATE "C" NOT NULL,
    reference    text COLLATE "C" NOT NULL,
    version      integer NOT NULL,
    stage        text COLLATE "C" NOT NULL,
    buyer        text COLLATE "C" NOT NULL,
    seller       text COLLATE "C" NOT NULL,
    opener       text COLLATE "C" NOT NULL,
    reason       text COLLATE "C" NOT NULL,
    remedy       text COLLATE "C" NOT NULL,
    sought       bigint,
    currency     text COLLATE "C" NOT NULL,
    responsible  text COLLATE "C",
    awaited      text COLLATE "C",
    due_at       bigint,
    next_due     bigint,
    examiner     text COLLATE "C",
    opened_at    bigint NOT NULL,
    last_at      bigint NOT NULL,
    closed_at    bigint,
    -- Its place in every list: what is open by its due instant, then what is closed, the newest first.
    place        bigint NOT NULL,
    state        bytea NOT NULL,
    shape        integer NOT NULL,
    links        bytea NOT NULL,
    PRIMARY KEY (order_id, suffix),
    -- A dispute that is not closed waits for somebody until some instant; a closed one for nobody.
    CHECK ((stage = 'closed') = (due_at IS NULL)),
    CHECK ((stage = 'closed') = (responsible IS NULL))
);
CREATE INDEX dispute_by_buyer ON dispute (buyer, place, order_id, suffix);
CREATE INDEX dispute_by_seller ON dispute (seller, place, order_id, suffix);
CREATE INDEX dispute_by_queue ON dispute (marketplace, place, order_id, suffix);
CREATE INDEX dispute_by_examiner ON dispute (examiner, place, order_id, suffix);
-- What the clock goes by: a reminder may be due before anything is waited for.
CREATE INDEX dispute_by_next_due ON dispute (next_due);
CREATE INDEX dispute_by_reference ON dispute (reference);

-- Facts; rows are only ever added. `bytes` are exactly what `link` was computed over.
CREATE TABLE event (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    seq          integer NOT NULL,
    audience     text COLLATE "C" NOT NULL,
    n            integer NOT NULL,
    at           bigint NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    bytes        bytea NOT NULL,
    link         bytea NOT NULL,
    PRIMARY KEY (order_id, suffix, seq)
);

-- Salt and text behind a fact's commitment, encrypted under its owner's key; unreadable once that key is destroyed.
CREATE TABLE personal_text (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    commitment   text COLLATE "C" NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    sealed       bytea NOT NULL,
    PRIMARY KEY (order_id, suffix, commitment)
);

-- An owner's key, wrapped under the centre's. A destroyed key keeps its row, so that none is made anew.
CREATE TABLE person_key (
    owner        text COLLATE "C" NOT NULL PRIMARY KEY,
    wrapped      bytea,
    made_at      bigint NOT NULL,
    destroyed_at bigint
);

-- The first answer to a command that carried a key: where its facts stand.
CREATE TABLE idempotency (
    order_id     text COLLATE "C" NOT NULL,
    caller       text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    fingerprint  text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    seq_from     integer NOT NULL,
    seq_to       integer NOT NULL,
    at           bigint NOT NULL,
    PRIMARY KEY (order_id, caller, key)
);

-- What a fact set in motion, committed with it; couriers deliver at least once under the constant id, in order within
-- a lane of a dispute. What has arrived is deleted; what never will is parked.
CREATE TABLE outbox (
    order_id     text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    seq          integer NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    lane         text COLLATE "C" NOT NULL DEFAULT '',
    payload      text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    not_before   bigint NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    lease_until  bigint,
    parked_at    bigint,
    last_error   text COLLATE "C",
    PRIMARY KEY (order_id, id)
);
CREATE INDEX outbox_waiting ON outbox (not_before) WHERE parked_at IS NULL;

-- Who is lapsing a due dispute at the moment, and how often it has failed.
CREATE TABLE deadline_lease (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    lease_until  bigint NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    last_error   text COLLATE "C",
    PRIMARY KEY (order_id, suffix)
);

-- Where an exhibit's file lies: by its digest inside its dispute's folder.
CREATE TABLE evidence_file (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    exhibit      text COLLATE "C" NOT NULL,
    digest       text COLLATE "C" NOT NULL,
    bytes        bigint NOT NULL,
    media_type   text COLLATE "C" NOT NULL,
    uploaded_at  bigint NOT NULL,
    PRIMARY KEY (order_id, suffix, exhibit)
);

-- What somebody has typed and not sent.
CREATE TABLE draft (
    person       text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    body         text COLLATE "C" NOT NULL,
    changed_at   bigint NOT NULL,
    PRIMARY KEY (person, key)
);
