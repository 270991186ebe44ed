-- How far each file has come: what the scanner says of it, and what was made of it to look at. The facts speak of
-- exhibits; these rows only say what may be handed out now, and can be made anew from the files.
-- scan: waiting, clean, quarantined, not_scanned. look: waiting, made, none, failed.
CREATE TABLE evidence_state (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    exhibit      TEXT    NOT NULL,
    marketplace  TEXT    NOT NULL,
    side         TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    scan         TEXT    NOT NULL,
    threat       TEXT,
    -- Whether the dispute's story knows of a quarantine.
    told         INTEGER NOT NULL DEFAULT 0,
    look         TEXT    NOT NULL,
    -- What was made, as the worker wrote it.
    body         TEXT,
    added_at     INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    not_before   INTEGER NOT NULL,
    lease_until  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, suffix, exhibit)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_state_waiting ON evidence_state (not_before)
    WHERE scan = 'waiting' OR look = 'waiting' OR scan = 'quarantined' AND told = 0;

-- Files that were taken before there were such rows.
INSERT INTO evidence_state (order_id, suffix, exhibit, marketplace, side, bytes, scan, look, added_at, not_before)
SELECT file.order_id, file.suffix, file.exhibit, COALESCE(dispute.marketplace, ''), '', file.bytes, 'waiting', 'waiting',
       file.uploaded_at, file.uploaded_at
FROM evidence_file file LEFT JOIN dispute ON dispute.order_id = file.order_id AND dispute.suffix = file.suffix;

-- How much a marketplace's files take.
CREATE TABLE evidence_room (
    marketplace  TEXT    NOT NULL PRIMARY KEY,
    bytes        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO evidence_room (marketplace, bytes) SELECT marketplace, sum(bytes) FROM evidence_state GROUP BY marketplace;

-- What a picture looks like, in 64 bits, cut into eight bands: two pictures that differ in at most seven bits share one.
CREATE TABLE evidence_likeness (
    marketplace  TEXT    NOT NULL,
    band         INTEGER NOT NULL,
    part         INTEGER NOT NULL,
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    exhibit      TEXT    NOT NULL,
    likeness     INTEGER NOT NULL,
    PRIMARY KEY (marketplace, band, part, order_id, suffix, exhibit)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_likeness_of ON evidence_likeness (order_id, suffix, exhibit);

-- A file that comes in pieces: how much of it is promised; what has come lies in the incoming folder.
CREATE TABLE evidence_upload (
    upload       TEXT    NOT NULL PRIMARY KEY,
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    caller       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    declared     TEXT,
    bytes        INTEGER NOT NULL,
    begun_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
