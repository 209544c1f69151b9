-- Names that nobody renews (ADR 28): their registry renews them by a year and charges for it, they can be renewed late, then they are
-- deleted.

-- ── what operators set ──────────────────────────────────────────────────────────────────────────────────────

alter table zone
  -- How long after its expiry a name can still be renewed by its holder. Then it is deleted at the registry.
  add column late_renewal_days integer not null default 30
    constraint late_renewal_days_in_range check (late_renewal_days between 0 and 365),
  -- How long after its own renewal the registry credits it where the name is deleted (RFC 3915 §3.1, autoRenewPeriod).
  add column auto_renew_grace_days integer not null default 45
    constraint auto_renew_grace_days_in_range check (auto_renew_grace_days between 1 and 366),
  -- Otherwise a charge could never be credited.
  add constraint late_renewal_ends_within_the_grace check (late_renewal_days < auto_renew_grace_days);

-- ── a registration whose paid time is over ──────────────────────────────────────────────────────────────────

alter table registration
  -- The expiry at the registry after it renewed the name by itself. Null: it has not, or a late renewal has paid for it.
  add column auto_renewed_until timestamptz,
  -- Until when it can be renewed after its expiry, as its holder was told at the expiry.
  add column renewable_until timestamptz,
  add column deletion_requested_at timestamptz,
  drop constraint expiry_notice_known,
  -- 0: it has expired.
  add constraint expiry_notice_known check (notice_days in (30, 7, 0)),
  add constraint auto_renewal_is_later check (auto_renewed_until > expires_at),
  add constraint renewable_after_the_expiry check (renewable_until >= expires_at),
  add constraint deleted_only_when_no_longer_renewable check (deletion_requested_at >= renewable_until),
  add constraint deletion_has_a_last_day check (deletion_requested_at is null or renewable_until is not null);
create index registration_to_delete on registration (renewable_until)
  where ended_at is null and deletion_requested_at is null and renewable_until is not null;

-- Who deletes locks the registration, and so does who orders a renewal: each sees what the other did.
create function check_deletion_is_of_an_unrenewed_name() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from renewal where registration_id = new.id and state in ('pending_payment', 'paid', 'renewing')) then
    raise exception 'registration % is being renewed', new.id
      using errcode = 'check_violation', constraint = 'renewed_name_is_not_deleted';
  end if;
  return null;
end $$;
revoke execute on function check_deletion_is_of_an_unrenewed_name() from public;
create trigger renewed_name_is_not_deleted after update of deletion_requested_at on registration for each row
  when (new.deletion_requested_at is not null) execute function check_deletion_is_of_an_unrenewed_name();

create function check_renewal_is_of_a_kept_name() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from registration where id = new.registration_id and deletion_requested_at is not null) then
    raise exception 'registration % is being deleted', new.registration_id
      using errcode = 'check_violation', constraint = 'deleted_name_is_not_renewed';
  end if;
  return null;
end $$;
revoke execute on function check_renewal_is_of_a_kept_name() from public;
create trigger deleted_name_is_not_renewed after insert on renewal for each row execute function check_renewal_is_of_a_kept_name();

-- ── what the catcher is asked for ───────────────────────────────────────────────────────────────────────────

alter table registry_request
  add column registration_id uuid references registration constraint one_deletion_per_registration unique,
  drop constraint registry_request_kind_known,
  add constraint registry_request_kind_known
    check (kind in ('renew', 'contact_create', 'info', 'registration_change', 'auth_code_unset', 'delete')),
  add constraint delete_request_names_registration check ((kind = 'delete') = (registration_id is not null));

create function check_deletion_is_asked_for() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from registry_request where registration_id = new.id) then
    raise exception 'nobody was asked to delete registration %', new.id
      using errcode = 'check_violation', constraint = 'requested_deletion_is_asked_for';
  end if;
  return null;
end $$;
revoke execute on function check_deletion_is_asked_for() from public;
create constraint trigger requested_deletion_is_asked_for after update of deletion_requested_at on registration
  deferrable initially deferred for each row when (new.deletion_requested_at is not null and new.ended_at is null)
  execute function check_deletion_is_asked_for();

-- ── what the registry takes and credits ─────────────────────────────────────────────────────────────────────

alter table registry_charge
  add column registration_id uuid references registration,
  drop constraint registry_charge_kind_known,
  add constraint registry_charge_kind_known
    check (kind in ('registration', 'renewal', 'restore', 'auto_renewal', 'auto_renewal_credit')),
  drop constraint registry_charge_not_negative,
  add constraint only_a_credit_is_negative
    check (case kind when 'auto_renewal_credit' then amount_minor <= 0 else amount_minor >= 0 end),
  drop constraint registry_charge_names_its_cause,
  add constraint registry_charge_names_its_cause check (
    (kind = 'registration') = (backorder_id is not null) and (kind = 'renewal') = (renewal_id is not null)
    and (kind in ('auto_renewal', 'auto_renewal_credit')) = (registration_id is not null));
-- By the expiry at which it was renewed.
create unique index one_auto_renewal_per_expiry on registry_charge (registration_id, charged_at) where kind = 'auto_renewal';
create unique index one_auto_renewal_credit_per_registration on registry_charge (registration_id) where kind = 'auto_renewal_credit';
