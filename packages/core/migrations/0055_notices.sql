-- Events before something ends, and one that all accounts get.

-- A watch is the subject of events.
alter table watch add column id uuid not null default gen_random_uuid(),
  add constraint one_watch_per_id unique (id),
  -- The cut-off of which its account was told that it is near.
  add column near_cutoff_at timestamptz;
create index watch_by_name on watch (name);

-- The holder of an unpaid hold was told that it is about to lapse.
create table lapse_notice (
  backorder_id uuid constraint one_notice_per_hold primary key references backorder,
  notified_at timestamptz not null
);

-- Those that all accounts get, in the order of the feed. Alarms are for operators alone.
create index event_of_all on event (position) where account_id is null and topic = 'drop_list.published' and position is not null;

alter table event
  drop constraint only_alarms_are_of_no_account,
  add constraint only_alarms_and_lists_are_of_no_account
    check ((account_id is null) = (starts_with(topic, 'alarm.') or topic = 'drop_list.published')),
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in (
    'backorder.held',
    'backorder.hold_lapsing',
    'backorder.expired',
    'backorder.secured',
    'backorder.rescheduled',
    'backorder.premium_flagged',
    'backorder.contact_refused',
    'backorder.registering',
    'backorder.successful',
    'backorder.failed',
    'watch.cutoff_near',
    'watch.rescheduled',
    'drop_list.published',
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
