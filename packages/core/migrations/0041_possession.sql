-- Possession of what was caught: what the registry says of each registration, and changes of it that its holder requests (ADR 24).

-- ── what the registry says ──────────────────────────────────────────────────────────────────────────────────

alter table registration
  -- By its last `info` and the time before that was asked. Null: it was not asked since the name was registered.
  add column confirmed_at timestamptz,
  add column statuses text[],
  add column rgp_statuses text[],
  add column name_servers jsonb,
  -- The ids of its contacts there, by role.
  add column contacts jsonb,
  -- When its registry is asked next. Null: never again, because it has ended. First when the drop that caught it is over.
  add column confirm_after timestamptz default clock_timestamp() + interval '1 minute',
  -- Since when it is no longer registered through us, as far as we know.
  add column ended_at timestamptz,
  add column end_reason text constraint registration_end_known check (end_reason in ('not_held', 'deleted')),
  add constraint confirmed_registration_is_described
    check (num_nonnulls(confirmed_at, statuses, rgp_statuses, name_servers, contacts) in (0, 5)),
  add constraint ended_registration_has_reason check ((ended_at is null) = (end_reason is null)),
  add constraint ended_registration_is_not_asked_about check ((ended_at is null) = (confirm_after is not null));
create index registration_to_confirm on registration (registry_account_id, confirm_after) where confirm_after is not null;
create index registration_of_account_newest_first on registration (account_id, id);
create index registration_of_account_by_name on registration (account_id, name);

-- ── changes that its holder requests ────────────────────────────────────────────────────────────────────────

create table registration_request (
  id uuid primary key,
  registration_id uuid not null,
  account_id uuid not null references account,
  kind text not null constraint registration_request_kind_known check (kind in ('name_servers', 'auth_code')),
  -- What the registration shall have: a list of name servers. An auth code is never stored, see below.
  wanted jsonb,
  state text not null constraint registration_request_state_known
    check (state in ('queued', 'processing', 'succeeded', 'failed')),
  failure_reason text constraint registration_request_failure_known
    check (failure_reason in ('refused', 'not_held', 'unavailable')),
  -- What the registry said where it refused it.
  answer_code integer,
  answer_message text,
  created_at timestamptz not null,
  decided_at timestamptz,
  constraint change_is_requested_by_the_holder
    foreign key (registration_id, account_id) references registration (id, account_id),
  constraint all_but_auth_codes_say_what_is_wanted check ((kind = 'auth_code') = (wanted is null)),
  constraint decided_registration_request_has_time check ((state in ('succeeded', 'failed')) = (decided_at is not null)),
  constraint only_failed_registration_request_has_reason check ((state = 'failed') = (failure_reason is not null))
);
create unique index one_live_change_of_a_kind on registration_request (registration_id, kind)
  where state in ('queued', 'processing');
create index registration_request_by_account on registration_request (account_id, id);
create index registration_request_by_registration on registration_request (registration_id, id);

create function refuse_changed_registration_request() returns trigger language plpgsql as $$
begin
  raise exception 'what was requested for a registration is final'
    using errcode = 'check_violation', constraint = 'registration_request_terms_are_final';
end $$;
create trigger registration_request_terms_are_final before update on registration_request for each row
  when ((old.registration_id, old.account_id, old.kind, old.wanted, old.created_at)
        is distinct from (new.registration_id, new.account_id, new.kind, new.wanted, new.created_at))
  execute function refuse_changed_registration_request();

-- An auth code is derived from the salt and a secret that only the gateway and the catcher have. Without its salt nobody can derive it
-- again: the salt is removed when the code is shown, and when it is no longer valid.
create table auth_code (
  request_id uuid primary key references registration_request,
  salt bytea constraint auth_code_salt_is_long check (octet_length(salt) >= 32),
  -- Which secret the catcher derived it with; null: it was not set yet.
  secret_id text,
  valid_until timestamptz,
  shown_at timestamptz,
  constraint set_auth_code_has_end check ((secret_id is null) = (valid_until is null)),
  constraint only_a_set_auth_code_is_shown check (shown_at is null or secret_id is not null),
  constraint shown_auth_code_has_no_salt check (shown_at is null or salt is null)
);
create function refuse_auth_code_again() returns trigger language plpgsql as $$
begin
  raise exception 'an auth code is shown once'
    using errcode = 'check_violation', constraint = 'auth_code_is_shown_once';
end $$;
create trigger auth_code_is_shown_once before update on auth_code for each row
  when ((old.salt is null and new.salt is not null) or (old.shown_at is not null and new.shown_at is distinct from old.shown_at))
  execute function refuse_auth_code_again();

-- ── what the catcher is asked for ───────────────────────────────────────────────────────────────────────────

alter table registry_request
  add column registration_request_id uuid references registration_request,
  drop constraint registry_request_kind_known,
  add constraint registry_request_kind_known
    check (kind in ('renew', 'contact_create', 'info', 'registration_change', 'auth_code_unset')),
  add constraint change_request_names_what_was_requested
    check ((kind in ('registration_change', 'auth_code_unset')) = (registration_request_id is not null));
create unique index one_registry_request_per_change on registry_request (registration_request_id, kind)
  where registration_request_id is not null;

create function check_live_change_is_asked_for() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from registry_request where registration_request_id = new.id and kind = 'registration_change') then
    raise exception 'nobody was asked to carry out request %', new.id
      using errcode = 'check_violation', constraint = 'live_change_is_asked_for';
  end if;
  return null;
end $$;
revoke execute on function check_live_change_is_asked_for() from public;
create constraint trigger live_change_is_asked_for after insert or update of state on registration_request
  deferrable initially deferred for each row when (new.state in ('queued', 'processing'))
  execute function check_live_change_is_asked_for();

-- ── events ──────────────────────────────────────────────────────────────────────────────────────────────────

alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in ('backorder.held', 'backorder.expired', 'backorder.secured',
    'backorder.rescheduled', 'backorder.premium_flagged', 'backorder.registering', 'backorder.successful', 'backorder.failed',
    'renewal.paid', 'renewal.expired', 'renewal.successful', 'renewal.failed', 'registration.ended',
    'registration_request.succeeded', 'registration_request.failed', 'refund.succeeded', 'refund.failed',
    'payment.failed', 'payment.disputed', 'payment.dispute_won', 'payment.charged_back', 'account.topped_up',
    'account.top_up_reversed', 'invoice.issued', 'credit_note.issued', 'alarm.opened', 'alarm.closed'));
