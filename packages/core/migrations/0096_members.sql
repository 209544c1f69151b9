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
  -- The invitation by whose link they signed up. No foreign key: it counts where it is one to this address, and else means nothing.
  invitation_id uuid,
  account_id uuid references account,
  role text constraint member_role_known check (role in ('owner', 'buyer', 'viewer')),
  -- Their name and address are gone; what they did stays (rule 31).
  erased_at timestamptz,
  constraint member_has_a_name check (length(name) between 1 and 60),
  constraint member_email_unique unique (email),
  constraint member_email_is_lower_case check (email = lower(email)),
  constraint erased_member_has_no_account check (erased_at is null or account_id is null),
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

-- An account that people belong to keeps an owner until it is closed: else nobody could invite, pay or close it, and what is on its balance
-- would be nobody's.
create function check_account_has_owner() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from member where account_id = old.account_id and role = 'owner')
    and exists (select from account where id = old.account_id and closed_at is null) then
    raise exception 'account % has no owner', old.account_id
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
  add constraint key_of_session_expires check (session_id is null or expires_at is not null);
create unique index session_has_one_key on api_key (session_id) where revoked_at is null;
create index key_of_session_by_end on api_key (expires_at) where session_id is not null;
-- By which the removal of a key sees whether anything names it.
create index api_key_by_maker on api_key (made_by) where made_by is not null;
create index bulk_order_of_key on bulk_order (key_id);

create function revoke_key_of_session() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp() where session_id = old.id and revoked_at is null;
  if found then execute 'select pg_notify(''droplock_keys'', '''')'; end if;
  return null;
end $$;
revoke execute on function revoke_key_of_session() from public;
create trigger ended_session_has_no_key after delete on member_session for each row execute function revoke_key_of_session();

-- Another role is another key: the old one is refused at once.
create function revoke_keys_of_member() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp()
    where session_id in (select id from member_session where member_id = new.id) and revoked_at is null;
  if found then execute 'select pg_notify(''droplock_keys'', '''')'; end if;
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

-- Whoever signs up by its link and confirms this address joins the account instead of opening one.
create table member_invitation (
  id uuid primary key,
  account_id uuid not null references account,
  email text not null constraint invited_email_is_lower_case check (email = lower(email)),
  role text not null constraint invited_role_known check (role in ('owner', 'buyer', 'viewer')),
  invited_by uuid not null references member,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint one_invitation_per_address unique (account_id, email)
);
create index member_invitation_by_end on member_invitation (expires_at);

-- Requests of a source to one path of sign-up and sign-in (better-auth's rate limit), mails to an address and guesses at a password: for
-- all servers together.
create table member_request_count (
  id uuid primary key,
  key text not null,
  count integer not null,
  -- Milliseconds since 1970.
  last_request bigint not null,
  constraint member_request_count_key_unique unique (key)
);
create index member_request_count_by_time on member_request_count (last_request);

-- A closed account has no keys and no endpoints, watches nothing and invites nobody. Who its people were is erased, and so are the contacts
-- that no registered name needs and a billing profile that no invoice names; orders, payments and invoices stay (rule 31).
create function end_closed_account() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update api_key set revoked_at = clock_timestamp() where account_id = new.id and revoked_at is null;
  execute 'select pg_notify(''droplock_keys'', '''')';
  update event_receiver set deleted_at = clock_timestamp(), version = version + 1,
      disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_reason = coalesce(disabled_reason, 'requested')
    where account_id = new.id and deleted_at is null;
  delete from watch where account_id = new.id;
  with needed as (
    select contact_id from registration join backorder on backorder.id = registration.backorder_id,
      lateral unnest(array[registrant_id, admin_id, tech_id, billing_id]) as contact_id
    where registration.account_id = new.id and ended_at is null
    union
    select registry_contact.contact_id from registration join registry_contact
        on registry_contact.registry_account_id = registration.registry_account_id
          and registry_contact.handle in (select value from jsonb_each_text(registration.contacts))
    where registration.account_id = new.id and ended_at is null
  ), unneeded as (
    select id from account_contact where account_id = new.id and deleted_at is null
      and not exists (select from contact where account_contact_id = account_contact.id and id in (select contact_id from needed))
  ), erased as (
    update contact set details = null where account_contact_id in (select id from unneeded)
  )
  update account_contact set deleted_at = clock_timestamp(), is_default = false where id in (select id from unneeded);
  delete from billing_profile where account_id = new.id and not exists (select from invoice where account_id = new.id);
  delete from member_invitation where account_id = new.id;
  delete from member_session where member_id in (select id from member where account_id = new.id);
  delete from member_credential where member_id in (select id from member where account_id = new.id);
  update member set email = 'erased-' || id || '@erased.invalid', name = 'Erased', image = null, account_id = null, role = null,
    erased_at = clock_timestamp() where account_id = new.id;
  return null;
end $$;
revoke execute on function end_closed_account() from public;
create trigger closed_account_keeps_what_law_keeps after update of closed_at on account for each row
  when (old.closed_at is null and new.closed_at is not null) execute function end_closed_account();
