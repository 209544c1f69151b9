-- What is kept only for a time. Evidence leaves by one way alone, which counts it.

-- Attempts of a decided target are removed down to the first, the deciding one and the one that a charge of the registry names. A
-- row here is the only way: writing it removes them, and it tells how many they were and when they were sent.
create table attempt_removal (
  id uuid primary key,
  target_id uuid not null references catch_target,
  -- At most so many at once.
  attempts_max integer not null constraint attempts_max_positive check (attempts_max > 0),
  removed integer not null constraint removal_is_of_something check (removed > 0),
  first_sent_at timestamptz not null,
  last_sent_at timestamptz not null,
  removed_at timestamptz not null
);
create index attempt_removal_of_target on attempt_removal (target_id);

-- Targets that have attempts to remove, the earliest decided first.
alter table catch_target add column attempts_removed_at timestamptz;
create index target_with_all_attempts on catch_target (decided_at) where attempts_removed_at is null and decided_at is not null;

-- Runs with its owner's rights, so that whoever prunes needs no right to delete attempts. A removal of nothing is not written.
create function remove_attempts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept text[];
begin
  select array_remove(array[deciding_cltrid, registry_charge.cltrid,
      (select cltrid from catch_attempt where target_id = target.id order by sent_at, cltrid limit 1)], null)
    from catch_target as target left join registry_charge using (backorder_id)
    where target.id = new.target_id and decided_at is not null
    into kept;
  if not found then
    raise exception 'target % is undecided', new.target_id
      using errcode = 'check_violation', constraint = 'undecided_target_keeps_its_attempts';
  end if;
  with gone as (
    delete from catch_attempt where cltrid in (
      select cltrid from catch_attempt where target_id = new.target_id and cltrid <> all (kept)
      order by sent_at, cltrid limit new.attempts_max)
    returning sent_at)
  select count(*), min(sent_at), max(sent_at), clock_timestamp() from gone
    into new.removed, new.first_sent_at, new.last_sent_at, new.removed_at;
  return case when new.removed > 0 then new end;
end $$;
create trigger undecided_target_keeps_its_attempts before insert on attempt_removal for each row execute function remove_attempts();
create trigger removal_is_append_only before update or delete on attempt_removal for each row execute function refuse_change();
create trigger removal_is_never_truncated before truncate on attempt_removal for each statement execute function refuse_change();

-- What changes or deletes an attempt by itself is refused, as before; a removal's own trigger is a level deeper.
drop trigger attempt_is_append_only on catch_attempt;
create trigger attempt_is_append_only before update or delete on catch_attempt for each row
  when (pg_trigger_depth() = 0) execute function refuse_change();
create trigger attempt_is_never_truncated before truncate on catch_attempt for each statement execute function refuse_change();

-- Whatever deletes attempts, from however deep. Once for a statement: for each row it took two thirds of a removal's time.
create function refuse_removal_of_kept() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (
      select from gone join catch_target on catch_target.id = gone.target_id left join registry_charge using (backorder_id)
      where gone.cltrid in (deciding_cltrid, registry_charge.cltrid))
    or exists (
      select from (select distinct on (target_id) target_id, sent_at, cltrid from gone order by target_id, sent_at, cltrid) as earliest
      where not exists (select from catch_attempt as kept where kept.target_id = earliest.target_id
        and (kept.sent_at, kept.cltrid) < (earliest.sent_at, earliest.cltrid))) then
    raise exception 'the first attempt and those that decided or were charged stay'
      using errcode = 'check_violation', constraint = 'first_and_deciding_attempt_stay';
  end if;
  return null;
end $$;
revoke execute on function remove_attempts(), refuse_removal_of_kept() from public;
create trigger first_and_deciding_attempt_stay after delete on catch_attempt referencing old table as gone
  for each statement execute function refuse_removal_of_kept();

-- ── what pruning looks for ──────────────────────────────────────────────────────────────────────────────────

create index provider_event_handled on provider_event (handled_at) where handled_at is not null;
create index proposal_by_end on proposal (expires_at) where state = 'proposed';
