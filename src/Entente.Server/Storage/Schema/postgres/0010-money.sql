-- The money of an order. Every table is keyed by the order first; amounts are minor units of the order's currency.

-- One row a payment: where its money is. No command makes the sum of the accounts larger than what was captured; when
-- the world does, the excess is `overpaid`, waiting refunds stop, and a task has an owner and a due time.
CREATE TABLE payment_balance (
    order_id      text COLLATE "C" NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    place         bigint NOT NULL,
    marketplace   text COLLATE "C" NOT NULL,
    method        text COLLATE "C" NOT NULL,
    currency      text COLLATE "C" NOT NULL,
    provider      text COLLATE "C",
    provider_ref  text COLLATE "C",
    captured      bigint NOT NULL,
    reserved      bigint NOT NULL DEFAULT 0,
    refunded      bigint NOT NULL DEFAULT 0,
    outside       bigint NOT NULL DEFAULT 0,
    charged_back  bigint NOT NULL DEFAULT 0,
    matched       bigint NOT NULL DEFAULT 0,
    overpaid      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, payment),
    CHECK (captured >= 0 AND reserved >= 0 AND refunded >= 0 AND outside >= 0 AND charged_back >= 0 AND overpaid >= 0),
    CHECK (reserved + refunded + outside + charged_back <= captured + overpaid)
);
CREATE INDEX payment_by_reference ON payment_balance (marketplace, provider, provider_ref) WHERE provider_ref IS NOT NULL;
CREATE INDEX payment_overpaid ON payment_balance (marketplace) WHERE overpaid > 0;

-- A refund as it was written ahead: one row, and one key at the provider, for each obligation, payment and part for ever.
CREATE TABLE refund (
    order_id      text COLLATE "C" NOT NULL,
    suffix        text COLLATE "C" NOT NULL,
    obligation    bigint NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    part          bigint NOT NULL,
    marketplace   text COLLATE "C" NOT NULL,
    key           text COLLATE "C" NOT NULL,
    way           text COLLATE "C" NOT NULL,
    state         text COLLATE "C" NOT NULL,
    amount        bigint NOT NULL CHECK (amount > 0),
    given_up      bigint NOT NULL DEFAULT 0,
    provider_id   text COLLATE "C",
    why           text COLLATE "C",
    made_at       bigint NOT NULL,
    sent_at       bigint,
    changed_at    bigint NOT NULL,
    -- Whether the dispute has been told how it ended.
    told          bigint NOT NULL DEFAULT 1,
    -- When the courier looks at it next; null while nothing is to be done but by a person.
    next_at       bigint,
    lease_until   bigint,
    attempts      integer NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, suffix, obligation, payment, part)
);
CREATE INDEX refund_next ON refund (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX refund_by_key ON refund (order_id, key);
CREATE INDEX refund_unsettled ON refund (marketplace, state, changed_at);

-- What moved between accounts, only ever added: what leaves one account arrives in another.
CREATE TABLE posting (
    order_id      text COLLATE "C" NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    n             integer NOT NULL,
    at            bigint NOT NULL,
    source        text COLLATE "C" NOT NULL,
    target        text COLLATE "C" NOT NULL,
    amount        bigint NOT NULL CHECK (amount > 0),
    cause         text COLLATE "C" NOT NULL,
    PRIMARY KEY (order_id, payment, n)
);

-- A refund as the provider knows it, ours or made outside: its newest state by the provider's own account.
CREATE TABLE provider_refund (
    order_id      text COLLATE "C" NOT NULL,
    provider_id   text COLLATE "C" NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    amount        bigint NOT NULL,
    status        text COLLATE "C" NOT NULL,
    key           text COLLATE "C",
    said_at       bigint NOT NULL,
    rank          bigint NOT NULL,
    -- What of it counts in the payment's outside account.
    counted       bigint NOT NULL,
    PRIMARY KEY (order_id, provider_id)
);

-- A bank's own procedure about a payment, by its newest state.
CREATE TABLE chargeback (
    order_id      text COLLATE "C" NOT NULL,
    chargeback    text COLLATE "C" NOT NULL,
    marketplace   text COLLATE "C" NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    amount        bigint NOT NULL,
    phase         text COLLATE "C" NOT NULL,
    final         bigint NOT NULL,
    reference     text COLLATE "C",
    bank_due      bigint,
    said_at       bigint NOT NULL,
    rank          bigint NOT NULL,
    -- What of it counts in the payment's charged-back account.
    counted       bigint NOT NULL,
    changed_at    bigint NOT NULL,
    PRIMARY KEY (order_id, chargeback)
);
CREATE INDEX chargeback_by_time ON chargeback (marketplace, changed_at);

-- Something about money that a person has to settle, with an owner and a due time.
CREATE TABLE money_task (
    order_id      text COLLATE "C" NOT NULL,
    task          text COLLATE "C" NOT NULL,
    marketplace   text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    amount        bigint NOT NULL,
    owner         text COLLATE "C" NOT NULL,
    opened_at     bigint NOT NULL,
    due_at        bigint NOT NULL,
    done_at       bigint,
    done_by       text COLLATE "C",
    note          text COLLATE "C",
    PRIMARY KEY (order_id, task)
);
CREATE INDEX money_task_open ON money_task (marketplace, due_at) WHERE done_at IS NULL;

-- What a person states about a refund that nobody else can settle; it counts once a second person approved it.
CREATE TABLE money_statement (
    order_id      text COLLATE "C" NOT NULL,
    statement     text COLLATE "C" NOT NULL,
    marketplace   text COLLATE "C" NOT NULL,
    suffix        text COLLATE "C" NOT NULL,
    obligation    bigint NOT NULL,
    payment       text COLLATE "C" NOT NULL,
    part          bigint NOT NULL,
    says          text COLLATE "C" NOT NULL,
    reference     text COLLATE "C" NOT NULL,
    reason        text COLLATE "C" NOT NULL,
    stated_by     text COLLATE "C" NOT NULL,
    stated_at     bigint NOT NULL,
    approved_by   text COLLATE "C",
    approved_at   bigint,
    withdrawn_at  bigint,
    PRIMARY KEY (order_id, statement)
);
CREATE INDEX money_statement_open ON money_statement (marketplace, stated_at) WHERE approved_at IS NULL;

-- What providers told us, as they told it: kept raw, answered at once, handled afterwards in any order.
CREATE TABLE inbound (
    endpoint      text COLLATE "C" NOT NULL,
    message       text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    said_at       bigint NOT NULL,
    received_at   bigint NOT NULL,
    bytes         bytea NOT NULL,
    state         text COLLATE "C" NOT NULL,
    subject       text COLLATE "C",
    why           text COLLATE "C",
    handled_at    bigint,
    next_at       bigint,
    lease_until   bigint,
    attempts      integer NOT NULL DEFAULT 0,
    PRIMARY KEY (endpoint, message)
);
CREATE INDEX inbound_next ON inbound (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX inbound_by_time ON inbound (endpoint, received_at);
CREATE INDEX inbound_by_subject ON inbound (endpoint, subject) WHERE state = 'no_payment';

-- Orders that are known already.
INSERT INTO payment_balance (order_id, payment, place, marketplace, method, currency, captured)
SELECT orders.order_id, paid.value ->> 'id', paid.at - 1, orders.marketplace, paid.value ->> 'method',
       convert_from(orders.body, 'UTF8')::jsonb ->> 'currency', (paid.value ->> 'captured')::bigint
FROM orders,
     jsonb_array_elements(convert_from(orders.body, 'UTF8')::jsonb -> 'payments') WITH ORDINALITY AS paid (value, at);
