-- The policy of a zone, changes of many schedules at once, and what a moved drop leaves behind.

-- How its registry releases names, and what the catcher does after the window. Zones keep the grace that operators gave them; a new
-- one has 48 hours.
alter table zone
  add column release text not null default 'daily_batch' constraint zone_release_known
    check (release in ('daily_batch', 'exact_instant', 'random_in_window', 'open_window', 'applications')),
  -- Local starts of further batches of the day, besides `drop_starts_at`.
  add column drop_also_at time[] not null default '{}' constraint further_batches_are_later check (
    array_position(drop_also_at, null) is null and cardinality(drop_also_at) <= 23
    and (cardinality(drop_also_at) = 0 or drop_also_at[1] > drop_starts_at)),
  -- The grace begins at full pace; afterwards a name is tried once per `grace_probe_seconds`, within a share of the account's limits.
  add column grace_full_seconds integer not null default 3600 constraint grace_full_not_negative check (grace_full_seconds >= 0),
  add column grace_probe_seconds integer not null default 600 constraint grace_probe_positive check (grace_probe_seconds > 0),
  add column grace_share_percent integer not null default 10 constraint grace_share_is_a_share
    check (grace_share_percent between 1 and 100),
  alter column grace_seconds set default 172800;

update zone set release = case registry.profile
    when 'generic' then 'exact_instant'
    when 'uk-like' then 'exact_instant'
    when 'nomulus-like' then 'exact_instant'
    when 'strict-like' then 'exact_instant'
    when 'nl-like' then 'random_in_window'
    when 'nz-like' then 'open_window'
    when 'dropzone-like' then 'applications'
    else 'daily_batch'
  end
from registry where registry.id = zone.registry_id;

-- Policies that were in force before: they tell from which time of a list a listing's window was made.
create table past_zone_policy (
  zone text not null references zone,
  replaced_at timestamptz not null,
  drop_time_zone text not null,
  drop_starts_at time not null,
  drop_also_at time[] not null,
  drop_lasts_seconds integer not null,
  early_seconds integer not null,
  late_seconds integer not null,
  cutoff_lead_seconds integer not null,
  constraint past_zone_policy_pkey primary key (zone, replaced_at)
);

-- A target that is armed again is another arming: what a catcher learned in the drop before is told from what it learns now.
alter table catch_target add column arming integer not null default 1;

-- A change of the schedules of many listings. A draft is its preview.
create table schedule_change (
  id uuid primary key,
  kind text not null constraint schedule_change_kind_known
    check (kind in ('window', 'shift', 'cutoff_lead', 'skip_day', 'drop_moved', 'policy')),
  drop_from timestamptz,
  drop_to timestamptz,
  cutoff_at timestamptz,
  shift_seconds integer,
  cutoff_lead_seconds integer constraint changed_lead_not_negative check (cutoff_lead_seconds >= 0),
  -- Which listings were meant.
  filter jsonb not null,
  -- What the preview showed.
  preview jsonb not null,
  state text not null constraint schedule_change_state_known
    check (state in ('draft', 'applying', 'stopped', 'applied', 'undoing', 'undone')),
  reason text,
  -- The person, or the name of the command, who made it; who applied it is in the audit too.
  made_by uuid references staff_account,
  made_by_name text not null,
  made_at timestamptz not null,
  applied_at timestamptz,
  finished_at timestamptz,
  -- The last listing that was applied, or undone, in the order of their ids: the next batch need not look at what is done.
  reached uuid,
  undo_reason text,
  undone_by uuid references staff_account,
  undone_by_name text,
  undone_at timestamptz,
  constraint change_says_what check (
    case kind
      when 'window' then num_nonnulls(drop_from, drop_to) = 2 and num_nonnulls(shift_seconds, cutoff_lead_seconds) = 0
      when 'drop_moved' then num_nonnulls(drop_from, drop_to) = 2 and num_nonnulls(cutoff_at, shift_seconds, cutoff_lead_seconds) = 0
      when 'shift' then shift_seconds is not null and num_nonnulls(drop_from, drop_to, cutoff_at, cutoff_lead_seconds) = 0
      when 'cutoff_lead' then cutoff_lead_seconds is not null and num_nonnulls(drop_from, drop_to, cutoff_at, shift_seconds) = 0
      else num_nonnulls(drop_from, drop_to, cutoff_at, shift_seconds, cutoff_lead_seconds) = 0
    end),
  constraint applied_change_has_a_reason check (state = 'draft' or (btrim(reason) <> '' and reason is not null and applied_at is not null)),
  constraint undone_change_has_a_reason check (
    state not in ('undoing', 'undone') or (undo_reason is not null and btrim(undo_reason) <> '' and undone_by_name is not null)),
  constraint ended_change_has_time check (
    (state not in ('applied', 'stopped') or finished_at is not null) and (state <> 'undone' or undone_at is not null))
);
create index schedule_change_by_time on schedule_change (made_at desc, id);
create index schedule_change_under_way on schedule_change (applied_at, id) where state in ('applying', 'undoing');

-- A listing of a change: as the preview saw it, and what was done with it.
create table schedule_change_listing (
  change_id uuid not null references schedule_change,
  -- No foreign key: its check would lock as many listings as the preview has, and claims would wait.
  listing_id uuid not null,
  version integer not null,
  state text not null,
  holder text not null constraint change_listing_holder_known check (holder in ('none', 'unpaid', 'secured')),
  -- Of its catch target; null where it has none.
  target text,
  cutoff_at timestamptz not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  effect text not null constraint change_effect_known
    check (effect in ('moves', 'reopens', 'closes', 'stops', 'unchanged', 'not_movable')),
  -- Null: not reached yet.
  result text constraint change_result_known check (result in ('applied', 'unchanged', 'skipped')),
  -- Why it was skipped, and what had changed since the preview.
  skipped_for text,
  changed text[],
  override_id uuid,
  -- What it was moved to, and how many versions the listing had then.
  cutoff_after timestamptz,
  drop_from_after timestamptz,
  drop_to_after timestamptz,
  undo_result text constraint change_undo_result_known check (undo_result in ('undone', 'skipped')),
  undo_skipped_for text,
  constraint schedule_change_listing_pkey primary key (change_id, listing_id),
  constraint skipped_listing_has_a_cause check ((result is not distinct from 'skipped') = (skipped_for is not null)),
  constraint applied_listing_has_schedule check ((result is not distinct from 'applied') = (drop_from_after is not null)),
  constraint only_the_applied_is_undone check (undo_result is null or result is not distinct from 'applied'),
  constraint skipped_undo_has_a_cause check ((undo_result is not distinct from 'skipped') = (undo_skipped_for is not null))
);
create index schedule_change_of_listing on schedule_change_listing (listing_id);

-- An override is of a change; one of a single listing is a change with one listing. Older ones have none.
alter table schedule_override
  add column change_id uuid references schedule_change,
  alter column applied_by drop not null,
  drop constraint undo_is_whole,
  add constraint override_is_by_somebody check (applied_by is not null or change_id is not null),
  add constraint undo_is_whole check (
    (undone_at is null) = (undo_reason is null) and (undone_at is null) = (drop_from_returned_to is null)
    and (undone_at is not null or undone_by is null));
-- Who undid it, where that was no person in the console.
alter table schedule_override add column undone_by_name text;

alter table schedule_change_listing add constraint change_made_the_override foreign key (override_id) references schedule_override;
