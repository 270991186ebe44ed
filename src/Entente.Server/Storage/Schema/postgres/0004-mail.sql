-- Mails that left, with what they said: never anything of a dispute's content.
CREATE TABLE mail (
    mail_id      text COLLATE "C" NOT NULL PRIMARY KEY,
    marketplace  text COLLATE "C" NOT NULL,
    order_id     text COLLATE "C" NOT NULL,
    suffix       text COLLATE "C" NOT NULL,
    person       text COLLATE "C" NOT NULL,
    address      text COLLATE "C" NOT NULL,
    language     text COLLATE "C" NOT NULL,
    subject      text COLLATE "C" NOT NULL,
    body         text COLLATE "C" NOT NULL,
    at           bigint NOT NULL,
    file         text COLLATE "C"
);
CREATE INDEX mail_by_time ON mail (marketplace, at);
