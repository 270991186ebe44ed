-- A hold keeps what a dispute holds from being erased, for a reason, by somebody who answers for it. Rows are never
-- deleted: a lifted hold says who lifted it, when and why.
CREATE TABLE legal_hold (
    hold_id      text COLLATE "C" NOT NULL PRIMARY KEY,
    marketplace  text COLLATE "C" NOT NULL,
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    reason       text COLLATE "C" NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    set_at       bigint NOT NULL,
    lifted_by    text COLLATE "C",
    lifted_why   text COLLATE "C",
    lifted_at    bigint
);
CREATE INDEX legal_hold_by_dispute ON legal_hold (order_id, suffix);
CREATE INDEX legal_hold_by_marketplace ON legal_hold (marketplace, set_at);
CREATE INDEX personal_text_by_owner ON personal_text (owner);
