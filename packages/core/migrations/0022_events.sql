-- One stream of changes. A row is written in the transaction of its cause and numbered after that is committed, so that whoever
-- follows the positions skips nothing that commits late (ADR 12).
create table event (
  id uuid primary key,
  topic text not null constraint event_topic_known check (topic in ('backorder.held', 'backorder.expired', 'backorder.secured',
    'backorder.rescheduled', 'backorder.registering', 'backorder.successful', 'backorder.failed', 'renewal.paid',
    'renewal.expired', 'renewal.successful', 'renewal.failed', 'refund.succeeded', 'refund.failed', 'payment.failed',
    'payment.disputed', 'payment.dispute_won', 'payment.charged_back', 'account.topped_up', 'account.top_up_reversed',
    'invoice.issued', 'credit_note.issued', 'alarm.opened', 'alarm.closed')),
  -- Whose it is. What operators alone are told of is nobody's.
  account_id uuid references account,
  -- What it is about; the topic says of which kind that is.
  subject_id uuid not null,
  -- The subject as it was then, in the form in which it is sent. Amounts are text: a JSON number holds no more than 53 bits.
  data jsonb not null,
  occurred_at timestamptz not null default clock_timestamp(),
  -- Null until numbered.
  position bigint,
  constraint only_alarms_are_of_no_account check ((account_id is null) = starts_with(topic, 'alarm.'))
);
-- Writers enter rows into this index alone; numbering moves them to the two others.
create index event_unnumbered on event (occurred_at, id) where position is null;
create unique index one_event_per_position on event (position) where position is not null;
create index event_of_account on event (account_id, position) where position is not null;

-- What happened does not change; the position is given once.
create trigger event_is_final before update on event for each row
  when (old.position is not null or new.position is null
    or (new.id, new.topic, new.account_id, new.subject_id, new.data, new.occurred_at)
      is distinct from (old.id, old.topic, old.account_id, old.subject_id, old.data, old.occurred_at))
  execute function refuse_change();

-- How far the stream has come. Who numbers holds this row, so positions become visible in their order.
create table event_feed (
  id boolean primary key default true constraint one_event_feed check (id),
  last_position bigint not null default 0,
  -- The highest position that was pruned: a reader that has not come so far has missed something.
  pruned_position bigint not null default 0,
  constraint pruned_events_were_numbered check (pruned_position between 0 and last_position)
);
insert into event_feed default values;

-- Whom events are sent to.
create table event_receiver (
  id uuid primary key,
  kind text not null constraint receiver_kind_known check (kind in ('webhook', 'mail')),
  -- Given, only events of this account.
  account_id uuid references account,
  -- A URL, or a mail address.
  address text not null,
  -- Where the secret that signs is found; mails have none.
  secret_reference text,
  topics text[] not null constraint receiver_wants_a_topic check (cardinality(topics) > 0),
  -- Of alarms, only these kinds; null is every kind.
  alarm_kinds text[],
  created_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz
);
create unique index one_live_receiver_per_address on event_receiver (kind, address, account_id) nulls not distinct
  where disabled_at is null;

-- One event on its way to one receiver. Made by whoever numbers the event, for which the default of the id is.
create table event_delivery (
  id uuid primary key default gen_random_uuid(),
  event_id uuid not null references event on delete cascade,
  receiver_id uuid not null references event_receiver,
  state text not null default 'pending' constraint delivery_state_known check (state in ('pending', 'delivered', 'failed')),
  created_at timestamptz not null default clock_timestamp(),
  -- When it may be taken next. Set before each attempt, so that a sender that dies is followed by another.
  try_after timestamptz not null default clock_timestamp(),
  attempts integer not null default 0 constraint delivery_attempts_not_negative check (attempts >= 0),
  -- The sender that took it last: only its word counts.
  taken_by uuid,
  decided_at timestamptz,
  -- What the receiver answered last, and why that was no success.
  answer text,
  failure text,
  constraint one_delivery_per_receiver unique (event_id, receiver_id),
  constraint decided_delivery_has_time check ((state = 'pending') = (decided_at is null))
);
create index delivery_due on event_delivery (try_after) where state = 'pending';
create index delivery_failed on event_delivery (receiver_id) where state = 'failed';

-- Nobody ever read these, and they hold no more than ids.
insert into event (id, topic, account_id, subject_id, data, occurred_at)
select id, topic, account_id, subject_id, jsonb_build_object('id', subject_id), created_at from outbox
where account_id is not null;
-- Written only by processes of the release before, while one runs beside this; a later release drops it.
