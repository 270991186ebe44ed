-- The keys that sign bundles and decisions; the private half encrypted under the centre's key. One is in use; those
-- before it stay, because what they signed stays true.
CREATE TABLE signing_key (
    kid          text COLLATE "C" NOT NULL PRIMARY KEY,
    x            text COLLATE "C" NOT NULL,
    y            text COLLATE "C" NOT NULL,
    sealed       bytea  NOT NULL,
    made_at      bigint NOT NULL,
    retired_at   bigint
);
CREATE UNIQUE INDEX signing_key_in_use ON signing_key ((1)) WHERE retired_at IS NULL;
