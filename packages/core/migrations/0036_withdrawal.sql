-- Withdrawal on evidence: what a registry says about a name that left its list, and what operators withdraw or block (ADR 22).

-- How a registry confirms what became of a name, in this order; and how many requests a minute its RDAP server accepts from us.
alter table registry
  add column confirm_by text[] not null default '{info,rdap}'
    constraint confirm_by_known check (confirm_by in ('{info}', '{rdap}', '{info,rdap}', '{rdap,info}')),
  add column rdap_per_minute_max integer not null default 60
    constraint rdap_per_minute_in_range check (rdap_per_minute_max between 1 and 6000);

-- The limits of RDAP servers are those of a host, whatever its port. No request can be made to an address with a user name.
alter table zone add column rdap_host text generated always as (
  lower(substring(rdap_url from '^https?://(\[[^]@]*\]|[^]/?#@:[]+)(?::[0-9]+)?(?:[/?#]|$)'))) stored;
update zone set rdap_url = null where rdap_url is not null and rdap_host is null;
alter table zone add constraint rdap_url_names_host check (rdap_url is null or rdap_host is not null);
create index zone_of_rdap_host on zone (rdap_host) where rdap_host is not null;

-- One request at a time is made to an RDAP server by all processes together, and the next one not before `free_at`.
create table rdap_host (
  host text primary key,
  -- The request under way. If its process ends first, the server is free again at `free_at`.
  request_id uuid,
  free_at timestamptz not null
);
create function check_rdap_spacing() returns trigger language plpgsql as $$
begin
  if old.free_at > clock_timestamp() then
    raise exception 'the next request to % waits until %', old.host, old.free_at
      using errcode = 'check_violation', constraint = 'rdap_requests_are_spaced';
  end if;
  return new;
end $$;
create trigger rdap_requests_are_spaced before update on rdap_host for each row
  when (new.request_id is not null and new.request_id is distinct from old.request_id) execute function check_rdap_spacing();

-- The inquiry about a suspect: what is asked next, and how it ended. A name that becomes suspect again has another suspicion.
create table confirmation (
  listing_id uuid primary key references listing,
  suspicion integer not null default 1,
  opened_at timestamptz not null,
  try_after timestamptz not null,
  -- By which means it is asked now; null until that was chosen.
  means text constraint confirmation_means_known check (means in ('info', 'rdap')),
  -- The server that is asked by RDAP.
  rdap_host text constraint rdap_confirmation_names_host check ((rdap_host is not null) = (means is not distinct from 'rdap')),
  -- Names with a holder are asked about before others.
  held boolean not null default false,
  -- Questions of this suspicion that decided nothing.
  attempts integer not null default 0,
  closed_at timestamptz,
  -- `listed`: a later list has the name. `ended`: its drop began, or the listing ended otherwise.
  result text constraint confirmation_result_known check (result in ('pending_delete', 'withdrawn', 'listed', 'ended')),
  constraint closed_confirmation_has_result check ((closed_at is null) = (result is null))
);
create index confirmation_open on confirmation (opened_at) where closed_at is null;
create index confirmation_due on confirmation (try_after) where closed_at is null and means is distinct from 'rdap';
create index confirmation_due_by_rdap on confirmation (rdap_host, held desc, try_after) where closed_at is null and means = 'rdap';

-- Every question about a suspect and what its answer showed.
create table confirmation_answer (
  id uuid primary key,
  listing_id uuid not null references confirmation,
  suspicion integer not null,
  means text not null constraint answer_means_known check (means in ('info', 'rdap')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  -- Whom was asked: our account at the registry, or an address.
  registry_account_id text references registry_account,
  url text,
  cltrid text,
  svtrid text,
  -- The EPP result code or the HTTP status.
  code integer,
  verdict text not null constraint answer_verdict_known check (verdict in ('pending_delete', 'withdrawn', 'gone', 'undecided')),
  -- What it showed, or why it decided nothing.
  finding text not null,
  statuses text[] not null default '{}',
  rgp_statuses text[] not null default '{}',
  cr_date timestamptz,
  ex_date timestamptz,
  -- Who sponsors the name: a client id, or a registrar's name.
  registrar text,
  decides boolean not null,
  constraint answer_names_whom_was_asked check (num_nonnulls(registry_account_id, url) = 1),
  constraint only_a_shown_state_decides check (not decides or (verdict in ('pending_delete', 'withdrawn') and answered_at is not null))
);
create unique index one_decision_per_suspicion on confirmation_answer (listing_id, suspicion) where decides;
create index confirmation_answer_of_listing on confirmation_answer (listing_id, asked_at);
create trigger answer_is_append_only before update or delete on confirmation_answer for each row execute function refuse_change();
create trigger answer_is_never_truncated before truncate on confirmation_answer for each statement execute function refuse_change();

-- A suspect always has an open confirmation, whoever made it suspect: no sweep has to find it.
create function follow_suspicion() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was_asked boolean := old.suspect and old.state in ('upcoming', 'open', 'closed');
  is_asked boolean := new.suspect and new.state in ('upcoming', 'open', 'closed');
begin
  if is_asked and not was_asked then
    insert into confirmation (listing_id, opened_at, try_after, held)
      values (new.id, clock_timestamp(), clock_timestamp(), new.holder is not null)
      on conflict (listing_id) do update set suspicion = confirmation.suspicion + 1, opened_at = excluded.opened_at,
        try_after = excluded.try_after, held = excluded.held, means = null, rdap_host = null, attempts = 0,
        closed_at = null, result = null;
  elsif was_asked and not is_asked then
    update confirmation set closed_at = clock_timestamp(),
        result = case when new.state = 'withdrawn' then 'withdrawn' when new.suspect then 'ended' else 'listed' end
      where listing_id = new.id and closed_at is null;
  end if;
  return null;
end $$;
revoke execute on function follow_suspicion() from public;
create trigger suspect_is_being_confirmed after update on listing for each row
  when (new.suspect is distinct from old.suspect or (new.suspect and new.state is distinct from old.state))
  execute function follow_suspicion();
insert into confirmation (listing_id, opened_at, try_after, held)
  select id, clock_timestamp(), clock_timestamp(), holder is not null from listing
  where suspect and state in ('upcoming', 'open', 'closed');
-- Without the holder, which an order changes: see ADR 18.
create index listing_suspect_and_held on listing (drop_from) where suspect
  and state in ('upcoming', 'open', 'closed');

-- The catcher that holds the account's lease asks.
alter table registry_request
  add column listing_id uuid references confirmation,
  add column held boolean not null default false,
  drop constraint registry_request_kind_known,
  add constraint registry_request_kind_known check (kind in ('renew', 'contact_create', 'info')),
  add constraint info_request_names_listing check ((kind = 'info') = (listing_id is not null));
create unique index one_open_info_request_per_listing on registry_request (listing_id) where state <> 'done';
drop index registry_request_waiting;
create index registry_request_waiting on registry_request (registry_account_id, try_after) where state <> 'done' and kind <> 'info';
create index info_request_waiting on registry_request (registry_account_id, held desc, try_after) where state <> 'done' and kind = 'info';

-- Why a listing is or is to be withdrawn, if not by what its drop showed: an answer about a suspect, or the decision of operators.
create table withdrawal (
  listing_id uuid primary key references listing,
  at timestamptz not null,
  answer_id uuid references confirmation_answer,
  -- Of operators, with the proposal where two people decided.
  reason text,
  proposal_id uuid references proposal,
  constraint withdrawal_has_one_ground check (num_nonnulls(answer_id, reason) = 1),
  constraint only_a_decision_has_proposal check (proposal_id is null or reason is not null)
);
create trigger withdrawal_is_append_only before update or delete on withdrawal for each row execute function refuse_change();
create trigger withdrawal_is_never_truncated before truncate on withdrawal for each statement execute function refuse_change();

create function check_deciding_people() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from listing where id = new.listing_id and holder is not null) then
    raise exception 'a name with a holder is withdrawn by two people'
      using errcode = 'check_violation', constraint = 'held_name_is_withdrawn_by_two';
  end if;
  return new;
end $$;
revoke execute on function check_deciding_people() from public;
create trigger held_name_is_withdrawn_by_two before insert on withdrawal for each row
  when (new.reason is not null and new.proposal_id is null) execute function check_deciding_people();

create function check_withdrawal_ground() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from withdrawal where listing_id = new.id)
    and not exists (select from catch_target where listing_id = new.id and state = 'withdrawn' and decided_at is not null
      and num_nonnulls(decided_basis, proposal_id, decided_by) > 0) then
    raise exception 'nothing shows that listing % is withdrawn', new.id
      using errcode = 'check_violation', constraint = 'withdrawn_listing_has_ground';
  end if;
  return null;
end $$;
revoke execute on function check_withdrawal_ground() from public;
create constraint trigger withdrawn_listing_has_ground after update on listing deferrable initially deferred for each row
  when (new.state = 'withdrawn' and old.state is distinct from new.state) execute function check_withdrawal_ground();

-- A target whose drop was stopped may still have a create under way: it is not withdrawn before `info` has shown what became of it.
alter table catch_target add column fired_at timestamptz;
update catch_target set fired_at = armed_at where state in ('firing', 'ambiguous', 'awaiting_award');
create function note_firing() returns trigger language plpgsql as $$
begin
  new.fired_at := clock_timestamp();
  return new;
end $$;
create trigger firing_is_noted before update on catch_target for each row
  when (new.state = 'firing' and old.state is distinct from new.state) execute function note_firing();

-- Names that are not sold, whatever lists say, until the block ends.
create table blocked_name (
  id uuid primary key,
  name text not null,
  zone text not null references zone,
  reason text not null,
  blocked_by text not null,
  blocked_at timestamptz not null,
  -- When it ends by itself; null: it lasts until an operator ends it.
  until_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  constraint block_ends_after_it_began check (least(until_at, ended_at) >= blocked_at),
  constraint ended_block_says_by_whom check (num_nonnulls(ended_at, ended_by, end_reason) in (0, 3))
);
-- Names of a list that are blocked are not listed.
alter table sync_run add column listings_blocked integer;
update sync_run set listings_blocked = 0 where state = 'published';
alter table sync_change
  drop constraint sync_change_known,
  add constraint sync_change_known check (kind in ('added', 'moved', 'suspected', 'overridden', 'too_late', 'blocked'));

create unique index one_block_per_name on blocked_name (name) where ended_at is null;
create index blocked_name_newest on blocked_name (blocked_at desc, id desc);

create function refuse_changed_block() returns trigger language plpgsql as $$
begin
  raise exception 'a block is only ended' using errcode = 'check_violation', constraint = 'block_terms_are_final';
end $$;
create trigger block_terms_are_final before update on blocked_name for each row
  when ((old.name, old.zone, old.reason, old.blocked_by, old.blocked_at, old.until_at)
        is distinct from (new.name, new.zone, new.reason, new.blocked_by, new.blocked_at, new.until_at)
    or old.ended_at is not null)
  execute function refuse_changed_block();
create trigger block_is_never_deleted before delete on blocked_name for each row execute function refuse_change();
create trigger block_is_never_truncated before truncate on blocked_name for each statement execute function refuse_change();

-- The backstop of every way to order a name.
create function check_claimed_name() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from blocked_name where name = new.name and ended_at is null
      and (until_at is null or until_at > clock_timestamp())) then
    raise exception '% is blocked', new.name using errcode = 'check_violation', constraint = 'blocked_name_is_not_claimed';
  end if;
  return new;
end $$;
revoke execute on function check_claimed_name() from public;
create trigger blocked_name_is_not_claimed before update of holder on listing for each row
  when (new.holder is not null and new.holder is distinct from old.holder) execute function check_claimed_name();

alter table proposal
  drop constraint proposal_kind_known,
  add constraint proposal_kind_known check (kind in ('target_outcome', 'bank_transfer', 'credit_limit', 'withdrawal'));

alter table alarm
  drop constraint alarm_kind_known,
  add constraint alarm_kind_known check (kind in ('lease_unheld', 'login_refused', 'account_not_ready', 'deposit_empty',
    'creates_exhausted', 'create_incomplete', 'fee_stale', 'settlement_stuck', 'target_undecided', 'target_uncaught',
    'list_late', 'list_quarantined', 'audit_chain_broken', 'worker_stopped', 'event_undelivered', 'suspect_unconfirmed'));
