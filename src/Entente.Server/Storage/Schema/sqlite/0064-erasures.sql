-- How often texts of it were erased: who remembers a dispute from before reads them anew.
ALTER TABLE dispute ADD COLUMN erasures INTEGER NOT NULL DEFAULT 0;
