-- Several of our accounts at one registry may try the same name (ADR 34). What is true of one account's creates is a row of its own;
-- the state of the target says what is true of all of them.

alter table registry_account
  drop constraint one_account_per_registry,
  add constraint one_account_per_clid unique (registry_id, clid),
  -- The lease in which sessions were last opened, and until when an earlier one may have sent: what an account that is driven no
  -- more left unanswered is decided after it, by the others.
  add column driven_epoch bigint,
  add column driven_until timestamptz;

-- Rows of undecided targets alone: they are removed when their target is decided.
create table target_try (
  target_id uuid not null references catch_target,
  registry_account_id text not null references registry_account,
  -- Of the target's: a try of an earlier arming says nothing about this drop.
  arming integer not null,
  state text not null constraint target_try_state_known check (state in (
    'firing',
    'ambiguous',
    'awaiting_award',
    'ended')),
  changed_at timestamptz not null,
  -- What this account's answers showed, where it has nothing left to try while another account has.
  outcome text constraint try_outcome_known check (outcome in ('lost', 'missed', 'premium', 'withdrawn', 'refused')),
  basis text constraint try_basis_known check (basis in ('create', 'info', 'fee_check', 'rdap', 'presumed')),
  code integer,
  cltrid text,
  holder_clid text,
  holder_created_at timestamptz,
  constraint one_try_per_account primary key (target_id, registry_account_id),
  constraint ended_try_has_outcome check ((state = 'ended') = (outcome is not null))
);

-- Accounts were one per registry until here. Those that are driven now have opened their sessions in the present lease.
insert into target_try (target_id, registry_account_id, arming, state, changed_at)
  select target.id, account.id, target.arming, target.state, clock_timestamp()
  from catch_target as target join registry_account as account on account.registry_id = target.registry_id
  where target.state in ('firing', 'ambiguous', 'awaiting_award');
update registry_account set driven_epoch = lease_epoch where lease_owner is not null;

-- Since when an account sends nothing: the end of the last lease in which it had sessions. In the future while it is driven.
create function silent_since(account registry_account) returns timestamptz language sql stable
  set search_path = public, pg_temp
  return case when account.lease_owner is not null and account.driven_epoch = account.lease_epoch
    then account.lease_expires_at else account.driven_until end;

-- A loss ends a target when no account of ours has an unanswered create or is still to decide. Conclusive by itself is what `info`
-- shows: a registration by somebody else; and what it shows of the name a minute after an account sent its last command.
create function check_loss() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'lost' and exists (
      select from registry_account where registry_id = new.registry_id and clid = new.holder_clid) then
    raise exception '% has a client id of ours', new.name
      using errcode = 'check_violation', constraint = 'a_lost_name_is_held_by_others';
  end if;
  if new.decided_by is not null
    and not (new.state = 'lost' and new.decided_basis = 'info' and new.winner_created_at is not null)
    and exists (
      select from target_try as try join registry_account as account on account.id = try.registry_account_id
      where try.target_id = new.id and try.registry_account_id <> new.decided_by and try.arming = new.arming
        and try.state <> 'ended'
        and not (new.decided_basis = 'info' and coalesce(silent_since(account) <= clock_timestamp() - interval '1 minute', false))) then
    raise exception 'another account of ours may hold %', new.name
      using errcode = 'check_violation', constraint = 'a_loss_ends_every_try';
  end if;
  return null;
end $$;
revoke execute on function check_loss() from public;
create trigger a_loss_is_certain after update of state on catch_target for each row
  when (new.state is distinct from old.state and new.state in ('lost', 'missed', 'premium', 'withdrawn', 'refused'))
  execute function check_loss();
