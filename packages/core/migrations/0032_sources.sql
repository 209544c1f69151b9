-- Where drop lists come from becomes rows that operators manage; a sync run says what it read, how far it is, and how often it was
-- tried.

create table list_source (
  id uuid primary key,
  registry_id text not null references registry,
  -- A URL or a path of the worker. A password is never in it: `credentials` is the name of one in the worker's settings.
  address text not null constraint source_address_has_no_password check (address !~ '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@'),
  -- Null: detected from each list.
  format text,
  -- Null: as the format says.
  scope_kind text constraint source_scope_known check (scope_kind in ('snapshot', 'increment')),
  time_zone text not null default 'UTC',
  -- Local time of day by which the list of the day has come, and how much later it may come without an alarm.
  expected_by time,
  late_allowance_seconds integer not null default 1800 constraint source_allowance_fits check (late_allowance_seconds between 0 and 86400),
  late_after_seconds integer default 93600 constraint source_late_after_fits check (late_after_seconds between 1 and 31622400),
  credentials text,
  -- Of two sources that list one name, the schedule of the one with the higher number is used.
  precedence integer not null default 0 constraint source_precedence_fits check (precedence between -1000 and 1000),
  enabled boolean not null default true,
  poll_seconds integer constraint source_poll_fits check (poll_seconds between 1 and 604800),
  suspected_percent_max integer constraint source_suspected_limit_fits check (suspected_percent_max between 0 and 100),
  moved_percent_max integer constraint source_moved_limit_fits check (moved_percent_max between 0 and 100),
  rows_percent_min integer constraint source_rows_limit_fits check (rows_percent_min between 0 and 100),
  created_at timestamptz not null default clock_timestamp(),
  -- When the worker's setting, or an operator, last said all of this. Null: a row of the release before that nothing has described yet.
  configured_at timestamptz,

  -- Health. `list_at`: its last new list, or since when it is read. `good_at`: the last try that succeeded, also with nothing new.
  list_at timestamptz not null default clock_timestamp(),
  good_at timestamptz,
  tried_at timestamptz,
  next_try_at timestamptz not null default clock_timestamp(),
  failures integer not null default 0,
  failure_code text constraint source_failure_known check (failure_code in ('unreachable', 'timed_out', 'http_status',
    'redirect_refused', 'credentials_unknown', 'path_not_readable', 'too_large', 'not_a_list', 'not_text', 'archive_not_readable',
    'interrupted', 'not_staged')),
  failure text,
  -- What an operator asked for: to be fetched now, for real or as a dry run.
  requested text constraint source_request_known check (requested in ('list', 'dry_run')),
  -- The worker that fetches it, until when it is taken to be alive.
  claimed_by uuid,
  claimed_until timestamptz,
  -- Validators and hash of the last list.
  etag text,
  last_modified text,
  content_sha256 bytea,
  constraint one_source_per_address unique (registry_id, address),
  constraint source_claim_ends check ((claimed_by is null) = (claimed_until is null)),
  constraint failing_source_says_why check (failures = 0 or (failure is not null and failure_code is not null))
);
create index list_source_due on list_source (next_try_at) where enabled;

-- The sources of the release before, of which only the health is here. The worker's setting describes and enables them.
insert into list_source (id, registry_id, address, enabled, list_at, good_at, tried_at, next_try_at, etag, last_modified)
select gen_random_uuid(), registry_id, source, false, list_at, case when failures = 0 then polled_at end, polled_at, next_poll_at,
  etag, last_modified
from feed where source !~ '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@';
update alarm set subject = list_source.id::text, facts = facts || jsonb_build_object('source', subject)
from list_source where kind = 'list_late' and closed_at is null and subject = registry_id || ' ' || address;
drop table feed;

alter table sync_run
  add column source_id uuid references list_source,
  -- `observed`: names that the registry has deleted. They show when names dropped, and are not listed.
  add column purpose text not null default 'listing' constraint run_purpose_known check (purpose in ('listing', 'observed')),
  add column dry_run boolean not null default false,
  add column precedence integer not null default 0,
  add column failure_code text constraint run_failure_known check (failure_code in ('unreachable', 'timed_out', 'http_status',
    'redirect_refused', 'credentials_unknown', 'path_not_readable', 'too_large', 'not_a_list', 'not_text', 'archive_not_readable',
    'interrupted', 'not_staged')),
  -- The first line of what came in place of a list.
  add column excerpt text,
  -- The same failure repeated in a row is one run.
  add column tries integer not null default 1 constraint run_was_tried check (tries >= 1),
  add column last_tried_at timestamptz,
  -- Written once a second while the list is fetched and read. Null: how many there will be is not known.
  add column octets_read bigint not null default 0,
  add column octets_total bigint,
  add constraint dry_run_changes_nothing check (not dry_run or state in ('queued', 'running', 'ready', 'discarded', 'failed')),
  add constraint observed_run_lists_nothing check (purpose = 'listing' or coalesce(listings_added, 0) = 0),
  add constraint only_failed_run_has_code check (failure_code is null or state = 'failed'),
  add constraint only_failed_run_is_repeated check (tries = 1 or state = 'failed');
update sync_run set failure_code = case failure when 'The process that read the list ended before it was published.'
  then 'interrupted' else 'not_staged' end where state = 'failed';
create index sync_run_of_source on sync_run (source_id, source, created_at desc) where source_id is not null;
-- A dry run stays ready: its process has ended, and is not missed.
drop index sync_run_unsettled;
create index sync_run_unsettled on sync_run (alive_at) where state = 'running' or (state = 'ready' and not dry_run);

-- The names that a registry's own list says were deleted on a day.
create table observed_list_name (
  run_id uuid not null references sync_run on delete cascade,
  name text not null,
  zone text not null,
  day date not null,
  primary key (run_id, name)
);
create index observed_list_name_by_name on observed_list_name (name, day);
