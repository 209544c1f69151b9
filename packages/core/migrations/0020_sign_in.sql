-- Sign-ins that fail are counted by where they come from and by the address they name, whoever has it. A device on which a person
-- has signed in before is counted for itself: strangers' guesses keep nobody out of their own account. The columns failed_sign_ins
-- and locked_until of staff_account are not used any more.

create table sign_in_count (
  scope text not null constraint sign_in_scope_known check (scope in ('source', 'address')),
  -- A network; of an address its SHA-256, because people type passwords into that field too.
  subject text not null,
  failures integer not null constraint sign_in_failures_not_negative check (failures >= 0),
  paused_until timestamptz,
  counted_at timestamptz not null,
  constraint one_sign_in_count_per_subject primary key (scope, subject)
);
create index sign_in_count_by_age on sign_in_count (counted_at);

-- The token has 256 random bits and lives in the browser; here is only its SHA-256.
create table staff_device (
  id uuid primary key,
  staff_id uuid not null references staff_account,
  token_sha256 bytea not null constraint device_token_unique unique,
  -- Wrong passwords in a row from this device; counted before a password is verified.
  failures integer not null default 0 constraint device_failures_not_negative check (failures >= 0),
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  constraint device_expires_after_use check (expires_at > used_at)
);
create index staff_device_by_person on staff_device (staff_id, used_at);

create function check_devices() returns trigger language plpgsql as $$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from staff_account where id = new.staff_id for no key update;
  if (select count(*) from staff_device where staff_id = new.staff_id) > 10 then
    raise exception 'staff % has too many known devices', new.staff_id
      using errcode = 'check_violation', constraint = 'devices_within_limit';
  end if;
  return null;
end $$;
create trigger devices_within_limit after insert on staff_device for each row execute function check_devices();
