-- Where a breach was ruled on: measures that keep a party from opening are found by it, and there are few.
CREATE INDEX event_of_breach ON event (order_id, suffix) WHERE kind = 'breach_ruled';

-- Who has done already what the dispute waits for, unseen by the other side: in their own list it waits for others.
ALTER TABLE dispute ADD COLUMN met_by TEXT;
