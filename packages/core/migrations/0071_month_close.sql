-- A month of the ledger that two people closed: its trial balance, and nothing is posted before its end any more. Months are in UTC,
-- as the dates and series of invoices are. ADR 42.
create table closed_month (
  -- Its first day.
  month date primary key,
  -- Where the next month begins.
  ends_at timestamptz not null,
  -- What one person proposed and another approved.
  proposal_id uuid not null references proposal,
  closed_at timestamptz not null,
  -- Over the balances, as the people saw them.
  sha256 bytea not null,
  constraint closed_month_is_a_month check (
    extract(day from month) = 1 and ends_at = (month + interval '1 month') at time zone 'UTC'),
  -- A posting takes its time when it is written, and is committed within minutes.
  constraint only_a_past_month_is_closed check (closed_at - ends_at >= interval '1 hour'),
  constraint one_month_per_proposal unique (proposal_id),
  constraint closed_month_has_a_hash check (octet_length(sha256) = 32)
);
create index closed_month_by_end on closed_month (ends_at);

-- The trial balance at the close. Debits and credits are of the month, opening and closing balances of everything up to then.
create table closed_balance (
  month date not null references closed_month,
  currency currency not null,
  ledger_account text not null,
  opening_minor bigint not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  closing_minor bigint not null,
  postings bigint not null,
  primary key (month, currency, ledger_account),
  constraint closing_balance_follows check (closing_minor = opening_minor + credit_minor - debit_minor),
  constraint month_moves_are_not_negative check (debit_minor >= 0 and credit_minor >= 0 and postings >= 0)
);

-- What was still open when the month was closed, and why it was closed nevertheless.
create table closed_month_item (
  month date not null references closed_month,
  kind text not null constraint closed_month_item_known check (kind in ('reconciliation_item', 'finance_task', 'refund')),
  item_id uuid not null,
  explanation text not null,
  primary key (month, kind, item_id),
  constraint open_item_is_explained check (btrim(explanation) <> '')
);

-- Transactions that post hold this lock shared until they end, and a close holds it alone: so no posting of a month is on its way when
-- its balances are read, and one that comes later sees the close.
create function check_open_month() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  closed_until timestamptz;
begin
  perform pg_advisory_xact_lock_shared(7021733404);
  -- A statement of its own, so that it sees what was committed while the lock was waited for.
  select max(ends_at) into closed_until from closed_month;
  if exists (select from added where posted_at < closed_until) then
    raise exception 'the books are closed until %', closed_until
      using errcode = 'check_violation', constraint = 'nothing_is_posted_in_a_closed_month';
  end if;
  return null;
end $$;
revoke execute on function check_open_month() from public;
create trigger nothing_is_posted_in_a_closed_month after insert on posting
  referencing new table as added for each statement execute function check_open_month();

create function check_month_order() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  before date;
begin
  perform pg_advisory_xact_lock(7021733404);
  select max(month) into before from closed_month where month <> new.month;
  if before <> new.month - interval '1 month'
      or (before is null and exists (select from posting where posted_at < new.month at time zone 'UTC')) then
    raise exception 'an earlier month than % is open', new.month
      using errcode = 'check_violation', constraint = 'months_close_in_order';
  end if;
  return null;
end $$;
revoke execute on function check_month_order() from public;
create trigger months_close_in_order after insert on closed_month
  for each row execute function check_month_order();

create trigger closed_month_is_final before update or delete on closed_month
  for each row execute function refuse_change();
create trigger closed_balance_is_final before update or delete on closed_balance
  for each row execute function refuse_change();
create trigger closed_month_item_is_final before update or delete on closed_month_item
  for each row execute function refuse_change();
create trigger closed_balance_is_never_truncated before truncate on closed_balance
  for each statement execute function refuse_change();
create trigger closed_month_item_is_never_truncated before truncate on closed_month_item
  for each statement execute function refuse_change();

alter table proposal
  drop constraint proposal_kind_known,
  add constraint proposal_kind_known check (kind in (
    'target_outcome',
    'bank_transfer',
    'credit_limit',
    'withdrawal',
    'registry_stop',
    'month_close'));
