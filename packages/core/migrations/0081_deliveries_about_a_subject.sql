-- The history of a backorder has its webhooks. Written by the worker, not by orders.
create index delivery_about_subject on event_delivery (subject_id, created_at) where subject_id is not null;

-- And what people proposed about it.
create index proposal_of_subject on proposal (subject, proposed_at);
