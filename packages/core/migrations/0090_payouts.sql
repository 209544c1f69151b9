-- What the provider charges us and pays out, in our books (ADR 48), and how far a reconciliation is.

create table payout (
  id uuid primary key,
  provider text not null,
  provider_payout_id text not null,
  state text not null constraint payout_state_known check (state in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  -- Negative: taken from our bank account.
  amount_minor bigint not null constraint payout_not_zero check (amount_minor <> 0),
  currency currency not null,
  made_at timestamptz not null,
  arrives_at timestamptz not null,
  -- Whether the provider says which movements it pays out, and since when we know all of them.
  is_itemised boolean not null,
  itemised_at timestamptz,
  -- The line of the bank statement that has it.
  bank_reference text constraint bank_line_is_named check (btrim(bank_reference) <> ''),
  bank_date date,
  matched_by uuid references staff_account,
  matched_at timestamptz,
  version integer not null default 1 constraint payout_version_positive check (version > 0),
  constraint payout_unique unique (provider, provider_payout_id),
  constraint only_itemised_has_movements check (itemised_at is null or is_itemised),
  constraint payout_match_is_whole check (num_nonnulls(bank_reference, bank_date, matched_by, matched_at) in (0, 4))
);
create index payout_by_made_at on payout (made_at, id);
create unique index one_payout_per_bank_line on payout (bank_reference, bank_date, currency) where bank_reference is not null;
call watch_changes('payout', 'payouts');

alter table provider_movement
  add column payout_id uuid references payout,
  -- Since when our ledger has what only the provider knows of it: its fee, its payout, its exchange.
  add column booked_at timestamptz;
create index provider_movement_of_payout on provider_movement (payout_id, moved_at) where payout_id is not null;
create index provider_movement_unbooked on provider_movement (provider, movement_id) where booked_at is null;

-- What a movement adds to what the provider holds for us, beside the customers' money.
create table provider_booking (
  id uuid primary key,
  provider text not null,
  movement_id text not null,
  kind text not null constraint provider_booking_known check (kind in ('provider_fee', 'payout', 'exchange_out', 'exchange_in')),
  amount_minor bigint not null constraint provider_booking_not_zero check (amount_minor <> 0),
  currency currency not null,
  booked_at timestamptz not null,
  constraint booking_is_of_a_movement foreign key (provider, movement_id) references provider_movement,
  constraint one_booking_of_a_kind_per_movement unique (provider, movement_id, kind)
);
create trigger provider_booking_is_final before update or delete on provider_booking
  for each row execute function refuse_change();

alter table posting
  drop constraint posting_cause_known,
  add constraint posting_cause_known check (cause in ('top_up', 'top_up_reversed', 'receipt', 'secure', 'settle', 'refund',
    'refund_paid', 'refund_returned', 'refund_expired', 'dispute', 'dispute_won', 'goodwill', 'provider_fee', 'payout', 'exchange_out',
    'exchange_in')),
  drop constraint ledger_account_known,
  add constraint ledger_account_known check (ledger_account in ('customer_balance', 'escrow', 'revenue', 'refunds_payable',
    'provider_clearing', 'unapplied_receipts', 'bank_clearing', 'goodwill', 'provider_fees', 'currency_exchange')),
  drop constraint money_at_the_bank_names_transfer,
  add constraint money_at_the_bank_names_transfer check (
    ledger_account <> 'bank_clearing' or bank_transfer_id is not null or cause = 'payout');

-- No free postings: each is a booking of what the provider reported, between the two ledger accounts of its kind, in its amount.
create function check_provider_posting() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from provider_booking where id = new.cause_id and kind = new.cause and currency = new.currency
      and case new.ledger_account when 'provider_clearing' then -amount_minor
        when (case kind when 'provider_fee' then 'provider_fees' when 'payout' then 'bank_clearing' else 'currency_exchange' end)
          then amount_minor end = new.amount_minor) then
    raise exception 'no booking of the provider has this posting'
      using errcode = 'check_violation', constraint = 'provider_posting_is_a_booking';
  end if;
  return null;
end $$;
revoke execute on function check_provider_posting() from public;
create constraint trigger provider_posting_is_a_booking after insert on posting deferrable initially deferred for each row
  when (new.cause in ('provider_fee', 'payout', 'exchange_out', 'exchange_in') or new.ledger_account in ('provider_fees', 'currency_exchange'))
  execute function check_provider_posting();

create function check_provider_booking() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from posting where cause = new.kind and cause_id = new.id) <> 2 then
    raise exception 'booking % is not in the ledger', new.id
      using errcode = 'check_violation', constraint = 'provider_booking_is_in_the_ledger';
  end if;
  return null;
end $$;
revoke execute on function check_provider_booking() from public;
create constraint trigger provider_booking_is_in_the_ledger after insert on provider_booking deferrable initially deferred
  for each row execute function check_provider_booking();

-- How far a run is; its counts grow with it.
alter table reconciliation_run
  add column step text constraint reconciliation_step_known check (step in ('movements', 'payouts', 'matching', 'reports', 'books')),
  add constraint only_a_running_reconciliation_has_a_step check (step is null or finished_at is null);

-- What both sides had in a currency when a run ended, in minor units.
create table reconciliation_balance (
  run_id uuid not null references reconciliation_run,
  currency currency not null,
  -- By its movements, and by our ledger.
  held_minor bigint not null,
  clearing_minor bigint not null,
  -- Of that: booked here, and not reported by the provider yet.
  pending_minor bigint not null,
  primary key (run_id, currency)
);
create trigger reconciliation_balance_is_final before update or delete on reconciliation_balance
  for each row execute function refuse_change();
