-- What is kept only for a time. Evidence leaves by one way alone, which counts it.

-- Attempts of a decided target are removed down to the first, the deciding one and those that a charge of the registry names. A row
-- here is the only way: writing it removes them, and it tells how many they were and when they were sent.
create table attempt_removal (
  id uuid primary key,
  target_id uuid not null references catch_target,
  -- At most so many at once.
  attempts_max integer not null constraint attempts_max_positive check (attempts_max > 0),
  removed integer not null,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  removed_at timestamptz not null,
  constraint removal_tells_when check ((removed = 0) = (first_sent_at is null) and (removed = 0) = (last_sent_at is null))
);
create index attempt_removal_of_target on attempt_removal (target_id);

-- Targets that have attempts to remove, the earliest decided first.
alter table catch_target add column attempts_removed_at timestamptz;
create index target_with_all_attempts on catch_target (decided_at) where attempts_removed_at is null and decided_at is not null;

-- An attempt that stays for ever: the first for its target, the one whose answer decided it, and one that a charge names.
create function attempt_stays(attempt catch_attempt) returns boolean stable language sql as $$
  select exists (select from catch_target left join registry_charge using (backorder_id)
      where catch_target.id = attempt.target_id and attempt.cltrid in (deciding_cltrid, registry_charge.cltrid))
    or not exists (select from catch_attempt as earlier where earlier.target_id = attempt.target_id
      and (earlier.sent_at, earlier.cltrid) < (attempt.sent_at, attempt.cltrid))
$$;

-- Runs with its owner's rights, so that whoever prunes needs no right to delete attempts.
create function remove_attempts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from catch_target where id = new.target_id and decided_at is not null) then
    raise exception 'target % is undecided', new.target_id
      using errcode = 'check_violation', constraint = 'undecided_target_keeps_its_attempts';
  end if;
  with gone as (
    delete from catch_attempt where cltrid in (
      select cltrid from catch_attempt as attempt where target_id = new.target_id and not attempt_stays(attempt)
      order by sent_at, cltrid limit new.attempts_max)
    returning sent_at)
  select count(*), min(sent_at), max(sent_at), clock_timestamp() from gone
    into new.removed, new.first_sent_at, new.last_sent_at, new.removed_at;
  return new;
end $$;
create trigger undecided_target_keeps_its_attempts before insert on attempt_removal for each row execute function remove_attempts();
create trigger removal_is_append_only before update or delete on attempt_removal for each row execute function refuse_change();
create trigger removal_is_never_truncated before truncate on attempt_removal for each statement execute function refuse_change();

-- What changes or deletes an attempt by itself is refused, as before; a removal's own trigger is a level deeper.
drop trigger attempt_is_append_only on catch_attempt;
create trigger attempt_is_append_only before update or delete on catch_attempt for each row
  when (pg_trigger_depth() = 0) execute function refuse_change();
create trigger attempt_is_never_truncated before truncate on catch_attempt for each statement execute function refuse_change();

-- Whatever deletes attempts, from however deep.
create function refuse_removal_of_kept() returns trigger language plpgsql as $$
begin
  raise exception 'attempt % stays', old.cltrid
    using errcode = 'check_violation', constraint = 'first_and_deciding_attempt_stay';
end $$;
create trigger first_and_deciding_attempt_stay before delete on catch_attempt for each row
  when (attempt_stays(old)) execute function refuse_removal_of_kept();

-- ── what pruning looks for ──────────────────────────────────────────────────────────────────────────────────

create index provider_event_handled on provider_event (handled_at) where handled_at is not null;
create index proposal_by_end on proposal (expires_at) where state = 'proposed';
