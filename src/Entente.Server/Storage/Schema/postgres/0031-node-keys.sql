-- What signs cookies and forms, so that every node takes what another gave out; each encrypted under the centre's key.
CREATE TABLE node_key (
    name         text COLLATE "C" NOT NULL PRIMARY KEY,
    sealed       bytea NOT NULL,
    made_at      bigint NOT NULL
);
