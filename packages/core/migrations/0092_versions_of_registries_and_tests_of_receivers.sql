-- An edit of a registry, of our accounts there or of its zones names the version that it changes (ADR 27). What a catcher drives an
-- account by is reported with its version, so that operators see whether an edit is in force.
alter table registry add column version integer not null default 1 constraint registry_version_positive check (version > 0);
alter table registry_account_status add column settings_version integer;

-- Answers about prices by zone, the newest first.
create index fee_answer_newest on fee_answer (asked_at desc, id desc);

-- A test of a receiver of alarms, for it alone.
alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in (
    'backorder.held',
    'backorder.hold_lapsing',
    'backorder.expired',
    'backorder.secured',
    'backorder.rescheduled',
    'backorder.premium_flagged',
    'backorder.contact_refused',
    'backorder.contact_pending',
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
    'account.credited',
    'balance.low',
    'invoice.issued',
    'credit_note.issued',
    'webhook_endpoint.tested',
    'webhook_endpoint.disabled',
    'alarm.opened',
    'alarm.closed',
    'alarm.tested'));
