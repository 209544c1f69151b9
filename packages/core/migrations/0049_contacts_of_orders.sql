-- The contacts of orders at their registries: an alarm where one is missing, and a notice to the holder where the registry refused it.

-- Those that are not made are few, and asked for all the time: from them to the orders that name them.
create index registry_contact_not_made on registry_contact (contact_id) where state <> 'created';
drop index backorder_to_register_to;
create index backorder_to_register_to on backorder (registrant_id)
  where registrant_id is not null and state in ('backordered', 'registering');
create index backorder_to_register_admin on backorder (admin_id) where admin_id is not null and state in ('backordered', 'registering');
create index backorder_to_register_tech on backorder (tech_id) where tech_id is not null and state in ('backordered', 'registering');
create index backorder_to_register_billing on backorder (billing_id)
  where billing_id is not null and state in ('backordered', 'registering');

-- The holder of an order was told that its registry refused a contact that the order names.
create table refused_contact_notice (
  backorder_id uuid not null references backorder,
  contact_id uuid not null references contact,
  notified_at timestamptz not null,
  constraint one_notice_per_refused_contact primary key (backorder_id, contact_id)
);

-- The parts of an item that are to be corrected, as an order alone would have been told.
alter table bulk_order_item add column parts jsonb;

-- ── kinds of alarms and topics of events: every one is listed ───────────────────────────────────────────────

alter table alarm
  drop constraint alarm_kind_known,
  add constraint alarm_kind_known check (kind in (
    'lease_unheld',
    'login_refused',
    'account_not_ready',
    'deposit_empty',
    'creates_exhausted',
    'create_incomplete',
    'fee_stale',
    'settlement_stuck',
    'target_undecided',
    'target_uncaught',
    'list_late',
    'list_quarantined',
    'audit_chain_broken',
    'worker_stopped',
    'event_undelivered',
    'suspect_unconfirmed',
    'held_name_reserved',
    'drop_off_schedule',
    'contact_missing',
    'deletion_overdue'));

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
    'alarm.opened',
    'alarm.closed'));
