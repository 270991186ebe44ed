-- Whether something earlier of its lane waits is asked of each parcel that could go; a lane can be long.
CREATE INDEX outbox_lane ON outbox (order_id, suffix, kind, lane, seq, length(id), id) WHERE parked_at IS NULL;
