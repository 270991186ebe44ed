-- What an upload in pieces became once it was whole: asked for twice, it is the same exhibit.
ALTER TABLE evidence_upload ADD COLUMN exhibit text COLLATE "C";
CREATE INDEX evidence_upload_of ON evidence_upload (order_id, suffix);
