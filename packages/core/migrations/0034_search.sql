-- Columns and indexes of the search, of the operators' lists at 5,000,000 listings, and the drop lists for download (ADR 18).

-- Parts of a name are found by trigrams. The extension is a trusted one: the owner of the database may install it if they have CREATE
-- on the database. It gets a schema of its own, so that its functions are not mixed with ours.
do $$
begin
  if not exists (select from pg_extension where extname = 'pg_trgm') then
    create schema if not exists extensions;
    create extension pg_trgm with schema extensions;
  end if;
exception
  when insufficient_privilege then
    raise exception 'this login may not install the extension pg_trgm in database %', current_database()
      using hint = format('As its owner or as superuser: GRANT CREATE ON DATABASE %I TO %I, or CREATE EXTENSION pg_trgm there.',
        current_database(), current_user);
  when undefined_file or feature_not_supported then
    raise exception 'the extension pg_trgm is not installed on this server'
      using hint = 'It is part of PostgreSQL: Debian has it in the package of the server, others in postgresql-contrib.';
end $$;

-- The label is the name without its zone. All that follows is derived from it and cannot differ from it.
create function listing_label(name text, zone text) returns text language sql immutable parallel safe
  return left(name, -1 - length(zone));

-- What a label consists of: letters (l), digits (d), hyphens (-), in this order, or idn. The A-label of an IDN says nothing about the
-- characters that people see.
create function label_class(label text) returns text language sql immutable parallel safe
  return case when label ^@ 'xn--' then 'idn' else
    case when translate(label, 'abcdefghijklmnopqrstuvwxyz', '') <> label then 'l' else '' end
    || case when translate(label, '0123456789', '') <> label then 'd' else '' end
    || case when strpos(label, '-') > 0 then '-' else '' end
  end;

-- Vowels (V), consonants (C) and digits (N) of a short label: CVCV.
create function label_kinds(label text) returns text language sql immutable parallel safe
  return case when length(label) <= 6 and strpos(label, '-') = 0
    then translate(label, 'aeioubcdfghjklmnpqrstvwxyz0123456789', 'VVVVVCCCCCCCCCCCCCCCCCCCCCNNNNNNNNNN') end;

-- Which characters of a short label are the same: each is written as the letter of the position where it occurs first. The pattern
-- AABB becomes AACC in the same way.
create function label_repeats(label text) returns text language sql immutable parallel safe
  return case when length(label) <= 6 and strpos(label, '-') = 0 then translate(label, label, 'ABCDEF') end;

-- One rewrite of the table for all of them. A part of each page stays free, so that an order, which changes no indexed column, needs
-- no new entries in the indexes.
alter table listing set (fillfactor = 90);
alter table listing
  add column label text not null generated always as (listing_label(name, zone)) stored,
  add column label_length smallint not null generated always as (length(listing_label(name, zone))) stored,
  add column label_class text not null generated always as (label_class(listing_label(name, zone))) stored,
  add column label_kinds text generated always as (label_kinds(listing_label(name, zone))) stored,
  add column label_repeats text generated always as (label_repeats(listing_label(name, zone))) stored;

-- How many names contain a text is estimated from so many samples; with the usual 100 a text of one name in 200 may look absent.
alter table listing alter column label set statistics 1000;
create statistics listing_label_ends on (reverse(label)) from listing;
alter statistics listing_label_ends set statistics 1000;

-- Of live listings, for resellers. No index mentions the holder: with one an order would have to write to all of them. The time of
-- opening comes last, so that names that are not open yet are passed without reading them.
create index listing_on_offer on listing (cutoff_at, id, opens_at) where state in ('upcoming', 'open');
create index listing_on_offer_by_day on listing (((drop_from at time zone 'UTC')::date), cutoff_at, id, opens_at)
  where state in ('upcoming', 'open');
create index listing_on_offer_by_zone on listing (zone, ((drop_from at time zone 'UTC')::date), cutoff_at, id, opens_at)
  where state in ('upcoming', 'open');
create index listing_by_length on listing (label_length, label_class)
  where state in ('upcoming', 'open', 'closed', 'dropping');
create index listing_by_kinds on listing (label_kinds)
  where state in ('upcoming', 'open', 'closed', 'dropping') and label_kinds is not null;
create index listing_by_repeats on listing (label_repeats)
  where state in ('upcoming', 'open', 'closed', 'dropping') and label_repeats is not null;
create index listing_by_prefix on listing (label text_pattern_ops)
  where state in ('upcoming', 'open', 'closed', 'dropping');
create index listing_by_suffix on listing (reverse(label) text_pattern_ops)
  where state in ('upcoming', 'open', 'closed', 'dropping');

-- Two parts of one size: resellers search the live ones, of which there are fewer.
do $$
declare
  extension_schema text := (select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm');
begin
  execute format('create index listing_by_part on listing using gin (label %I.gin_trgm_ops)
    where state in (''upcoming'', ''open'', ''closed'', ''dropping'')', extension_schema);
  execute format('create index listing_ended_by_part on listing using gin (label %I.gin_trgm_ops)
    where state not in (''upcoming'', ''open'', ''closed'', ''dropping'')', extension_schema);
end $$;

-- Of all listings, for operators.
create index listing_by_state on listing (state, drop_from, id);
create index listing_by_zone on listing (zone, drop_from, id);
create index listing_suspect on listing (drop_from, id) where suspect;
create index listing_overridden on listing (drop_from, id) where override_id is not null;

-- The console's first page: what ended within a day, in every state.
create index listing_ended on listing (ended_at, state) where ended_at is not null;
create index backorder_decided on backorder (decided_at, state) where decided_at is not null;
create index backorder_by_state on backorder (state, id) where decided_at is not null;
create index backorder_by_listing on backorder (listing_id);

-- The sweep that ends what nobody ordered: nothing due is one look.
create index listing_unsold_due on listing ((case state when 'closed' then drop_from else drop_to end))
  where state in ('closed', 'dropping');

-- Drop lists for download: what is on offer, written by a worker after a publication. A file is its header and then the parts of one
-- zone or of all, each a gzip member of its own (RFC 1952 §2.2), so nothing is stored twice.
create table drop_list (
  id uuid primary key,
  made_at timestamptz not null,
  -- The newest publication that it has.
  published_at timestamptz not null constraint one_drop_list_per_publication unique,
  names integer not null constraint drop_list_names_not_negative check (names >= 0),
  bytes bigint not null,
  sha256 bytea not null
);
create table drop_list_part (
  list_id uuid not null references drop_list on delete cascade,
  number integer not null,
  -- Null: the header, which every file begins with.
  zone text,
  bytes integer not null constraint drop_list_part_has_its_bytes check (bytes = octet_length(content)),
  content bytea not null,
  primary key (list_id, number)
);
alter table drop_list_part alter column content set storage external;
create table drop_list_zone (
  list_id uuid not null references drop_list on delete cascade,
  zone text not null,
  names integer not null,
  bytes bigint not null,
  sha256 bytea not null,
  primary key (list_id, zone)
);
-- The windows of a zone's names by day (UTC), for calendars.
create table drop_list_window (
  list_id uuid not null references drop_list on delete cascade,
  zone text not null,
  day date not null,
  names integer not null,
  cutoff_at timestamptz not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  primary key (list_id, zone, day)
);
create index sync_run_published on sync_run (published_at) where state = 'published';
