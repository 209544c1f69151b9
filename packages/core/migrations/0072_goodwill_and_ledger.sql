-- Goodwill credits, the browser of the ledger, and reconciliations that people ask for.

-- A credit that we give: two people, and a ledger account that shows what it costs.
create table goodwill_credit (
  id uuid primary key,
  account_id uuid not null references account,
  amount_minor bigint not null constraint goodwill_is_positive check (amount_minor > 0),
  currency currency not null,
  reason text not null constraint goodwill_has_a_reason check (btrim(reason) <> ''),
  proposal_id uuid not null references proposal,
  credited_at timestamptz not null,
  constraint one_goodwill_per_proposal unique (proposal_id)
);
create index goodwill_of_account on goodwill_credit (account_id, credited_at desc);
create trigger goodwill_is_final before update or delete on goodwill_credit
  for each row execute function refuse_change();

alter table posting
  drop constraint posting_cause_known,
  add constraint posting_cause_known check (cause in ('top_up', 'top_up_reversed', 'receipt', 'secure', 'settle', 'refund',
    'refund_paid', 'refund_returned', 'refund_expired', 'dispute', 'dispute_won', 'goodwill')),
  drop constraint ledger_account_known,
  add constraint ledger_account_known check (ledger_account in ('customer_balance', 'escrow', 'revenue', 'refunds_payable',
    'provider_clearing', 'unapplied_receipts', 'bank_clearing', 'goodwill'));

-- No free postings: what is booked as goodwill is a credit that two people decided, in its amount.
create function check_goodwill() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from goodwill_credit where id = new.cause_id and new.cause = 'goodwill' and currency = new.currency
      and account_id = new.account_id and amount_minor = -new.amount_minor) then
    raise exception 'no goodwill credit has this posting'
      using errcode = 'check_violation', constraint = 'goodwill_is_a_credit';
  end if;
  return null;
end $$;
revoke execute on function check_goodwill() from public;
create constraint trigger goodwill_is_a_credit after insert on posting deferrable initially deferred
  for each row when (new.ledger_account = 'goodwill') execute function check_goodwill();

alter table proposal
  drop constraint proposal_kind_known,
  add constraint proposal_kind_known check (kind in (
    'target_outcome',
    'bank_transfer',
    'credit_limit',
    'withdrawal',
    'registry_stop',
    'month_close',
    'goodwill_credit'));

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
    'alarm.closed'));

-- The ledger is looked through by class, account, cause and amount, the newest first. A move is found by its second line.
create index posting_by_class on posting (ledger_account, currency, posted_at);
create index posting_by_account on posting (account_id, posted_at) where line = 2;
create index posting_by_cause on posting (cause, posted_at) where line = 2;
create index posting_by_amount on posting (amount_minor, posted_at) where line = 2;

-- A reconciliation that a person asked for; the worker runs it.
create table reconciliation_request (
  id uuid primary key,
  reason text not null constraint reconciliation_has_a_reason check (btrim(reason) <> ''),
  requested_by uuid not null references staff_account,
  requested_at timestamptz not null,
  run_id uuid references reconciliation_run
);
create unique index one_reconciliation_is_asked_for on reconciliation_request ((true)) where run_id is null;
create index reconciliation_request_newest on reconciliation_request (requested_at desc);
alter table reconciliation_run
  drop constraint reconciliation_cause_known,
  add constraint reconciliation_cause_known check (cause in ('daily', 'command', 'request'));
