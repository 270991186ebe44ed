-- Mails that left, with what they said: never anything of a dispute's content.
CREATE TABLE mail (
    mail_id      TEXT    NOT NULL PRIMARY KEY,
    marketplace  TEXT    NOT NULL,
    order_id     TEXT    NOT NULL,
    suffix       TEXT    NOT NULL,
    person       TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    language     TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    file         TEXT
) STRICT;
CREATE INDEX mail_by_time ON mail (marketplace, at);
