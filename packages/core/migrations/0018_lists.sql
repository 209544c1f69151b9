-- Lists that come again, lists that hold nothing, runs whose process ended, and times that fit.

alter table sync_run
  -- What was declared of the list beside its octets: the same octets with another declaration are another list.
  add column declared_drop_date date,
  add column declared_scope_kind text constraint declared_scope_kind_known check (declared_scope_kind in ('snapshot', 'increment')),
  -- Counted over all rows; of the rejects themselves only some of each reason are kept.
  add column rejects_by_reason jsonb not null default '{}',
  -- A later publication of the same source says otherwise.
  add column superseded_at timestamptz constraint superseded_run_was_published check (superseded_at is null or state = 'published'),
  -- Said again and again while a process reads the list; one that is silent is gone.
  add column alive_at timestamptz not null default clock_timestamp();

update sync_run set rejects_by_reason = counted.reasons
from (select run_id, jsonb_object_agg(reason, count) as reasons
  from (select run_id, reason, count(*) as count from sync_reject group by run_id, reason) as each group by run_id) as counted
where counted.run_id = sync_run.id;

update sync_run set quarantine_reasons = array_replace(quarantine_reasons, 'truncated_snapshot', 'truncated')
where 'truncated_snapshot' = any(quarantine_reasons);

-- Lists that were taken before are known again.
create function pg_temp.date_in(file_name text) returns date language plpgsql as $$
begin
  return substring(file_name from '\d{4}-\d{2}-\d{2}')::date;
exception when others then
  return null;
end $$;
update sync_run set
  declared_drop_date = case when format = 'pl-text' then coalesce(
    case when uploaded_by is not null and scope_from = scope_to then scope_from end,
    pg_temp.date_in(regexp_replace(source, '^.*[#/]', ''))) end,
  declared_scope_kind = case
    when not truncated and scope_kind <> case format when 'pl-text' then 'increment' else 'snapshot' end then scope_kind end
where format in ('pl-text', 'ietf-csv');
drop function pg_temp.date_in(text);

update sync_run set superseded_at = clock_timestamp()
where state = 'published' and exists (select from sync_run as later
  where later.state = 'published' and later.registry_id = sync_run.registry_id and later.published_at > sync_run.published_at
    and (sync_run.uploaded_by is not null or (later.uploaded_by is null and later.source = sync_run.source))
    and 'snapshot' in (later.scope_kind, sync_run.scope_kind) and later.scope_zones && sync_run.scope_zones
    and daterange(later.scope_from, later.scope_to, '[]') && daterange(sync_run.scope_from, sync_run.scope_to, '[]'));

-- Publishing a list again is right where another took its place meanwhile: A, B, A. Lists that people upload are one source.
drop index one_publication_per_content;
create unique index one_publication_in_force on sync_run (registry_id, (case when uploaded_by is null then source else '' end),
  content_sha256, format, declared_drop_date, declared_scope_kind) nulls not distinct
  where state = 'published' and superseded_at is null;
create index sync_run_in_force on sync_run (registry_id, source) where state = 'published' and superseded_at is null;
create index sync_run_unsettled on sync_run (alive_at) where state in ('running', 'ready');

-- A year of five digits, or one before years had four, is told by no answer: one such row fails every page that shows it. Rows
-- that are there already are brought to the bounds; the order of their times stays.
create function pg_temp.fitted(at timestamptz) returns timestamptz language sql immutable as $$
  select case when at is not null then greatest('1970-01-01 00:00:00+00', least(at, '2099-12-31 00:00:00+00')) end
$$;
update listing set
    opens_at = pg_temp.fitted(opens_at), cutoff_at = pg_temp.fitted(cutoff_at), drop_from = pg_temp.fitted(drop_from),
    drop_to = pg_temp.fitted(drop_to), listed_cutoff_at = pg_temp.fitted(listed_cutoff_at), listed_drop_from =
    pg_temp.fitted(listed_drop_from), listed_drop_to = pg_temp.fitted(listed_drop_to)
  where least(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) < '1970-01-01 00:00:00+00'
    or greatest(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) >= '2100-01-01 00:00:00+00';
update schedule_override set
    cutoff_at = pg_temp.fitted(cutoff_at), drop_from = pg_temp.fitted(drop_from), drop_to = pg_temp.fitted(drop_to),
    cutoff_before = pg_temp.fitted(cutoff_before), drop_from_before = pg_temp.fitted(drop_from_before), drop_to_before
    = pg_temp.fitted(drop_to_before), cutoff_returned_to = pg_temp.fitted(cutoff_returned_to), drop_from_returned_to =
    pg_temp.fitted(drop_from_returned_to), drop_to_returned_to = pg_temp.fitted(drop_to_returned_to)
  where least(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to,
    drop_from_returned_to, drop_to_returned_to) < '1970-01-01 00:00:00+00'
    or greatest(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to,
    drop_from_returned_to, drop_to_returned_to) >= '2100-01-01 00:00:00+00';
update sync_row set
    cutoff_at = pg_temp.fitted(cutoff_at), drop_from = pg_temp.fitted(drop_from), drop_to = pg_temp.fitted(drop_to)
  where least(cutoff_at, drop_from, drop_to) < '1970-01-01 00:00:00+00'
    or greatest(cutoff_at, drop_from, drop_to) >= '2100-01-01 00:00:00+00';
update sync_change set
    cutoff_before = pg_temp.fitted(cutoff_before), drop_from_before = pg_temp.fitted(drop_from_before), drop_to_before
    = pg_temp.fitted(drop_to_before), cutoff_after = pg_temp.fitted(cutoff_after), drop_from_after =
    pg_temp.fitted(drop_from_after), drop_to_after = pg_temp.fitted(drop_to_after)
  where least(cutoff_before, drop_from_before, drop_to_before, cutoff_after, drop_from_after, drop_to_after) < '1970-01-01 00:00:00+00'
    or greatest(cutoff_before, drop_from_before, drop_to_before, cutoff_after, drop_from_after, drop_to_after) >= '2100-01-01 00:00:00+00';
drop function pg_temp.fitted(timestamptz);
alter table listing add constraint listing_times_fit check (
  least(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) >= '1970-01-01 00:00:00+00'
  and greatest(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) < '2100-01-01 00:00:00+00');
alter table schedule_override add constraint override_times_fit check (
  least(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to,
    drop_from_returned_to, drop_to_returned_to) >= '1970-01-01 00:00:00+00'
  and greatest(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to,
    drop_from_returned_to, drop_to_returned_to) < '2100-01-01 00:00:00+00');
alter table sync_row add constraint sync_row_times_fit check (
  least(cutoff_at, drop_from, drop_to) >= '1970-01-01 00:00:00+00'
  and greatest(cutoff_at, drop_from, drop_to) < '2100-01-01 00:00:00+00');
