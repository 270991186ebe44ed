-- What can be looked for: for each fact and owner the words that its readers may find it by, each word blinded by a key
-- of the centre's. Rows go with their owner's texts.
CREATE TABLE search (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    owner        TEXT    NOT NULL,
    audience     TEXT    NOT NULL,
    words        TEXT    NOT NULL,
    -- The row's number in the index of words.
    slot         INTEGER NOT NULL,
    PRIMARY KEY (order_id, suffix, seq, owner)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_by_owner ON search (owner);
CREATE INDEX search_by_slot ON search (slot);

-- SQLite has no index of the words in a column but this one, which it wants to be told of every change.
CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, detail='none', tokenize='ascii');
CREATE TRIGGER search_added AFTER INSERT ON search BEGIN
    INSERT INTO search_words (rowid, words) VALUES (new.slot, new.words);
END;
CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN
    DELETE FROM search_words WHERE rowid = old.slot;
END;

-- Facts whose words are not in it yet.
CREATE TABLE search_due (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    PRIMARY KEY (order_id, suffix, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO search_due (order_id, suffix, seq) SELECT order_id, suffix, seq FROM event;
