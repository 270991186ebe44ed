-- A hold keeps what a dispute holds from being erased, for a reason, by somebody who answers for it. Rows are never
-- deleted: a lifted hold says who lifted it, when and why.
CREATE TABLE legal_hold (
    hold_id      TEXT    NOT NULL PRIMARY KEY,
    marketplace  TEXT    NOT NULL,
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    set_at       INTEGER NOT NULL,
    lifted_by    TEXT,
    lifted_why   TEXT,
    lifted_at    INTEGER
) STRICT;
CREATE INDEX legal_hold_by_dispute ON legal_hold (order_id, suffix);
CREATE INDEX legal_hold_by_marketplace ON legal_hold (marketplace, set_at);
CREATE INDEX personal_text_by_owner ON personal_text (owner);
