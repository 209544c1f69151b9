-- Webhook endpoints of resellers: receivers that belong to an account, with secrets that are derived (ADR 29). And deliveries in the order
-- of what happened to their subject, from a queue of receivers, so that a receiver that does not answer delays no other.

-- ── endpoints ────────────────────────────────────────────────────────────────────────────────────────────────

alter table event_receiver
  add column description text,
  add column version integer not null default 1,
  -- Why nothing is sent any more: its account said so, it answered that it is gone, or it failed for days.
  add column disabled_reason text constraint disabled_reason_known check (disabled_reason in ('requested', 'gone', 'failing')),
  -- Its account sees it no longer.
  add column deleted_at timestamptz,
  -- Of the secret that signs; the secret itself is stored nowhere. The one before is used beside it until then.
  add column secret_salt bytea,
  add column previous_secret_salt bytea,
  add column previous_secret_until timestamptz,
  -- Which secret of the settings they are derived with.
  add column secret_key_id text,
  -- Null is every topic, future ones too.
  alter column topics drop not null,
  add constraint endpoint_has_secret check ((kind = 'webhook' and account_id is not null) = (secret_salt is not null)),
  add constraint secret_has_key check ((secret_salt is null) = (secret_key_id is null)),
  add constraint previous_secret_has_end check ((previous_secret_salt is null) = (previous_secret_until is null)),
  add constraint only_endpoints_want_everything check (topics is not null or secret_salt is not null),
  add constraint disabled_endpoint_has_reason check (secret_salt is null or (disabled_at is null) = (disabled_reason is null)),
  add constraint deleted_receiver_is_disabled check (deleted_at is null or disabled_at is not null);
create index receiver_of_account on event_receiver (account_id, id) where account_id is not null;

-- ── deliveries in order ──────────────────────────────────────────────────────────────────────────────────────

alter table event_delivery
  -- Of the event. Null: planned by a worker of the release before, and sent in no order.
  add column subject_id uuid,
  add column position bigint,
  -- An earlier event about the same subject is still on its way to this receiver.
  add column waits boolean not null default false,
  -- Attempts are made for some days from here.
  add column first_tried_at timestamptz;
update event_delivery set subject_id = event.subject_id, position = event.position,
  first_tried_at = case when attempts > 0 then event_delivery.created_at end
from event where event.id = event_id;
update event_delivery as later set waits = true where state = 'pending' and exists (select from event_delivery as earlier
  where earlier.receiver_id = later.receiver_id and earlier.subject_id = later.subject_id and earlier.state = 'pending'
    and earlier.position < later.position);

drop index delivery_due;
-- What can be sent to a receiver next; what is under way there; what follows about a subject; what a receiver got.
create index delivery_next on event_delivery (receiver_id, try_after) where state = 'pending' and not waits;
create index delivery_taken on event_delivery (receiver_id) where state = 'pending' and taken_by is not null;
create index delivery_of_subject on event_delivery (receiver_id, subject_id, position) where state = 'pending';
create index delivery_pending on event_delivery (receiver_id, position) where state = 'pending';
create index delivery_failed on event_delivery (receiver_id, position) where state = 'failed';
create index delivery_log on event_delivery (receiver_id, position);

-- Each attempt, for the log of its receiver.
create table delivery_attempt (
  delivery_id uuid not null references event_delivery on delete cascade,
  number integer not null constraint attempt_number_from_one check (number >= 1),
  attempted_at timestamptz not null,
  duration_ms integer not null constraint attempt_duration_not_negative check (duration_ms >= 0),
  -- Of the answer, with its beginning; null without one.
  status integer,
  answer text,
  -- Why that was no success.
  failure text,
  constraint one_entry_per_attempt primary key (delivery_id, number)
);

-- ── the queue of receivers ───────────────────────────────────────────────────────────────────────────────────

-- When something can be sent to a receiver. Who plans, claims, records or reorders its deliveries holds this row.
create table receiver_queue (
  receiver_id uuid primary key references event_receiver,
  -- Null: nothing waits.
  due_at timestamptz,
  -- In a row, since the last success.
  failures integer not null default 0,
  failing_since timestamptz,
  -- It is not asked again before.
  not_before timestamptz,
  delivered_at timestamptz,
  -- What it wants and has not taken since then is planned again, event by event, and nothing is sent meanwhile.
  recover_since timestamptz,
  recover_position bigint,
  constraint failing_receiver_has_start check (failures >= 0 and (failures > 0) = (failing_since is not null)),
  constraint only_failing_receivers_pause check (not_before is null or failures > 0)
) with (fillfactor = 50);
create index queue_due on receiver_queue (due_at) where failures = 0 and recover_since is null;
create index queue_due_failing on receiver_queue (due_at) where failures > 0 and recover_since is null;
create index queue_to_recover on receiver_queue (recover_since) where recover_since is not null;
insert into receiver_queue (receiver_id, due_at)
select receiver_id, min(try_after) from event_delivery where state = 'pending' group by receiver_id;

-- ── topics of events: every one is listed ────────────────────────────────────────────────────────────────────

alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in (
    'backorder.held',
    'backorder.expired',
    'backorder.secured',
    'backorder.rescheduled',
    'backorder.premium_flagged',
    'backorder.contact_refused',
    'backorder.registering',
    'backorder.successful',
    'backorder.failed',
    'renewal.paid',
    'renewal.expired',
    'renewal.successful',
    'renewal.failed',
    'registration.expiring',
    'registration.expired',
    'registration.auto_renewed',
    'registration.deletion_requested',
    'registration.ended',
    'registration_request.succeeded',
    'registration_request.failed',
    'refund.succeeded',
    'refund.failed',
    'payment.failed',
    'payment.disputed',
    'payment.dispute_won',
    'payment.charged_back',
    'account.topped_up',
    'account.top_up_reversed',
    'balance.low',
    'invoice.issued',
    'credit_note.issued',
    'webhook_endpoint.tested',
    'webhook_endpoint.disabled',
    'alarm.opened',
    'alarm.closed'));
