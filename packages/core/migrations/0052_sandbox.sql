-- The sandbox of a test database: a zone of its own for each account, and the drops that accounts ask for (ADR 31).

alter table zone
  add column is_sandbox boolean not null default false,
  -- Whose it is. The zone of which all others are copies is nobody's.
  add column sandbox_account_id uuid constraint zone_sandbox_account_id_fkey references account (id),
  add constraint only_a_sandbox_has_an_account check (sandbox_account_id is null or is_sandbox),
  add constraint one_sandbox_per_account unique (sandbox_account_id),
  -- For what refers to a zone as that of an account.
  add constraint zone_with_account unique (name, sandbox_account_id);

create unique index one_original_sandbox_zone on zone (is_sandbox) where is_sandbox and sandbox_account_id is null;

-- Searches ask which zones are not for the caller; in a live database there are none.
create index zone_of_sandbox on zone (sandbox_account_id) where is_sandbox;

-- Nothing that an account orders in a sandbox may reach a real registry.
create function check_sandbox_zone() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from zone join registry_account as account on account.registry_id = zone.registry_id
      where is_sandbox and not is_simulator) then
    raise exception 'a sandbox at a real registry' using errcode = 'check_violation', constraint = 'sandbox_is_simulated';
  end if;
  return null;
end $$;
revoke execute on function check_sandbox_zone() from public;
create trigger sandbox_zone_is_simulated after insert or update of is_sandbox, registry_id on zone
  for each row when (new.is_sandbox) execute function check_sandbox_zone();
create trigger sandbox_account_is_simulated after insert or update of is_simulator, registry_id on registry_account
  for each row when (not new.is_simulator) execute function check_sandbox_zone();

-- The account's zone: made once, with the terms and prices of the zone of which all are copies. Null where there is no sandbox. Its label is
-- drawn, so that it says nothing of the account.
create function open_sandbox_zone(account uuid) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  original zone;
  opened text;
begin
  select * into original from zone where is_sandbox and sandbox_account_id is null;
  if not found then return null; end if;
  select name into opened from zone where sandbox_account_id = account;
  if found then return opened; end if;
  loop
    opened := translate(substr(md5(gen_random_uuid()::text), 1, 8), '0123456789', 'ghjkmnpqrt') || '.' || original.name;
    exit when not exists (select from zone where name = opened);
  end loop;
  insert into zone (name, registry_id, enabled, standard_fee_minor, phase_fee_minor, fee_currency, cutoff_lead_seconds, drop_time_zone,
    drop_starts_at, drop_lasts_seconds, early_seconds, late_seconds, grace_seconds, renew_fee_minor, may_have_premium, rdap_url,
    contact_roles, release, drop_also_at, grace_full_seconds, grace_probe_seconds, grace_share_percent, drift_earlier_seconds_max,
    drift_later_seconds_max, late_renewal_days, auto_renew_grace_days, is_sandbox, sandbox_account_id)
  values (opened, original.registry_id, original.enabled, original.standard_fee_minor, original.phase_fee_minor, original.fee_currency,
    original.cutoff_lead_seconds, original.drop_time_zone, original.drop_starts_at, original.drop_lasts_seconds, original.early_seconds,
    original.late_seconds, original.grace_seconds, original.renew_fee_minor, original.may_have_premium, original.rdap_url,
    original.contact_roles, original.release, original.drop_also_at, original.grace_full_seconds, original.grace_probe_seconds,
    original.grace_share_percent, original.drift_earlier_seconds_max, original.drift_later_seconds_max, original.late_renewal_days,
    original.auto_renew_grace_days, true, account)
  on conflict do nothing;
  -- Opened by another transaction meanwhile.
  if not found then return (select name from zone where sandbox_account_id = account); end if;
  with rule as (
    insert into price_rule (id, zone, kind, match, weight, in_force_since)
    select gen_random_uuid(), opened, kind, match, weight, statement_timestamp() from price_rule
    where zone = original.name and kind = 'tier' and in_force_since is not null
    returning id, match)
  insert into price_amount (id, rule_id, currency, amount_minor, list_id, starts_at, started_at)
  select gen_random_uuid(), rule.id, price.currency, price.amount_minor, price.list_id, statement_timestamp(), statement_timestamp()
  from rule join price_rule as known on known.zone = original.name and known.kind = 'tier' and known.match = rule.match
    join price_amount as price on price.rule_id = known.id and price.started_at is not null and price.ended_at is null;
  insert into renewal_price (zone, currency, per_year_minor)
  select opened, currency, per_year_minor from renewal_price where zone = original.name;
  return opened;
end $$;
revoke execute on function open_sandbox_zone(uuid) from public;

create function give_sandbox_zone() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  opened text;
begin
  opened := open_sandbox_zone(new.id);
  return null;
end $$;
revoke execute on function give_sandbox_zone() from public;
create trigger account_has_its_sandbox after insert on account for each row execute function give_sandbox_zone();

-- What an account asked to have dropped. A worker of the test world carries it out.
create table sandbox_drop (
  id uuid not null constraint sandbox_drop_pkey primary key,
  account_id uuid not null constraint sandbox_drop_account_id_fkey references account (id),
  zone text not null,
  -- Of the names, below the zone.
  labels text[] not null,
  time_scale integer not null,
  created_at timestamptz not null default clock_timestamp(),
  -- The registry's list says so. It is put off once where no worker was there in time.
  drops_at timestamptz not null,
  -- When a worker looks after it next.
  attend_at timestamptz not null default clock_timestamp(),
  -- The registry has the names; the list with them is published; all of them have ended.
  loaded_at timestamptz,
  listed_at timestamptz,
  ended_at timestamptz,
  constraint sandbox_drop_in_own_zone foreign key (zone, account_id) references zone (name, sandbox_account_id),
  constraint sandbox_drop_has_names check (cardinality(labels) between 1 and 20 and array_position(labels, null) is null),
  constraint sandbox_time_scale_in_range check (time_scale between 1 and 2880),
  constraint sandbox_drop_is_listed_once_loaded check (listed_at is null or loaded_at is not null)
);
create index sandbox_drop_of_account on sandbox_drop (account_id, id);
create index sandbox_drop_to_attend on sandbox_drop (attend_at) where ended_at is null;

create function check_sandbox_drops() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  if (select count(*) from sandbox_drop where account_id = new.account_id and ended_at is null) > 20 then
    raise exception 'account % has too many drops', new.account_id
      using errcode = 'check_violation', constraint = 'sandbox_drops_within_limit';
  end if;
  return null;
end $$;
revoke execute on function check_sandbox_drops() from public;
create trigger sandbox_drops_within_limit after insert on sandbox_drop for each row execute function check_sandbox_drops();
