-- Money by card: holds that wait for it, payments at a provider, refunds that go back there, disputes, and what finance has to
-- look at. Nothing here is called while a transaction is open: what the provider has to do is a row, taken SKIP LOCKED.

-- ── accounts ────────────────────────────────────────────────────────────────────────────────────────────────

alter table account
  add column open_holds_max_before_paid integer not null default 3
    constraint open_holds_max_before_paid_positive check (open_holds_max_before_paid > 0),
  add column open_holds_max integer not null default 20
    constraint open_holds_max_positive check (open_holds_max > 0);

-- A dispute takes money back whatever the balance is, and so leaves a debt beyond the credit; a payment into such an account
-- need not clear it at once. So the limit is on what is spent, not on what the balance is.
alter table account drop constraint balance_within_credit;
create function check_balance_within_credit() returns trigger language plpgsql as $$
begin
  if (select balance_minor + credit_limit_minor from account where id = new.account_id) < 0 then
    raise exception 'the balance of account % does not cover this', new.account_id
      using errcode = 'check_violation', constraint = 'balance_within_credit';
  end if;
  return null;
end $$;
-- Fired in the order of their names: after `balance_follows_postings`, which holds the account's row from then on.
create trigger balance_within_credit after insert on posting for each row
  when (new.ledger_account = 'customer_balance' and new.amount_minor < 0 and new.cause <> 'dispute')
  execute function check_balance_within_credit();

-- ── holds ───────────────────────────────────────────────────────────────────────────────────────────────────

-- An order that money claimed after its hold had ended names the order it stands for.
alter table backorder add column reclaims uuid references backorder;
-- Short, few, and one per listing and cycle, however it ended: nobody keeps a name from a paying buyer by holding again.
create unique index one_hold_per_listing on backorder (listing_id) where pay_by is not null;
create index hold_by_end on backorder (pay_by) where state = 'pending_payment';
create index hold_of_account on backorder (account_id) where state = 'pending_payment';

create function check_open_holds() returns trigger language plpgsql as $$
declare allowed integer;
begin
  -- First, and in a statement of its own: two holds at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  select case when exists (select from backorder where account_id = new.account_id and secured_at is not null)
      then open_holds_max else open_holds_max_before_paid end
    into allowed from account where id = new.account_id;
  if (select count(*) from backorder where account_id = new.account_id and state = 'pending_payment') > allowed then
    raise exception 'account % has more than % open holds', new.account_id, allowed
      using errcode = 'check_violation', constraint = 'open_holds_within_limit';
  end if;
  return null;
end $$;
create trigger open_holds_within_limit after insert on backorder for each row
  when (new.state = 'pending_payment') execute function check_open_holds();

-- ── payments ────────────────────────────────────────────────────────────────────────────────────────────────

-- `listing_id` is what a card payment may claim; which backorder it secures, if any, shows when the money is there.
alter table payment
  add column purpose text not null default 'backorder' constraint payment_purpose_known check (purpose in ('backorder', 'top_up')),
  add column listing_id uuid references listing,
  add column provider text,
  add column provider_id text,
  -- After this nobody may pay it any more: the intent is cancelled.
  add column pay_by timestamptz,
  add column poll_after timestamptz,
  add column polls integer not null default 0,
  add constraint provider_payment_unique unique (provider, provider_id),
  add constraint card_order_names_listing check (method <> 'card' or purpose <> 'backorder' or listing_id is not null);
create index payment_to_poll on payment (poll_after) where state in ('requires_action', 'processing', 'failed');
create index payment_to_cancel on payment (pay_by) where state in ('requires_action', 'processing', 'failed');
create index payment_by_account on payment (account_id, id);

create function refuse_changed_payment() returns trigger language plpgsql as $$
begin
  raise exception 'what a payment is of, and what was captured, is final' using errcode = 'check_violation', constraint = tg_name;
end $$;
create trigger payment_terms_are_final before update on payment for each row
  when ((old.account_id, old.method, old.purpose, old.listing_id, old.amount_minor, old.currency)
        is distinct from (new.account_id, new.method, new.purpose, new.listing_id, new.amount_minor, new.currency)
    or (old.provider_id is not null and old.provider_id is distinct from new.provider_id)
    or (old.captured_minor > 0 and old.captured_minor <> new.captured_minor))
  execute function refuse_changed_payment();

-- What the provider has to be asked for, besides refunds. At most one of a kind for a payment: repeating it is harmless there.
create table provider_task (
  id uuid primary key,
  kind text not null constraint provider_task_known check (kind in ('create_intent', 'cancel_intent')),
  payment_id uuid not null references payment,
  created_at timestamptz not null,
  try_after timestamptz not null,
  attempts integer not null default 0,
  done_at timestamptz,
  failure text,
  constraint one_task_of_a_kind_per_payment unique (payment_id, kind)
);
create index provider_task_waiting on provider_task (try_after) where done_at is null;

-- Stored before anything is done about it. It says only *look at this object*, so copies and order do no harm.
create table provider_event (
  provider text not null,
  event_id text not null,
  about text not null constraint provider_event_known check (about in ('payment', 'refund', 'dispute', 'other')),
  object_id text not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  try_after timestamptz not null,
  attempts integer not null default 0,
  failure text,
  primary key (provider, event_id)
);
create index provider_event_waiting on provider_event (try_after) where handled_at is null;

-- ── disputes ────────────────────────────────────────────────────────────────────────────────────────────────

create table dispute (
  id uuid primary key,
  payment_id uuid not null references payment,
  provider_dispute_id text not null constraint provider_dispute_unique unique,
  state text not null constraint dispute_state_known check (state in ('open', 'won', 'lost')),
  amount_minor bigint not null constraint dispute_amount_positive check (amount_minor > 0),
  currency currency not null,
  opened_at timestamptz not null,
  decided_at timestamptz,
  -- What its reversal is posted under: a line of the account's statement has an id of its own.
  reversal_id uuid constraint dispute_reversal_unique unique,
  constraint decided_dispute_has_time check ((state = 'open') = (decided_at is null)),
  constraint only_a_won_dispute_is_reversed check ((state = 'won') = (reversal_id is not null))
);
create unique index one_open_dispute_per_payment on dispute (payment_id) where state = 'open';
create index dispute_by_payment on dispute (payment_id);

-- ── what finance has to look at ─────────────────────────────────────────────────────────────────────────────

-- `subject_id` is a refund or a payment. Closed by a person, or by the service when what was asked for has come about.
create table finance_task (
  id uuid primary key,
  kind text not null constraint finance_task_known
    check (kind in ('refund_failed', 'refund_stuck', 'payment_unexpected', 'dispute_unexpected')),
  subject_id uuid not null,
  detail text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references staff_account,
  note text,
  constraint closed_task_says_why check ((closed_at is null) = (note is null))
);
create unique index one_open_task_per_subject on finance_task (kind, subject_id) where closed_at is null;
create index finance_task_waiting on finance_task (opened_at) where closed_at is null;
create index finance_task_of_subject on finance_task (subject_id, kind);

-- ── refunds ─────────────────────────────────────────────────────────────────────────────────────────────────

-- Up to this much of a payment a finance person refunds alone. A currency that is not listed: nothing.
create table refund_limit (
  currency currency primary key,
  alone_minor bigint not null constraint refund_limit_not_negative check (alone_minor >= 0)
);
insert into refund_limit (currency, alone_minor) values ('USD', 5000), ('EUR', 5000), ('CNY', 35000);

alter table refund
  -- Whether the destination is the one of rule 9; any other is an exception.
  add column by_rule boolean not null default true,
  -- The limit under which one person completed it alone.
  add column alone_limit_minor bigint,
  add column expires_at timestamptz,
  -- What the approver saw: a hash of amount, payee and destination.
  add column approved_sha256 bytea,
  add column provider_refund_id text constraint provider_refund_unique unique,
  add column try_after timestamptz,
  add column attempts integer not null default 0,
  add column failure text;
update refund set expires_at = created_at + interval '7 days' where state = 'proposed';
create index refund_to_send on refund (try_after) where state in ('approved', 'processing');
create index refund_to_expire on refund (expires_at) where state in ('proposed', 'approved');

alter table refund
  drop constraint manual_refund_is_proposed,
  drop constraint manual_refund_is_decided_by_someone,
  drop constraint one_retry_per_refund,
  add constraint manual_refund_is_proposed check
    ((cause = 'manual' or retries_refund_id is not null) = (proposed_by is not null)),
  add constraint manual_refund_is_decided_by_someone check
    (cause <> 'manual' or retries_refund_id is not null or state in ('proposed', 'expired')
      or decided_by is not null or alone_limit_minor is not null),
  add constraint alone_by_rule_within_limit check
    (alone_limit_minor is null or (by_rule and decided_by is null and amount_minor <= alone_limit_minor)),
  add constraint exception_needs_two_people check
    (by_rule or state in ('proposed', 'rejected', 'expired') or decided_by is not null),
  add constraint proposed_refund_expires check (state <> 'proposed' or expires_at is not null);
-- One that people rejected or forgot is no retry.
create unique index one_retry_per_refund on refund (retries_refund_id) where state not in ('rejected', 'expired');

create function refuse_changed_refund() returns trigger language plpgsql as $$
begin
  raise exception 'amount, payee and destination of a refund are final'
    using errcode = 'check_violation', constraint = 'refund_terms_are_final';
end $$;
create trigger refund_terms_are_final before update on refund for each row
  when ((old.payment_id, old.cause, old.destination, old.amount_minor, old.currency, old.retries_refund_id, old.proposed_by)
        is distinct from
        (new.payment_id, new.cause, new.destination, new.amount_minor, new.currency, new.retries_refund_id, new.proposed_by))
  execute function refuse_changed_refund();

-- Money that may still arrive is not sent again: only the provider's word that it failed allows a retry.
create function check_retry() returns trigger language plpgsql as $$
begin
  perform from refund where id = new.retries_refund_id and state = 'failed'
    and (payment_id, cause, amount_minor, currency) = (new.payment_id, new.cause, new.amount_minor, new.currency) for update;
  if not found then
    raise exception 'refund % has not failed', new.retries_refund_id
      using errcode = 'check_violation', constraint = 'only_a_failed_refund_is_retried';
  end if;
  return new;
end $$;
create trigger only_a_failed_refund_is_retried before insert on refund for each row
  when (new.retries_refund_id is not null) execute function check_retry();

-- The bank has the customer's money in its hands already: what is sent as well would be paid twice.
create function refuse_refund_of_disputed() returns trigger language plpgsql as $$
begin
  if (select state from payment where id = new.payment_id) <> 'succeeded' then
    raise exception 'payment % is disputed', new.payment_id
      using errcode = 'check_violation', constraint = 'no_card_refund_while_disputed';
  end if;
  return new;
end $$;
create trigger no_card_refund_while_disputed before update on refund for each row
  when (new.state = 'processing' and old.state = 'approved' and new.destination = 'original_payment')
  execute function refuse_refund_of_disputed();

create function check_failed_refund_is_a_task() returns trigger language plpgsql as $$
begin
  if not exists (select from finance_task where kind = 'refund_failed' and subject_id = new.id) then
    raise exception 'nobody was told that refund % failed', new.id
      using errcode = 'check_violation', constraint = 'failed_refund_is_a_task';
  end if;
  return null;
end $$;
create constraint trigger failed_refund_is_a_task after insert or update of state on refund
  deferrable initially deferred for each row when (new.state = 'failed') execute function check_failed_refund_is_a_task();

-- ── the ledger ──────────────────────────────────────────────────────────────────────────────────────────────

alter table posting
  add column payment_id uuid references payment,
  drop constraint posting_cause_known,
  add constraint posting_cause_known check (cause in ('top_up', 'receipt', 'secure', 'settle', 'refund', 'refund_paid',
    'refund_returned', 'refund_expired', 'dispute', 'dispute_won')),
  add constraint money_to_return_names_payment check
    (ledger_account not in ('unapplied_receipts', 'refunds_payable') or payment_id is not null);
create index posting_of_payment on posting (payment_id, ledger_account) include (amount_minor) where payment_id is not null;
create index posting_by_time on posting (account_id, posted_at) where ledger_account = 'customer_balance';

-- What came by card is where it belongs, checked for each payment at commit:
-- at the provider is what was captured, less what was paid back and what disputes took;
-- unapplied is what secures nothing and has not been returned; payable is what is owed to the card and not there yet.
create function check_money_of_payment(payment_ref uuid) returns void language plpgsql as $$
declare paid record; returned record; disputed bigint; held record;
begin
  select * into paid from payment where id = payment_ref;
  if paid.method <> 'card' then return; end if;
  select
      coalesce(sum(amount_minor) filter (where state = 'succeeded'), 0) as done,
      coalesce(sum(amount_minor) filter (where state = 'succeeded' and destination = 'original_payment'), 0) as to_card,
      coalesce(sum(amount_minor) filter (where destination = 'original_payment' and (state in ('approved', 'processing')
        or (state = 'failed' and not exists (select from refund as retry where retry.retries_refund_id = refund.id
          and retry.state not in ('proposed', 'rejected', 'expired'))))), 0) as owed
    into returned from refund where payment_id = payment_ref;
  select coalesce(sum(amount_minor), 0) into disputed from dispute where payment_id = payment_ref and state in ('open', 'lost');
  select
      coalesce(sum(amount_minor) filter (where ledger_account = 'provider_clearing'), 0) as clearing,
      coalesce(sum(amount_minor) filter (where ledger_account = 'unapplied_receipts'), 0) as unapplied,
      coalesce(sum(amount_minor) filter (where ledger_account = 'refunds_payable'), 0) as payable
    into held from posting where payment_id = payment_ref;
  if held.clearing <> returned.to_card + disputed - paid.captured_minor then
    raise exception 'payment % has % at the provider', payment_ref, held.clearing
      using errcode = 'check_violation', constraint = 'clearing_holds_what_was_captured';
  end if;
  if held.unapplied <>
      (case when paid.purpose = 'backorder' and not paid.secures then paid.captured_minor - returned.done else 0 end) then
    raise exception 'payment % has % unapplied', payment_ref, held.unapplied
      using errcode = 'check_violation', constraint = 'unapplied_holds_what_secures_nothing';
  end if;
  if held.payable <> (case when paid.secures then returned.owed else 0 end) then
    raise exception 'payment % has % payable', payment_ref, held.payable
      using errcode = 'check_violation', constraint = 'payable_holds_what_is_owed';
  end if;
end $$;
create function check_money_of_own() returns trigger language plpgsql as $$
begin
  perform check_money_of_payment(new.id);
  return null;
end $$;
create function check_money_of_its_payment() returns trigger language plpgsql as $$
begin
  perform check_money_of_payment(new.payment_id);
  return null;
end $$;
create constraint trigger card_money_is_where_it_belongs after insert or update on payment
  deferrable initially deferred for each row when (new.method = 'card') execute function check_money_of_own();
create constraint trigger card_money_is_where_it_belongs after insert on posting
  deferrable initially deferred for each row when (new.payment_id is not null) execute function check_money_of_its_payment();
create constraint trigger card_money_is_where_it_belongs after insert or update on refund
  deferrable initially deferred for each row execute function check_money_of_its_payment();
create constraint trigger card_money_is_where_it_belongs after insert or update on dispute
  deferrable initially deferred for each row execute function check_money_of_its_payment();
