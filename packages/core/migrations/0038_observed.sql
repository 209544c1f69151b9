-- When names really dropped, how far that is from what was expected, and submission windows that follow it (ADR 21).

-- How much earlier or later than expected a submission window may be moved automatically.
alter table zone
  add column drift_earlier_seconds_max integer not null default 900 constraint drift_earlier_not_negative
    check (drift_earlier_seconds_max >= 0),
  add column drift_later_seconds_max integer not null default 3600 constraint drift_later_not_negative
    check (drift_later_seconds_max >= 0);

-- `drop_from` and `drop_to` of a target are its submission window. What its schedule says stays beside it, and which change by drift is in
-- force; null: it is submitted as the schedule says.
alter table catch_target
  add column expected_from timestamptz,
  add column expected_to timestamptz,
  add column drift_change_id uuid references schedule_change;
update catch_target set expected_from = drop_from, expected_to = drop_to;
create index target_by_expected on catch_target (registry_id, expected_from);
-- Which names are still registered is asked every second, of targets with thousands of attempts.
create index attempt_that_found_registered on catch_attempt (target_id, sent_at) where command = 'info' and code = 1000;

create function keep_expected_window() returns trigger language plpgsql as $$
begin
  -- A target that is armed again begins with the window of its schedule. A new one has no row before it.
  if new.arming <> old.arming then new.drift_change_id := null; end if;
  if new.drift_change_id is null then
    new.expected_from := new.drop_from;
    new.expected_to := new.drop_to;
  end if;
  return new;
end $$;
create trigger expected_window_is_kept before insert or update of arming, drop_from, drop_to on catch_target
  for each row execute function keep_expected_window();

create function check_submission_window() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from listing where id = new.listing_id and cutoff_at > new.drop_from) then
    raise exception 'target % would be submitted before its cut-off', new.id
      using errcode = 'check_violation', constraint = 'submission_follows_cutoff';
  end if;
  return new;
end $$;
revoke execute on function check_submission_window() from public;
create trigger submission_follows_cutoff before update of drop_from on catch_target for each row
  when (new.drift_change_id is not null and new.drop_from is distinct from old.drop_from) execute function check_submission_window();

-- A change by drift: how much the start and the end of submission windows differ from what the schedules say.
alter table schedule_change
  add column from_shift_seconds integer,
  add column to_shift_seconds integer,
  drop constraint schedule_change_kind_known,
  add constraint schedule_change_kind_known
    check (kind in ('window', 'shift', 'cutoff_lead', 'skip_day', 'drop_moved', 'policy', 'drift')),
  add constraint only_drift_moves_submission check (
    num_nonnulls(from_shift_seconds, to_shift_seconds) = case kind when 'drift' then 2 else 0 end);

-- What shows when a name went.
create table observed_drop (
  -- No foreign key: its check would lock as many listings as a list has names, and claims would wait.
  listing_id uuid not null,
  -- `create`: by our create, which registered it. `creation_date`: by the date of the registration that followed. `flip`: `info` showed it
  -- registered, and then free. `list`: the registry's list of the names that it deleted on a day.
  kind text not null constraint observed_kind_known check (kind in ('create', 'creation_date', 'flip', 'list')),
  zone text not null references zone,
  -- The batch that it was expected in: the local day on which its window began, and the window by its schedule.
  day date not null,
  expected_from timestamptz not null,
  expected_to timestamptz not null,
  -- It went after the first and not after the second, by the clock of the registry. Null: nobody looked before.
  at_from timestamptz,
  at_to timestamptz not null,
  -- False: it went too long before or after to be of this batch. Then it says nothing about drift.
  in_batch boolean not null,
  -- Our transaction id of the command whose answer showed it, or the run of the list.
  evidence text not null,
  recorded_at timestamptz not null,
  constraint observed_drop_pkey primary key (listing_id, kind),
  constraint observed_interval_ordered check (at_from <= at_to),
  constraint observed_window_ordered check (expected_from <= expected_to)
);
create index observed_drop_of_batch on observed_drop (zone, day);
create trigger observed_drop_is_append_only before update or delete on observed_drop for each row execute function refuse_change();
create trigger observed_drop_is_never_truncated before truncate on observed_drop for each statement execute function refuse_change();

-- The names of a zone that are expected on one local day: how far off they are, and what their submission windows follow.
create table batch_drift (
  zone text not null references zone,
  day date not null,
  -- When it is measured next. Null: nothing is under way.
  measure_at timestamptz,
  measured_at timestamptz,
  -- Targets, those of them whose result is open, and those that were observed in this batch.
  names integer not null default 0,
  open integer not null default 0,
  observed integer not null default 0,
  -- Later than expected, or earlier where it is negative; null: none was observed. The spread is that of the middle 80 %.
  median_seconds double precision,
  spread_seconds double precision,
  earliest_seconds double precision,
  latest_seconds double precision,
  from_shift_seconds integer not null default 0,
  to_shift_seconds integer not null default 0,
  change_id uuid references schedule_change,
  -- Names go further from their windows than the policy lets submissions follow.
  beyond boolean not null default false,
  constraint batch_drift_pkey primary key (zone, day),
  constraint only_observed_drift_has_median check ((observed = 0) = (median_seconds is null))
);
create index batch_drift_due on batch_drift (measure_at) where measure_at is not null;
create index batch_drift_beyond on batch_drift (day) where beyond;

alter table alarm
  drop constraint alarm_kind_known,
  add constraint alarm_kind_known check (kind in ('lease_unheld', 'login_refused', 'account_not_ready', 'deposit_empty',
    'creates_exhausted', 'create_incomplete', 'fee_stale', 'settlement_stuck', 'target_undecided', 'target_uncaught',
    'list_late', 'list_quarantined', 'audit_chain_broken', 'worker_stopped', 'event_undelivered', 'suspect_unconfirmed',
    'held_name_reserved', 'drop_off_schedule'));

insert into batch_drift (zone, day, measure_at)
  select zone.name, (target.expected_from at time zone zone.drop_time_zone)::date as day,
    min(target.expected_from - make_interval(secs => zone.drift_earlier_seconds_max))
  from catch_target as target join listing on listing.id = target.listing_id join zone on zone.name = listing.zone
  where target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
  group by zone.name, day;
