-- A list of a million rows is published in bounded batches: its names are added first and can be ordered from one moment on (ADR 17).

alter table sync_run
  -- The gate: from this moment on the names that the run added are shown and can be ordered.
  add column listed_at timestamptz,
  -- When the names that the run adds open for orders (rule 5).
  add column opens_at timestamptz,
  -- All of its names have left the state `upcoming`.
  add column opened_at timestamptz,
  -- The process that publishes it. Only this one writes for the run.
  add column publisher uuid,
  -- Its process has left it to the next one.
  add column released_at timestamptz,
  -- The live listings that it changes are in `pending_change`, as of this time.
  add column compared_at timestamptz,
  -- Its rows are added as listings up to this name.
  add column added_up_to text not null default '',
  -- How many of its rows each zone has.
  add column rows_by_zone jsonb not null default '{}';

update sync_run set listed_at = published_at, opens_at = published_at where state = 'published';

alter table sync_run
  drop constraint sync_run_state_known,
  drop constraint quarantine_ends_with_a_reason;
alter table sync_run
  add constraint sync_run_state_known
    check (state in ('queued', 'running', 'ready', 'quarantined', 'publishing', 'published', 'discarded', 'failed')),
  add constraint quarantine_ends_with_a_reason check (state not in ('publishing', 'published', 'discarded')
    or cardinality(quarantine_reasons) = 0 or (decided_by is not null and decision_reason is not null)),
  add constraint only_a_published_run_is_listed check (listed_at is null or state = 'published'),
  add constraint publishing_run_has_opening_time check (state <> 'publishing' or opens_at is not null);

-- Lists of one registry are published one after another.
create unique index one_publishing_per_registry on sync_run (registry_id) where state = 'publishing';
create index sync_run_to_open on sync_run (listed_at) where listed_at is not null and opened_at is null;
create index sync_run_released on sync_run (released_at) where released_at is not null and state in ('ready', 'publishing');

-- Counted with every publication: what was compared with the listings before is compared again.
alter table registry
  add column publications bigint not null default 0,
  add column rejects_percent_max integer not null default 50
    constraint rejects_percent_is_one check (rejects_percent_max between 0 and 100);

-- The live listings that a run still has to move or to make suspect.
create table pending_change (
  run_id uuid not null references sync_run on delete cascade,
  listing_id uuid not null,
  kind text not null constraint pending_change_known check (kind in ('carried', 'absent')),
  constraint pending_change_pkey primary key (run_id, kind, listing_id)
);

-- The run that added the listing. Without one the listing is older than this column, and was listed when it was added.
alter table listing add column publication_id uuid references sync_run;
update listing set publication_id = coalesce((select run_id from sync_change
  where sync_change.listing_id = listing.id and kind = 'added'), sync_run_id);
-- Which names a run added is known from `listing.publication_id`.
delete from sync_change using listing where listing.id = listing_id and publication_id = run_id and kind = 'added';

create index listing_of_publication on listing (publication_id, name) where publication_id is not null;
drop index listing_to_open;
create index listing_to_open on listing (publication_id, opens_at) where state = 'upcoming';

alter table listing add constraint upcoming_listing_has_no_holder check (state <> 'upcoming' or holder is null);

update sync_run set opened_at = published_at where listed_at is not null
  and not exists (select from listing where publication_id = sync_run.id and state = 'upcoming');

-- No name is opened before its list is published, and an order opens the name that it takes.
create function require_listed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from sync_run where id = new.publication_id and listed_at is not null) then
    raise 'the list that added % is not published yet', new.name using errcode = 'check_violation', constraint = 'listing_opens_when_listed';
  end if;
  return new;
end $$;
revoke execute on function require_listed() from public;
create trigger listing_opens_when_listed before update of state on listing for each row
  when (old.state = 'upcoming' and new.state = 'open' and new.publication_id is not null) execute function require_listed();
