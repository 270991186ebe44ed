-- Whether something earlier of its lane waits is asked of each parcel that could go; a lane can be long.
CREATE INDEX outbox_lane ON outbox (order_id, suffix, kind, lane, seq, length(id), id) WHERE parked_at IS NULL;

-- Rows come and go: what is gone is swept, and what is there counted, long before a fifth of a great table has changed.
ALTER TABLE outbox SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500);
