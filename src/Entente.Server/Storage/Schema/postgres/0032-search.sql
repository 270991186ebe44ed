-- What can be looked for: for each fact and owner the words that its readers may find it by, each word blinded by a key
-- of the centre's. Rows go with their owner's texts.
CREATE TABLE search (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    seq          integer NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    audience     text COLLATE "C" NOT NULL,
    words        text COLLATE "C" NOT NULL,
    -- Of use to the embedded database alone.
    slot         bigint NOT NULL,
    PRIMARY KEY (order_id, suffix, seq, owner)
);
CREATE INDEX search_by_owner ON search (owner);
CREATE INDEX search_words ON search USING gin (string_to_array(words, ' '));

-- Facts whose words are not in it yet.
CREATE TABLE search_due (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    seq          integer NOT NULL,
    PRIMARY KEY (order_id, suffix, seq)
);
INSERT INTO search_due (order_id, suffix, seq) SELECT order_id, suffix, seq FROM event;
