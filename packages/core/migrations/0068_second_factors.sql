-- What proves who a person is, and when it was last proven: some changes need a recent proof (ADR 40).
alter table staff_session
  add column proven_at timestamptz not null default clock_timestamp(),
  add column second_factor boolean not null default false,
  add column source text not null default '',
  add column user_agent text not null default '';
update staff_session set proven_at = created_at;

alter table staff_device add column user_agent text not null default '';

-- Codes by RFC 6238. The secret is encrypted with a key of the settings; one that is not confirmed yet has no effect.
create table staff_totp (
  id uuid not null,
  staff_id uuid not null references staff_account (id),
  secret bytea not null,
  key_id text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  used_step bigint,
  constraint staff_totp_pkey primary key (id),
  constraint used_step_is_of_confirmed check ((confirmed_at is null) = (used_step is null))
);
create unique index one_totp_per_person on staff_totp (staff_id) where confirmed_at is not null;
create unique index one_pending_totp_per_person on staff_totp (staff_id) where confirmed_at is null;

-- A code that was accepted, or an earlier one, is never accepted again (RFC 6238 §5.2).
create function check_totp_step() returns trigger language plpgsql as $$
begin
  if new.used_step <= old.used_step then
    raise exception 'the code of step % was used already', new.used_step
      using errcode = 'check_violation', constraint = 'totp_step_is_used_once';
  end if;
  return new;
end $$;
create trigger totp_step_is_used_once before update on staff_totp
  for each row when (old.used_step is not null) execute function check_totp_step();

create table staff_recovery_code (
  staff_id uuid not null references staff_account (id),
  code_sha256 bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint recovery_code_unique primary key (staff_id, code_sha256)
);

-- A sign-in whose password was right and whose code is still missing.
create table staff_challenge (
  token_sha256 bytea not null,
  staff_id uuid not null references staff_account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint challenge_token_unique primary key (token_sha256),
  constraint challenge_is_short check (expires_at <= created_at + interval '10 minutes')
);
create index staff_challenge_by_expiry on staff_challenge (expires_at);
