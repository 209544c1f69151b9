-- What is looked for again and again among events and deliveries.

-- How a receiver fares: what is on its way to it, what failed, and what it took last.
create index delivery_of_receiver on event_delivery (receiver_id, state, decided_at);
drop index delivery_failed;

-- The oldest events are pruned first.
create index event_by_time on event (occurred_at) where position is not null;
