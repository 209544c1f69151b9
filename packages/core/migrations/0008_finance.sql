-- What finance does by hand: money that came to the bank, taken back only by a reversal that two people agreed on.

-- A transfer is credited in the transaction that records it. Recorded by mistake, it is reversed whole: nothing is changed or
-- deleted, and the same transfer can then be recorded again, for the account it was meant for.
create table bank_transfer (
  id uuid primary key,
  account_id uuid not null references account,
  state text not null constraint bank_transfer_state_known check (state in ('credited', 'reversal_proposed', 'reversed')),
  amount_minor bigint not null constraint bank_transfer_amount_positive check (amount_minor > 0),
  currency currency not null,
  -- The bank's own reference of the incoming payment, in capitals and without spaces: people type it in many ways.
  bank_reference text not null constraint bank_reference_is_plain check (bank_reference ~ '^[A-Z0-9/.:+-]{3,140}$'),
  note text not null,
  recorded_by uuid not null references staff_account,
  recorded_at timestamptz not null,
  reversal_reason text,
  reversal_proposed_by uuid references staff_account,
  reversal_proposed_at timestamptz,
  reversal_decided_by uuid references staff_account,
  reversal_decided_at timestamptz,
  -- What its reversal is posted under: a line of the account's statement has an id of its own.
  reversal_id uuid constraint bank_transfer_reversal_unique unique,
  constraint reversal_is_proposed_with_reason check
    (num_nulls(reversal_reason, reversal_proposed_by, reversal_proposed_at) = case state when 'credited' then 3 else 0 end),
  constraint only_a_reversed_transfer_is_decided check
    (num_nulls(reversal_id, reversal_decided_by, reversal_decided_at) = case state when 'reversed' then 0 else 3 end),
  constraint reversal_needs_two_people check (reversal_decided_by <> reversal_proposed_by)
);
-- One transfer is credited once, as long as its credit stands.
create unique index bank_transfer_credited_once on bank_transfer (bank_reference) where state <> 'reversed';
create index bank_transfer_by_account on bank_transfer (account_id, recorded_at);
create index bank_transfer_by_time on bank_transfer (recorded_at);

create function refuse_changed_transfer() returns trigger language plpgsql as $$
begin
  raise exception 'what a transfer was, and that it was reversed, is final'
    using errcode = 'check_violation', constraint = 'bank_transfer_terms_are_final';
end $$;
create trigger bank_transfer_terms_are_final before update on bank_transfer for each row
  when ((old.account_id, old.amount_minor, old.currency, old.bank_reference, old.recorded_by)
        is distinct from (new.account_id, new.amount_minor, new.currency, new.bank_reference, new.recorded_by)
    or old.state = 'reversed')
  execute function refuse_changed_transfer();

-- ── the ledger ──────────────────────────────────────────────────────────────────────────────────────────────

alter table posting
  -- What a set credits, and what a reversal names.
  add column bank_transfer_id uuid references bank_transfer,
  drop constraint posting_cause_known,
  add constraint posting_cause_known check (cause in ('top_up', 'top_up_reversed', 'receipt', 'secure', 'settle', 'refund',
    'refund_paid', 'refund_returned', 'refund_expired', 'dispute', 'dispute_won')),
  drop constraint ledger_account_known,
  add constraint ledger_account_known check (ledger_account in
    ('customer_balance', 'escrow', 'revenue', 'refunds_payable', 'provider_clearing', 'unapplied_receipts', 'bank_clearing')),
  add constraint money_at_the_bank_names_transfer check (ledger_account <> 'bank_clearing' or bank_transfer_id is not null),
  add constraint top_up_only_adds check (cause <> 'top_up' or ledger_account <> 'customer_balance' or amount_minor > 0);
create index posting_of_transfer on posting (bank_transfer_id) where bank_transfer_id is not null;

-- A reversal corrects what should not have been there: it may leave a debt, which is seen, and stops spending.
drop trigger balance_within_credit on posting;
create trigger balance_within_credit after insert on posting for each row
  when (new.ledger_account = 'customer_balance' and new.amount_minor < 0 and new.cause not in ('dispute', 'top_up_reversed'))
  execute function check_balance_within_credit();

-- What came to the bank is on the balance of its account while the credit stands, and on none once it is reversed. Checked for
-- each transfer at commit.
create function check_money_of_transfer(transfer_ref uuid) returns void language plpgsql as $$
declare transfer record; stands bigint;
begin
  select * into transfer from bank_transfer where id = transfer_ref;
  stands := case when transfer.state = 'reversed' then 0 else transfer.amount_minor end;
  perform from posting where bank_transfer_id = transfer_ref having
    coalesce(sum(amount_minor) filter (where ledger_account = 'bank_clearing'), 0) = -stands
    and coalesce(sum(amount_minor) filter (where ledger_account = 'customer_balance' and account_id = transfer.account_id), 0) = stands
    and count(*) filter (where (cause, cause_id) = ('top_up', transfer_ref)) = 2
    and count(*) = case when transfer.state = 'reversed' then 4 else 2 end;
  if not found then
    raise exception 'the postings of transfer % are not what it is', transfer_ref
      using errcode = 'check_violation', constraint = 'bank_transfer_is_in_the_ledger';
  end if;
end $$;
create function check_money_of_own_transfer() returns trigger language plpgsql as $$
begin
  perform check_money_of_transfer(new.id);
  return null;
end $$;
create function check_money_of_its_transfer() returns trigger language plpgsql as $$
begin
  perform check_money_of_transfer(new.bank_transfer_id);
  return null;
end $$;
create constraint trigger bank_transfer_is_in_the_ledger after insert or update on bank_transfer
  deferrable initially deferred for each row execute function check_money_of_own_transfer();
create constraint trigger bank_transfer_is_in_the_ledger after insert on posting
  deferrable initially deferred for each row when (new.bank_transfer_id is not null)
  execute function check_money_of_its_transfer();
