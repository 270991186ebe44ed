-- The folded dispute moves out of its row: it is a cache of the facts, written now and then, and the row that lists and
-- the clock go by stays small.
CREATE TABLE snapshot (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    version      integer NOT NULL,
    shape        integer NOT NULL,
    state        bytea NOT NULL,
    links        bytea NOT NULL,
    PRIMARY KEY (order_id, suffix)
);
INSERT INTO snapshot (order_id, suffix, version, shape, state, links)
    SELECT order_id, suffix, version, shape, state, links FROM dispute;
ALTER TABLE dispute DROP COLUMN state;
ALTER TABLE dispute DROP COLUMN shape;
