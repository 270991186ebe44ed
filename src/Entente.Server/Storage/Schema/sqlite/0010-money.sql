-- The money of an order. Every table is keyed by the order first; amounts are minor units of the order's currency.

-- One row a payment: where its money is. No command makes the sum of the accounts larger than what was captured; when
-- the world does, the excess is `overpaid`, waiting refunds stop, and a task has an owner and a due time.
CREATE TABLE payment_balance (
    order_id      TEXT    NOT NULL,
    payment       TEXT    NOT NULL,
    place         INTEGER NOT NULL,
    marketplace   TEXT    NOT NULL,
    method        TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    provider      TEXT,
    provider_ref  TEXT,
    captured      INTEGER NOT NULL,
    reserved      INTEGER NOT NULL DEFAULT 0,
    refunded      INTEGER NOT NULL DEFAULT 0,
    outside       INTEGER NOT NULL DEFAULT 0,
    charged_back  INTEGER NOT NULL DEFAULT 0,
    matched       INTEGER NOT NULL DEFAULT 0,
    overpaid      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, payment),
    CHECK (captured >= 0 AND reserved >= 0 AND refunded >= 0 AND outside >= 0 AND charged_back >= 0 AND overpaid >= 0),
    CHECK (reserved + refunded + outside + charged_back <= captured + overpaid)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_by_reference ON payment_balance (marketplace, provider, provider_ref) WHERE provider_ref IS NOT NULL;
CREATE INDEX payment_overpaid ON payment_balance (marketplace) WHERE overpaid > 0;

-- A refund as it was written ahead: one row, and one key at the provider, for each obligation, payment and part for ever.
CREATE TABLE refund (
    order_id      TEXT    NOT NULL,
    suffix        TEXT    NOT NULL,
    obligation    INTEGER NOT NULL,
    payment       TEXT    NOT NULL,
    part          INTEGER NOT NULL,
    marketplace   TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    way           TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    given_up      INTEGER NOT NULL DEFAULT 0,
    provider_id   TEXT,
    why           TEXT,
    made_at       INTEGER NOT NULL,
    sent_at       INTEGER,
    changed_at    INTEGER NOT NULL,
    -- Whether the dispute has been told how it ended.
    told          INTEGER NOT NULL DEFAULT 1,
    -- When the courier looks at it next; null while nothing is to be done but by a person.
    next_at       INTEGER,
    lease_until   INTEGER,
    attempts      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, suffix, obligation, payment, part)
) STRICT;
CREATE INDEX refund_next ON refund (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX refund_by_key ON refund (order_id, key);
CREATE INDEX refund_unsettled ON refund (marketplace, state, changed_at);

-- What moved between accounts, only ever added: what leaves one account arrives in another.
CREATE TABLE posting (
    order_id      TEXT    NOT NULL,
    payment       TEXT    NOT NULL,
    n             INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    source        TEXT    NOT NULL,
    target        TEXT    NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    cause         TEXT    NOT NULL,
    PRIMARY KEY (order_id, payment, n)
) STRICT, WITHOUT ROWID;

-- A refund as the provider knows it, ours or made outside: its newest state by the provider's own account.
CREATE TABLE provider_refund (
    order_id      TEXT    NOT NULL,
    provider_id   TEXT    NOT NULL,
    payment       TEXT    NOT NULL,
    amount        INTEGER NOT NULL,
    status        TEXT    NOT NULL,
    key           TEXT,
    said_at       INTEGER NOT NULL,
    rank          INTEGER NOT NULL,
    -- What of it counts in the payment's outside account.
    counted       INTEGER NOT NULL,
    PRIMARY KEY (order_id, provider_id)
) STRICT, WITHOUT ROWID;

-- A bank's own procedure about a payment, by its newest state.
CREATE TABLE chargeback (
    order_id      TEXT    NOT NULL,
    chargeback    TEXT    NOT NULL,
    marketplace   TEXT    NOT NULL,
    payment       TEXT    NOT NULL,
    amount        INTEGER NOT NULL,
    phase         TEXT    NOT NULL,
    final         INTEGER NOT NULL,
    reference     TEXT,
    bank_due      INTEGER,
    said_at       INTEGER NOT NULL,
    rank          INTEGER NOT NULL,
    -- What of it counts in the payment's charged-back account.
    counted       INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    PRIMARY KEY (order_id, chargeback)
) STRICT, WITHOUT ROWID;
CREATE INDEX chargeback_by_time ON chargeback (marketplace, changed_at);

-- Something about money that a person has to settle, with an owner and a due time.
CREATE TABLE money_task (
    order_id      TEXT    NOT NULL,
    task          TEXT    NOT NULL,
    marketplace   TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    payment       TEXT    NOT NULL,
    amount        INTEGER NOT NULL,
    owner         TEXT    NOT NULL,
    opened_at     INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    done_at       INTEGER,
    done_by       TEXT,
    note          TEXT,
    PRIMARY KEY (order_id, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX money_task_open ON money_task (marketplace, due_at) WHERE done_at IS NULL;

-- What a person states about a refund that nobody else can settle; it counts once a second person approved it.
CREATE TABLE money_statement (
    order_id      TEXT    NOT NULL,
    statement     TEXT    NOT NULL,
    marketplace   TEXT    NOT NULL,
    suffix        TEXT    NOT NULL,
    obligation    INTEGER NOT NULL,
    payment       TEXT    NOT NULL,
    part          INTEGER NOT NULL,
    says          TEXT    NOT NULL,
    reference     TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    stated_by     TEXT    NOT NULL,
    stated_at     INTEGER NOT NULL,
    approved_by   TEXT,
    approved_at   INTEGER,
    withdrawn_at  INTEGER,
    PRIMARY KEY (order_id, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX money_statement_open ON money_statement (marketplace, stated_at) WHERE approved_at IS NULL;

-- What providers told us, as they told it: kept raw, answered at once, handled afterwards in any order.
CREATE TABLE inbound (
    endpoint      TEXT    NOT NULL,
    message       TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    said_at       INTEGER NOT NULL,
    received_at   INTEGER NOT NULL,
    bytes         BLOB    NOT NULL,
    state         TEXT    NOT NULL,
    subject       TEXT,
    why           TEXT,
    handled_at    INTEGER,
    next_at       INTEGER,
    lease_until   INTEGER,
    attempts      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (endpoint, message)
) STRICT;
CREATE INDEX inbound_next ON inbound (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX inbound_by_time ON inbound (endpoint, received_at);
CREATE INDEX inbound_by_subject ON inbound (endpoint, subject) WHERE state = 'no_payment';

-- Orders that are known already.
INSERT INTO payment_balance (order_id, payment, place, marketplace, method, currency, captured)
SELECT orders.order_id, json_extract(paid.value, '$.id'), paid.key, orders.marketplace, json_extract(paid.value, '$.method'),
       json_extract(CAST(orders.body AS TEXT), '$.currency'), json_extract(paid.value, '$.captured')
FROM orders, json_each(CAST(orders.body AS TEXT), '$.payments') AS paid;
