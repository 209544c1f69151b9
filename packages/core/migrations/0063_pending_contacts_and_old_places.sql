-- The holder of an order was notified that the cut-off is near and its registry has not made a contact that the order names.
create table pending_contact_notice (
  backorder_id uuid not null references backorder,
  contact_id uuid not null references contact,
  notified_at timestamptz not null,
  constraint one_notice_per_pending_contact primary key (backorder_id, contact_id)
);

-- Places of batches that are over are removed after some days.
create index release_order_by_asking on release_order (asked_at);

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
    'balance.low',
    'invoice.issued',
    'credit_note.issued',
    'webhook_endpoint.tested',
    'webhook_endpoint.disabled',
    'alarm.opened',
    'alarm.closed'));
