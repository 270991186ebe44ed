-- The secret address of a person's calendar feed: only its digest, so that who reads the table reads no calendar.
CREATE TABLE calendar_feed (
    person       text COLLATE "C" NOT NULL PRIMARY KEY,
    marketplace  text COLLATE "C" NOT NULL,
    digest       text COLLATE "C" NOT NULL UNIQUE,
    made_at      bigint NOT NULL
);

-- Which reminder of which term went out; rows are only ever added, so none goes out twice.
CREATE TABLE due_reminder (
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    term         bigint NOT NULL,
    before       text COLLATE "C" NOT NULL,
    at           bigint NOT NULL,
    PRIMARY KEY (order_id, suffix, term, before)
);

-- Until when reminders were looked for; one row.
CREATE TABLE reminder_clock (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    looked_at    bigint NOT NULL
);

-- Times in which the centre was out of order, as an operator recorded them.
CREATE TABLE outage (
    marketplace  text COLLATE "C" NOT NULL,
    began_at     bigint NOT NULL,
    ended_at     bigint NOT NULL,
    recorded_by  text COLLATE "C" NOT NULL,
    recorded_at  bigint NOT NULL,
    disputes     bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (marketplace, began_at)
);

CREATE INDEX dispute_by_due ON dispute (due_at);
