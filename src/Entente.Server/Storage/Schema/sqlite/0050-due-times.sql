-- The secret address of a person's calendar feed: only its digest, so that who reads the table reads no calendar.
CREATE TABLE calendar_feed (
    person       TEXT    NOT NULL PRIMARY KEY,
    marketplace  TEXT    NOT NULL,
    digest       TEXT    NOT NULL UNIQUE,
    made_at      INTEGER NOT NULL
) STRICT;

-- Which reminder of which term went out; rows are only ever added, so none goes out twice.
CREATE TABLE due_reminder (
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    term         INTEGER NOT NULL,
    before       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (order_id, suffix, term, before)
) STRICT;

-- Until when reminders were looked for; one row.
CREATE TABLE reminder_clock (
    id           TEXT    NOT NULL PRIMARY KEY,
    looked_at    INTEGER NOT NULL
) STRICT;

-- Times in which the centre was out of order, as an operator recorded them.
CREATE TABLE outage (
    marketplace  TEXT    NOT NULL,
    began_at     INTEGER NOT NULL,
    ended_at     INTEGER NOT NULL,
    recorded_by  TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL,
    disputes     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (marketplace, began_at)
) STRICT;

CREATE INDEX dispute_by_due ON dispute (due_at);
