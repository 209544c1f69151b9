-- The main job: a registry's drop list becomes listings, a listing one paid backorder, a backorder one catch
-- target, and the target's outcome money kept or money returned. Every promise is a named constraint or trigger;
-- ARCHITECTURE.md lists them with the test that fails without each.
--
-- Amounts are integer minor units. Times are timestamptz. Names are A-labels. Ids are UUIDv7 made by the caller.

create domain currency as text constraint currency_is_iso_4217 check (value ~ '^[A-Z]{3}$');

-- ── registries ──────────────────────────────────────────────────────────────────────────────────────────────

create table registry (
  id text primary key,
  profile text not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Limits are the registry's contract with us, entered by an operator. One catcher drives an account at a time: the lease.
create table registry_account (
  id text primary key,
  registry_id text not null references registry,
  clid text not null,
  host text not null,
  port integer not null,
  is_simulator boolean not null default false,
  sessions_max integer not null constraint sessions_max_positive check (sessions_max > 0),
  commands_per_second_max integer not null constraint commands_per_second_positive check (commands_per_second_max > 0),
  name_gap_ms integer not null default 0 constraint name_gap_not_negative check (name_gap_ms >= 0),
  failed_creates_per_day_max integer constraint failed_creates_per_day_positive check (failed_creates_per_day_max > 0),
  idle_seconds_max integer not null default 600 constraint idle_seconds_positive check (idle_seconds_max > 0),
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_expires_at timestamptz,
  constraint registry_account_clid_unique unique (registry_id, clid),
  constraint lease_is_whole check ((lease_owner is null) = (lease_expires_at is null))
);

-- A zone is a suffix under which the registry registers names: pl and com.pl are two zones.
-- Drop rule: a list row with an instant drops in [instant − early, instant + late]; one with only a date drops in the
-- zone's daily window, local time of an IANA zone.
create table zone (
  name text primary key,
  registry_id text not null references registry,
  enabled boolean not null default true,
  standard_fee_minor bigint not null constraint standard_fee_not_negative check (standard_fee_minor >= 0),
  phase_fee_minor bigint not null default 0 constraint phase_fee_not_negative check (phase_fee_minor >= 0),
  fee_currency currency not null,
  cutoff_lead_seconds integer not null default 14400 constraint cutoff_lead_not_negative check (cutoff_lead_seconds >= 0),
  drop_time_zone text not null default 'UTC',
  drop_starts_at time not null default '00:00',
  drop_lasts_seconds integer not null default 86400 constraint drop_lasts_positive check (drop_lasts_seconds > 0),
  early_seconds integer not null default 0 constraint early_not_negative check (early_seconds >= 0),
  late_seconds integer not null default 60 constraint late_not_negative check (late_seconds >= 0),
  grace_seconds integer not null default 3600 constraint grace_not_negative check (grace_seconds >= 0)
);

-- A name's price is its zone's price for its tier, in the buyer's currency (rule 2: per name, final, no fee on top).
create table price (
  zone text not null references zone,
  tier text not null,
  currency currency not null,
  amount_minor bigint not null constraint price_positive check (amount_minor > 0),
  primary key (zone, tier, currency)
);

-- ── resellers ───────────────────────────────────────────────────────────────────────────────────────────────

create table account (
  id uuid primary key,
  name text not null,
  currency currency not null,
  balance_minor bigint not null default 0,
  credit_limit_minor bigint not null default 0 constraint credit_limit_not_negative check (credit_limit_minor >= 0),
  created_at timestamptz not null default clock_timestamp(),
  constraint balance_within_credit check (balance_minor + credit_limit_minor >= 0)
);

-- The key itself is shown once; only its SHA-256 is kept (a key has 256 random bits, so no slow hash is needed).
create table api_key (
  id uuid primary key,
  account_id uuid not null references account,
  key_sha256 bytea not null constraint api_key_unique unique,
  label text not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);

-- ── drop lists ──────────────────────────────────────────────────────────────────────────────────────────────

create table sync_run (
  id uuid primary key,
  registry_id text not null references registry,
  source text not null,
  format text not null,
  content_sha256 bytea not null,
  scope_kind text not null constraint scope_kind_known check (scope_kind in ('snapshot', 'increment')),
  scope_zones text[] not null,
  scope_from date,
  scope_to date,
  state text not null constraint sync_run_state_known
    check (state in ('queued', 'running', 'ready', 'quarantined', 'published', 'discarded', 'failed')),
  rows_read integer not null default 0,
  rows_rejected integer not null default 0,
  listings_added integer,
  listings_moved integer,
  listings_suspected integer,
  listings_unchanged integer,
  listings_too_late integer,
  failure text,
  created_at timestamptz not null default clock_timestamp(),
  published_at timestamptz,
  constraint published_run_has_counts check (state <> 'published' or (published_at is not null and listings_added is not null)),
  constraint failed_run_has_reason check (state <> 'failed' or failure is not null)
);
create unique index one_publication_per_content on sync_run (registry_id, content_sha256) where state = 'published';

create table sync_row (
  run_id uuid not null references sync_run on delete cascade,
  line integer not null,
  -- The id the listing gets if the row makes a new one.
  listing_id uuid not null,
  name text not null,
  zone text not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  cutoff_at timestamptz not null,
  primary key (run_id, name)
);

create table sync_reject (
  run_id uuid not null references sync_run on delete cascade,
  line integer not null,
  raw text not null,
  reason text not null,
  primary key (run_id, line)
);

-- ── listings and backorders ─────────────────────────────────────────────────────────────────────────────────

create table listing (
  id uuid primary key,
  name text not null,
  zone text not null references zone,
  cycle integer not null default 1,
  state text not null constraint listing_state_known
    check (state in ('upcoming', 'open', 'closed', 'dropping', 'caught', 'lost', 'missed', 'premium', 'withdrawn', 'refused', 'unsold')),
  tier text not null default 'standard',
  premium boolean not null default false,
  reserved boolean not null default false,
  suspect boolean not null default false,
  opens_at timestamptz not null,
  cutoff_at timestamptz not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  holder uuid,
  sync_run_id uuid references sync_run,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  constraint listing_cycle_unique unique (name, cycle),
  -- What a backorder refers to, so that its copy of the name is the listing's.
  constraint listing_of_name unique (id, name),
  constraint drop_window_ordered check (drop_from <= drop_to),
  constraint cutoff_before_drop check (cutoff_at <= drop_from),
  constraint ended_listing_has_time check
    ((ended_at is not null) = (state in ('caught', 'lost', 'missed', 'premium', 'withdrawn', 'refused', 'unsold')))
);
-- Rule 12: a name that comes back is a new cycle, and only one cycle is alive.
create unique index one_live_listing_per_name on listing (name)
  where state in ('upcoming', 'open', 'closed', 'dropping');
create index listing_by_cutoff on listing (cutoff_at, id) where state in ('upcoming', 'open', 'closed', 'dropping');
create index listing_to_open on listing (opens_at) where state = 'upcoming';

create table backorder (
  id uuid primary key,
  listing_id uuid not null,
  name text not null,
  account_id uuid not null references account,
  state text not null constraint backorder_state_known
    check (state in ('pending_payment', 'backordered', 'registering', 'successful', 'failed', 'expired')),
  price_minor bigint not null constraint backorder_price_positive check (price_minor > 0),
  currency currency not null,
  created_at timestamptz not null,
  pay_by timestamptz,
  secured_at timestamptz,
  decided_at timestamptz,
  settled_at timestamptz,
  failure_reason text constraint failure_reason_known
    check (failure_reason in ('lost', 'missed', 'premium', 'withdrawn', 'refused')),
  expired_reason text constraint expired_reason_known check (expired_reason in ('lapsed', 'released', 'listing_ended')),
  constraint backorder_is_of_its_listing foreign key (listing_id, name) references listing (id, name),
  constraint backorder_of_listing unique (id, listing_id),
  constraint pending_has_pay_by check (state <> 'pending_payment' or pay_by is not null),
  constraint secured_has_time check (state in ('pending_payment', 'expired') or secured_at is not null),
  constraint decided_has_time check ((state in ('successful', 'failed', 'expired')) = (decided_at is not null)),
  constraint only_success_has_settlement_time check ((state = 'successful') = (settled_at is not null)),
  constraint only_failure_has_reason check ((state = 'failed') = (failure_reason is not null)),
  constraint only_expiry_has_reason check ((state = 'expired') = (expired_reason is not null))
);
-- Rule 1. The claim under the listing's lock decides; these two are the backstop.
create unique index one_live_backorder_per_name on backorder (name)
  where state in ('pending_payment', 'backordered', 'registering');
create unique index one_backorder_per_listing on backorder (listing_id) where state <> 'expired';
create index backorder_by_account on backorder (account_id, id);

alter table listing add constraint holder_is_a_backorder foreign key (holder, id) references backorder (id, listing_id)
  deferrable initially deferred;

-- A price never changes after ordering, nor does what was ordered, or by whom.
create function refuse_changed_order() returns trigger language plpgsql as $$
begin
  raise exception 'a backorder''s name, buyer and price are final' using errcode = 'check_violation', constraint = 'order_terms_are_final';
end $$;
create trigger order_terms_are_final before update on backorder for each row
  when ((old.listing_id, old.name, old.account_id, old.price_minor, old.currency)
        is distinct from (new.listing_id, new.name, new.account_id, new.price_minor, new.currency))
  execute function refuse_changed_order();

-- ── money ───────────────────────────────────────────────────────────────────────────────────────────────────

create table payment (
  id uuid primary key,
  account_id uuid not null references account,
  backorder_id uuid references backorder,
  method text not null constraint payment_method_known check (method in ('balance', 'card')),
  state text not null constraint payment_state_known
    check (state in ('requires_action', 'processing', 'succeeded', 'failed', 'canceled', 'disputed', 'charged_back')),
  amount_minor bigint not null constraint payment_amount_positive check (amount_minor > 0),
  captured_minor bigint not null default 0,
  currency currency not null,
  secures boolean not null default false,
  created_at timestamptz not null,
  constraint captured_within_amount check (captured_minor between 0 and amount_minor),
  constraint captured_when_succeeded check
    ((state in ('succeeded', 'disputed', 'charged_back')) = (captured_minor > 0)),
  constraint securing_payment_is_captured check (not secures or (backorder_id is not null and captured_minor = amount_minor))
);
create unique index one_payment_secures_a_backorder on payment (backorder_id) where secures;
create index payment_by_backorder on payment (backorder_id);

create table refund (
  id uuid primary key,
  payment_id uuid not null references payment,
  cause text not null constraint refund_cause_known
    check (cause in ('backorder_failed', 'late_payment', 'duplicate_payment', 'renewal_failed', 'manual')),
  state text not null constraint refund_state_known
    check (state in ('proposed', 'approved', 'processing', 'succeeded', 'failed', 'rejected', 'expired')),
  destination text not null constraint refund_destination_known check (destination in ('balance', 'original_payment')),
  amount_minor bigint not null constraint refund_amount_positive check (amount_minor > 0),
  currency currency not null,
  retries_refund_id uuid references refund constraint one_retry_per_refund unique,
  created_at timestamptz not null,
  decided_at timestamptz
);
create unique index one_automatic_refund_per_cause on refund (payment_id, cause)
  where retries_refund_id is null and cause in ('backorder_failed', 'late_payment', 'duplicate_payment', 'renewal_failed');
create index refund_by_payment on refund (payment_id);

-- Checked at commit, so that it sees every refund of the transaction. It takes the payment's lock itself, in a statement
-- before the sum: two transactions that refund one payment at once would each see only their own.
create function check_refunds_within_captured() returns trigger language plpgsql as $$
begin
  perform from payment where id = new.payment_id for no key update;
  if (select coalesce(sum(amount_minor), 0) from refund
      where payment_id = new.payment_id and state not in ('failed', 'rejected', 'expired'))
     > (select captured_minor from payment where id = new.payment_id) then
    raise exception 'refunds exceed the captured payment %', new.payment_id
      using errcode = 'check_violation', constraint = 'refunds_within_captured';
  end if;
  return null;
end $$;
create constraint trigger refunds_within_captured after insert or update on refund
  deferrable initially deferred for each row execute function check_refunds_within_captured();

-- The ledger. A posting set is all lines of one (cause, cause_id): its natural key, so nothing is posted twice.
-- Sign: positive is owed by us (a customer's balance, escrow, revenue earned), negative is owned (money at the provider).
create table posting (
  cause text not null constraint posting_cause_known
    check (cause in ('top_up', 'secure', 'settle', 'refund')),
  cause_id uuid not null,
  line smallint not null,
  ledger_account text not null constraint ledger_account_known check (ledger_account in
    ('customer_balance', 'escrow', 'revenue', 'refunds_payable', 'provider_clearing', 'unapplied_receipts')),
  account_id uuid references account,
  backorder_id uuid references backorder,
  amount_minor bigint not null constraint posting_not_zero check (amount_minor <> 0),
  currency currency not null,
  posted_at timestamptz not null default clock_timestamp(),
  primary key (cause, cause_id, line),
  constraint balance_posting_names_account check (ledger_account <> 'customer_balance' or account_id is not null),
  constraint escrow_posting_names_backorder check (ledger_account <> 'escrow' or backorder_id is not null)
);
create index posting_in_escrow on posting (backorder_id) include (amount_minor) where ledger_account = 'escrow';
create index posting_of_account on posting (account_id, cause_id) where ledger_account = 'customer_balance';

create function check_posting_set() returns trigger language plpgsql as $$
declare total numeric; currencies integer;
begin
  select sum(amount_minor), count(distinct currency) into total, currencies
    from posting where cause = new.cause and cause_id = new.cause_id;
  if total <> 0 then
    raise exception 'posting set %/% sums to %', new.cause, new.cause_id, total
      using errcode = 'check_violation', constraint = 'posting_set_sums_to_zero';
  end if;
  if currencies > 1 then
    raise exception 'posting set %/% mixes currencies', new.cause, new.cause_id
      using errcode = 'check_violation', constraint = 'posting_set_has_one_currency';
  end if;
  return null;
end $$;
create constraint trigger posting_set_sums_to_zero after insert on posting
  deferrable initially deferred for each row execute function check_posting_set();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = tg_name;
end $$;
create trigger posting_is_append_only before update or delete on posting
  for each row execute function refuse_change();
create trigger posting_is_never_truncated before truncate on posting
  for each statement execute function refuse_change();

-- A customer's stored balance moves only by postings, so the two cannot differ.
create function apply_posting_to_balance() returns trigger language plpgsql as $$
begin
  update account set balance_minor = balance_minor + new.amount_minor where id = new.account_id and currency = new.currency;
  if not found then
    raise exception 'account % has no balance in %', new.account_id, new.currency
      using errcode = 'check_violation', constraint = 'balance_has_one_currency';
  end if;
  return null;
end $$;
create trigger balance_follows_postings after insert on posting for each row
  when (new.ledger_account = 'customer_balance') execute function apply_posting_to_balance();

create function refuse_direct_balance() returns trigger language plpgsql as $$
begin
  raise exception 'a balance moves only by a posting' using errcode = 'check_violation', constraint = 'balance_moves_only_by_posting';
end $$;
create trigger balance_moves_only_by_posting before update of balance_minor on account for each row
  when (old.balance_minor is distinct from new.balance_minor and pg_trigger_depth() = 0)
  execute function refuse_direct_balance();
create trigger balance_starts_empty before insert on account for each row
  when (new.balance_minor <> 0) execute function refuse_direct_balance();

-- Escrow holds exactly the undecided money: checked for each backorder at commit. No escrow balance is stored: one hot
-- row would cost most of the throughput.
create function check_escrow_of(backorder_ref uuid) returns void language plpgsql as $$
declare held bigint; due bigint;
begin
  select coalesce(sum(amount_minor), 0) into held from posting
    where ledger_account = 'escrow' and backorder_id = backorder_ref;
  select case when state in ('backordered', 'registering') then price_minor else 0 end into due
    from backorder where id = backorder_ref;
  if held is distinct from due then
    raise exception 'backorder % holds % in escrow, due is %', backorder_ref, held, due
      using errcode = 'check_violation', constraint = 'escrow_holds_the_undecided';
  end if;
end $$;
create function check_escrow_of_posting() returns trigger language plpgsql as $$
begin
  perform check_escrow_of(new.backorder_id);
  return null;
end $$;
create function check_escrow_of_backorder() returns trigger language plpgsql as $$
begin
  perform check_escrow_of(new.id);
  return null;
end $$;
create constraint trigger escrow_holds_the_undecided after insert on posting
  deferrable initially deferred for each row when (new.ledger_account = 'escrow')
  execute function check_escrow_of_posting();
create constraint trigger escrow_holds_the_undecided after insert or update of state on backorder
  deferrable initially deferred for each row execute function check_escrow_of_backorder();

-- ── the drop ────────────────────────────────────────────────────────────────────────────────────────────────

create table catch_target (
  id uuid primary key,
  listing_id uuid not null references listing,
  backorder_id uuid not null references backorder,
  registry_id text not null references registry,
  name text not null,
  state text not null constraint catch_target_state_known check (state in
    ('armed', 'firing', 'ambiguous', 'awaiting_award', 'disarmed', 'registered', 'lost', 'missed', 'premium', 'withdrawn', 'refused')),
  ordered_at timestamptz not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  grace_until timestamptz not null,
  fee_max_minor bigint not null,
  fee_currency currency not null,
  -- What the registry said of the registration that is to be deleted. Ours = our clID and a newer crDate than this.
  prior_clid text,
  prior_cr_date timestamptz,
  prepared_at timestamptz,
  armed_at timestamptz not null,
  decided_at timestamptz,
  decided_code integer,
  decided_by text references registry_account,
  cr_date timestamptz,
  holder_clid text,
  constraint target_window_ordered check (drop_from <= drop_to and drop_to <= grace_until),
  constraint decided_target_has_time check
    ((decided_at is not null) = (state in ('registered', 'lost', 'missed', 'premium', 'withdrawn', 'refused'))),
  constraint only_registered_has_cr_date check ((state = 'registered') = (cr_date is not null)),
  constraint a_win_is_newer_than_the_deleted check (state <> 'registered' or prior_cr_date is null or cr_date > prior_cr_date)
);
create unique index one_target_per_backorder on catch_target (backorder_id);
create index target_by_window on catch_target (registry_id, drop_from)
  where state in ('armed', 'firing', 'ambiguous', 'awaiting_award', 'disarmed');

-- Evidence: every EPP command that was sent for a target, with what came back.
create table catch_attempt (
  cltrid text primary key,
  target_id uuid not null references catch_target,
  registry_account_id text not null references registry_account,
  command text not null constraint attempt_command_known check (command in ('create', 'info')),
  sent_at timestamptz not null,
  answered_at timestamptz,
  round_trip_us integer,
  outcome text not null constraint attempt_outcome_known check (outcome in ('answered', 'not_sent', 'unknown')),
  code integer,
  message text,
  svtrid text,
  constraint answered_attempt_has_code check ((outcome = 'answered') = (code is not null))
);
create index attempt_of_target on catch_attempt (target_id, sent_at);
create trigger attempt_is_append_only before update or delete on catch_attempt
  for each row execute function refuse_change();

-- ── events for others ───────────────────────────────────────────────────────────────────────────────────────

-- Written in the transaction of its cause; delivered at least once, in no promised order; ids let receivers drop repeats.
create table outbox (
  id uuid primary key,
  topic text not null,
  account_id uuid references account,
  subject_id uuid not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  delivered_at timestamptz
);
create index outbox_waiting on outbox (created_at) where delivered_at is null;
