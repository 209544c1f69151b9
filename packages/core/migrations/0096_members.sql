-- People of accounts, who sign in to the marketplace (ADR 50). The first four tables are better-auth's, which reads and writes them; the
-- columns of an account and of terms are written by our use cases alone.

create table member (
  id uuid primary key,
  email text not null,
  name text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Pages and mails.
  language text not null constraint member_language_known check (language in ('en', 'zh')),
  -- Of the account that is opened for them.
  currency currency not null,
  terms_version text not null,
  terms_accepted_at timestamptz not null,
  account_id uuid references account,
  role text constraint member_role_known check (role in ('owner', 'buyer', 'viewer')),
  -- Their name and address are gone; what they did stays (rule 30).
  erased_at timestamptz,
  constraint member_email_unique unique (email),
  constraint member_email_is_lower_case check (email = lower(email)),
  constraint member_of_account_has_role check (num_nonnulls(account_id, role) in (0, 2)),
  constraint only_verified_member_has_account check (account_id is null or email_verified or erased_at is not null)
);
create index member_of_account on member (account_id) where account_id is not null;

create table member_session (
  id uuid primary key,
  token text not null,
  member_id uuid not null references member on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  constraint member_session_token_unique unique (token)
);
create index member_session_of_member on member_session (member_id);
create index member_session_by_end on member_session (expires_at);

create table member_credential (
  id uuid primary key,
  member_id uuid not null references member on delete cascade,
  subject text not null,
  provider text not null constraint member_credential_is_a_password check (provider = 'credential'),
  -- Argon2id in its text form.
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint one_password_per_member unique (member_id, provider)
);

create table member_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index member_verification_by_identifier on member_verification (identifier);
create index member_verification_by_end on member_verification (expires_at);

-- An account that people belong to has an owner: else nobody could invite, pay or close it.
create function check_account_has_owner() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from member where account_id = old.account_id)
    and not exists (select from member where account_id = old.account_id and role = 'owner') then
    raise exception 'account % has people and no owner', old.account_id
      using errcode = 'check_violation', constraint = 'account_of_members_has_owner';
  end if;
  return null;
end $$;
revoke execute on function check_account_has_owner() from public;
create constraint trigger account_of_members_has_owner after update of account_id, role or delete on member
  deferrable initially deferred for each row when (old.role = 'owner') execute function check_account_has_owner();

-- A session's key: what the pages send to the gateway. Made by the marketplace, valid for minutes, and gone with the session.
alter table api_key
  add column session_id uuid,
  add constraint session_has_one_key unique (session_id),
  add constraint key_of_session_expires check (session_id is null or expires_at is not null);

create function revoke_key_of_session() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp(), session_id = null where session_id = old.id and revoked_at is null;
  if found then perform pg_notify('droplock_keys', ''); end if;
  return null;
end $$;
revoke execute on function revoke_key_of_session() from public;
create trigger ended_session_has_no_key after delete on member_session for each row execute function revoke_key_of_session();

-- Another role is another key: the old one is refused at once.
create function revoke_keys_of_member() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp(), session_id = null
    where session_id in (select id from member_session where member_id = new.id) and revoked_at is null;
  if found then perform pg_notify('droplock_keys', ''); end if;
  return null;
end $$;
revoke execute on function revoke_keys_of_member() from public;
create trigger changed_member_has_no_key after update of account_id, role on member for each row
  when (old.account_id is distinct from new.account_id or old.role is distinct from new.role) execute function revoke_keys_of_member();

-- The accounts by whose keys visitors read, one for each currency that is sold in. They order nothing.
create table visitor_account (
  currency currency primary key,
  account_id uuid not null references account
);

-- Whoever confirms this address joins the account instead of opening one.
create table member_invitation (
  id uuid primary key,
  account_id uuid not null references account,
  email text not null constraint invited_email_is_lower_case check (email = lower(email)),
  role text not null constraint invited_role_known check (role in ('owner', 'buyer', 'viewer')),
  invited_by uuid not null references member,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint one_invitation_per_address unique (email)
);
create index member_invitation_of_account on member_invitation (account_id);

-- Requests of an address to one path of sign-up and sign-in, for all servers together (better-auth's rate limit).
create table member_request_count (
  id uuid primary key,
  key text not null,
  count integer not null,
  -- Milliseconds since 1970.
  last_request bigint not null,
  constraint member_request_count_key_unique unique (key)
);
