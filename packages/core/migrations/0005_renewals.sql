-- Renewals: what we hold at registries and until when, orders to keep it longer, what the catcher is asked to do for them, and
-- what registries have taken from our accounts for names. Registries' money is in their currency and is no customer's money.

-- ── what we hold ────────────────────────────────────────────────────────────────────────────────────────────

-- A name that was caught, in the registry account that holds it. `expires_at` is what the registry told last.
create table registration (
  id uuid primary key,
  backorder_id uuid not null references backorder constraint one_registration_per_backorder unique,
  account_id uuid not null references account,
  registry_account_id text not null references registry_account,
  name text not null,
  cr_date timestamptz not null,
  expires_at timestamptz not null,
  constraint registration_of_account unique (id, account_id),
  constraint registration_expires_later check (expires_at > cr_date)
);
create index registration_by_account on registration (account_id, expires_at);

-- Names caught before this table was. A backorder's id is free as the id of the one registration it has.
insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
select backorder.id, backorder.id, backorder.account_id,
  coalesce(catch_target.decided_by, (select min(id) from registry_account where registry_id = catch_target.registry_id)),
  backorder.name, catch_target.cr_date, catch_target.cr_date + interval '1 year'
from backorder join catch_target on catch_target.backorder_id = backorder.id
where backorder.state = 'successful';

-- ── terms ───────────────────────────────────────────────────────────────────────────────────────────────────

-- What a year costs us at the registry, in `fee_currency`; most registries renew at the fee of a create.
alter table zone add column renew_fee_minor bigint constraint renew_fee_not_negative check (renew_fee_minor >= 0);
update zone set renew_fee_minor = standard_fee_minor;
alter table zone alter column renew_fee_minor set not null;

-- What a year costs a customer, in the customer's currency. A zone without a line is not renewed in that currency.
create table renewal_price (
  zone text not null references zone,
  currency currency not null,
  per_year_minor bigint not null constraint renewal_price_positive check (per_year_minor > 0),
  primary key (zone, currency)
);

-- ── renewals ────────────────────────────────────────────────────────────────────────────────────────────────

-- `quoted_expires_at` is the expiry that the order was made on, and the guard it is carried out with: RFC 5731 §3.2.3.
create table renewal (
  id uuid primary key,
  registration_id uuid not null,
  account_id uuid not null references account,
  years integer not null constraint renewal_years_known check (years between 1 and 9),
  price_minor bigint not null constraint renewal_price_of_order_positive check (price_minor > 0),
  currency currency not null,
  quoted_expires_at timestamptz not null,
  state text not null constraint renewal_state_known
    check (state in ('pending_payment', 'paid', 'renewing', 'successful', 'failed', 'expired')),
  failure_reason text constraint renewal_failure_known
    check (failure_reason in ('refused', 'not_held', 'expiry_moved', 'unavailable')),
  created_at timestamptz not null,
  pay_by timestamptz,
  paid_at timestamptz,
  decided_at timestamptz,
  new_expires_at timestamptz,
  constraint renewal_is_of_the_holder foreign key (registration_id, account_id) references registration (id, account_id),
  -- In UTC, so that a year is the same year for everybody.
  constraint renewal_within_ten_years check ((quoted_expires_at at time zone 'UTC') + make_interval(years => years)
    <= (created_at at time zone 'UTC') + interval '10 years'),
  constraint pending_renewal_has_pay_by check (state <> 'pending_payment' or pay_by is not null),
  constraint paid_renewal_has_time check ((state in ('pending_payment', 'expired')) = (paid_at is null)),
  constraint decided_renewal_has_time check ((state in ('successful', 'failed', 'expired')) = (decided_at is not null)),
  constraint only_failed_renewal_has_reason check ((state = 'failed') = (failure_reason is not null)),
  constraint only_successful_renewal_has_expiry check ((state = 'successful') = (new_expires_at is not null)),
  constraint renewal_moves_the_expiry check (new_expires_at > quoted_expires_at)
);
create unique index one_live_renewal_per_registration on renewal (registration_id)
  where state in ('pending_payment', 'paid', 'renewing');
create unique index one_renewal_per_expiry on renewal (registration_id, quoted_expires_at) where state = 'successful';
create index renewal_by_account on renewal (account_id, id);
create index renewal_to_lapse on renewal (pay_by) where state = 'pending_payment';

create function refuse_changed_renewal() returns trigger language plpgsql as $$
begin
  raise exception 'what a renewal is of, its price and its guard are final'
    using errcode = 'check_violation', constraint = 'renewal_terms_are_final';
end $$;
create trigger renewal_terms_are_final before update on renewal for each row
  when ((old.registration_id, old.account_id, old.years, old.price_minor, old.currency, old.quoted_expires_at, old.created_at)
        is distinct from
        (new.registration_id, new.account_id, new.years, new.price_minor, new.currency, new.quoted_expires_at, new.created_at))
  execute function refuse_changed_renewal();

-- ── what the catcher is asked for ───────────────────────────────────────────────────────────────────────────

-- All EPP of a registry account goes through the catcher that holds its lease; others write what they want here. A request is
-- `sent` from before its command leaves until its answer is known: whoever finds it so asks `info` first.
create table registry_request (
  id uuid primary key,
  registry_account_id text not null references registry_account,
  kind text not null constraint registry_request_kind_known check (kind in ('renew')),
  renewal_id uuid references renewal constraint one_request_per_renewal unique,
  state text not null constraint registry_request_state_known check (state in ('waiting', 'sent', 'done')),
  created_at timestamptz not null,
  try_after timestamptz not null,
  attempts integer not null default 0,
  -- The command that was sent last, and what was answered.
  cltrid text,
  svtrid text,
  answer_code integer,
  done_at timestamptz,
  constraint renew_request_names_renewal check ((kind = 'renew') = (renewal_id is not null)),
  constraint sent_request_has_cltrid check (state <> 'sent' or cltrid is not null),
  constraint done_request_has_time check ((state = 'done') = (done_at is not null))
);
create index registry_request_waiting on registry_request (registry_account_id, try_after) where state <> 'done';

create function check_paid_renewal_is_asked_for() returns trigger language plpgsql as $$
begin
  if not exists (select from registry_request where renewal_id = new.id) then
    raise exception 'nobody was asked to carry out renewal %', new.id
      using errcode = 'check_violation', constraint = 'paid_renewal_is_asked_for';
  end if;
  return null;
end $$;
create constraint trigger paid_renewal_is_asked_for after insert or update of state on renewal
  deferrable initially deferred for each row when (new.state in ('paid', 'renewing'))
  execute function check_paid_renewal_is_asked_for();

-- ── what registries take ────────────────────────────────────────────────────────────────────────────────────

-- What a registry has taken from our account, as far as we know by ourselves: to be compared with its own report.
create table registry_charge (
  id uuid primary key,
  registry_account_id text not null references registry_account,
  kind text not null constraint registry_charge_kind_known check (kind in ('registration', 'renewal', 'restore')),
  name text not null,
  years integer not null constraint registry_charge_is_for_years check (years >= 0),
  amount_minor bigint not null constraint registry_charge_not_negative check (amount_minor >= 0),
  currency currency not null,
  charged_at timestamptz not null,
  cltrid text,
  svtrid text,
  backorder_id uuid references backorder constraint one_charge_per_backorder unique,
  renewal_id uuid references renewal constraint one_charge_per_renewal unique,
  constraint registry_charge_names_its_cause check
    ((kind = 'registration') = (backorder_id is not null) and (kind = 'renewal') = (renewal_id is not null))
);
create index registry_charge_by_time on registry_charge (registry_account_id, charged_at);
create trigger registry_charge_is_append_only before update or delete on registry_charge
  for each row execute function refuse_change();

insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, charged_at, cltrid, svtrid, backorder_id)
select registration.id, registration.registry_account_id, 'registration', registration.name, 1,
  catch_target.fee_max_minor, catch_target.fee_currency, registration.cr_date, won.cltrid, won.svtrid, registration.backorder_id
from registration join catch_target on catch_target.backorder_id = registration.backorder_id
left join lateral (select cltrid, svtrid from catch_attempt where target_id = catch_target.id and command = 'create' and code = 1000
  order by sent_at limit 1) as won on true;

-- ── money ───────────────────────────────────────────────────────────────────────────────────────────────────

alter table payment
  add column renewal_id uuid references renewal,
  drop constraint payment_purpose_known,
  add constraint payment_purpose_known check (purpose in ('backorder', 'top_up', 'renewal')),
  drop constraint securing_payment_is_captured,
  add constraint securing_payment_is_captured check
    (not secures or (coalesce(backorder_id, renewal_id) is not null and captured_minor = amount_minor)),
  add constraint renewal_payment_names_renewal check ((purpose = 'renewal') = (renewal_id is not null)),
  add constraint payment_is_for_one_thing check (num_nonnulls(backorder_id, renewal_id) <= 1);
create unique index one_payment_secures_a_renewal on payment (renewal_id) where secures;
create index payment_by_renewal on payment (renewal_id) where renewal_id is not null;

drop trigger payment_terms_are_final on payment;
create trigger payment_terms_are_final before update on payment for each row
  when ((old.account_id, old.method, old.purpose, old.listing_id, old.renewal_id, old.amount_minor, old.currency)
        is distinct from (new.account_id, new.method, new.purpose, new.listing_id, new.renewal_id, new.amount_minor, new.currency)
    or (old.provider_id is not null and old.provider_id is distinct from new.provider_id)
    or (old.captured_minor > 0 and old.captured_minor <> new.captured_minor))
  execute function refuse_changed_payment();

alter table posting
  add column renewal_id uuid references renewal,
  drop constraint escrow_posting_names_backorder,
  add constraint escrow_posting_names_order check (ledger_account <> 'escrow' or num_nonnulls(backorder_id, renewal_id) = 1);
create index posting_of_renewal_in_escrow on posting (renewal_id) include (amount_minor)
  where ledger_account = 'escrow' and renewal_id is not null;

-- Escrow, for each renewal as for each backorder.
create function check_escrow_of_renewal(renewal_ref uuid) returns void language plpgsql as $$
declare held bigint; due bigint;
begin
  select coalesce(sum(amount_minor), 0) into held from posting
    where ledger_account = 'escrow' and renewal_id = renewal_ref;
  select case when state in ('paid', 'renewing') then price_minor else 0 end into due from renewal where id = renewal_ref;
  if held is distinct from due then
    raise exception 'renewal % holds % in escrow, due is %', renewal_ref, held, due
      using errcode = 'check_violation', constraint = 'escrow_holds_the_undecided';
  end if;
end $$;
create or replace function check_escrow_of_posting() returns trigger language plpgsql as $$
begin
  if new.backorder_id is not null then perform check_escrow_of(new.backorder_id); end if;
  if new.renewal_id is not null then perform check_escrow_of_renewal(new.renewal_id); end if;
  return null;
end $$;
create function check_escrow_of_own_renewal() returns trigger language plpgsql as $$
begin
  perform check_escrow_of_renewal(new.id);
  return null;
end $$;
create constraint trigger escrow_holds_the_undecided after insert or update of state on renewal
  deferrable initially deferred for each row execute function check_escrow_of_own_renewal();

-- Rule 4, for renewals too.
create or replace function refuse_refund_of_undecided() returns trigger language plpgsql as $$
begin
  if exists (select from payment join backorder on backorder.id = payment.backorder_id
             where payment.id = new.payment_id and backorder.state not in ('successful', 'failed', 'expired'))
    or exists (select from payment join renewal on renewal.id = payment.renewal_id
               where payment.id = new.payment_id and renewal.state not in ('successful', 'failed', 'expired')) then
    raise exception 'what payment % is for is undecided', new.payment_id
      using errcode = 'check_violation', constraint = 'no_manual_refund_while_undecided';
  end if;
  return new;
end $$;

-- As before, where all but a top-up waits unapplied until it secures something.
create or replace function check_money_of_payment(payment_ref uuid) returns void language plpgsql as $$
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
      (case when paid.purpose <> 'top_up' and not paid.secures then paid.captured_minor - returned.done else 0 end) then
    raise exception 'payment % has % unapplied', payment_ref, held.unapplied
      using errcode = 'check_violation', constraint = 'unapplied_holds_what_secures_nothing';
  end if;
  if held.payable <> (case when paid.secures then returned.owed else 0 end) then
    raise exception 'payment % has % payable', payment_ref, held.payable
      using errcode = 'check_violation', constraint = 'payable_holds_what_is_owed';
  end if;
end $$;
