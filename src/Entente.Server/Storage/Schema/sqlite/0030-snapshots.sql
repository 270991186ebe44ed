-- The folded dispute moves out of its row: it is a cache of the facts, written now and then, and the row that lists and
-- the clock go by stays small.
CREATE TABLE snapshot (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    shape        INTEGER NOT NULL,
    state        BLOB    NOT NULL,
    links        BLOB    NOT NULL,
    PRIMARY KEY (order_id, suffix)
) STRICT;
INSERT INTO snapshot (order_id, suffix, version, shape, state, links)
    SELECT order_id, suffix, version, shape, state, links FROM dispute;
ALTER TABLE dispute DROP COLUMN state;
ALTER TABLE dispute DROP COLUMN shape;
