import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'

/** Words of names as they are registered; most labels are two of them. */
const words =
  `shop cloud tech media home auto web art bio care city club data deal dent design digital direct dream eco edu energy
expert family fashion film fit food fun game garden gold green group guide happy health hotel house idea info invest job kids land law
life light line live love luxury market master max med mobile money moto music my net new now office one online open optic organic
party pet phone photo plan plus point power pro radio real rent safe sale school security sport star store studio style sun super team
time top tour trade travel trend tv uni urban vet video villa vip vision water wedding wine wood work world yoga zen blue red`
    .split(/\s+/)
    .filter((word) => word !== '')

/** Endings of zones by how many names they have, the first the most. */
const ZONES = 300

export type Stocked = { readonly rows: number; readonly live: number }

/**
 * So many listings as they are after a year, made by SQL: four in five have ended; the others drop within five days, most of a zone in
 * the same minute. Zones, lengths and shapes are distributed as real lists have them. The indexes are built afterwards, as a dump
 * restores them. Triggers and foreign keys are left out.
 */
export async function stockListings(db: Kysely<Database>, rows: number): Promise<Stocked> {
  return db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '1GB'`.execute(
      connection,
    )
    await sql`select setseed(0.5)`.execute(connection)
    await stockZones(connection)
    const indexes = await dropIndexes(connection)
    await makeNames(connection, rows)
    await addListings(connection, rows)
    for (const { definition } of indexes) await sql.raw(definition).execute(connection)
    await addOrders(connection)
    await addRuns(connection)
    await sql`vacuum analyze listing, backorder, zone, sync_run`.execute(connection)
    const { rows: counted } = await sql<{ live: number }>`
      select count(*)::integer as live from listing where ended_at is null`.execute(connection)
    return { rows, live: counted[0]?.live ?? 0 }
  })
}

/** A quarter have no price in euros, and one in fifty takes no orders. */
async function stockZones(db: Kysely<Database>): Promise<void> {
  await sql`insert into registry (id, profile) values ('bench-search', 'generic')`.execute(db)
  await sql`
    insert into zone (name, registry_id, enabled, standard_fee_minor, renew_fee_minor, fee_currency, cutoff_lead_seconds, drop_time_zone, drop_starts_at,
      drop_lasts_seconds, early_seconds, late_seconds, grace_seconds)
    select case n when 1 then 'com' when 2 then 'net' when 3 then 'org' when 4 then 'pl' when 5 then 'com.pl' else 'z' || n end,
      'bench-search', n % 50 <> 49, 800, 800, 'USD', 14400, 'UTC', time '19:00', 3600, 0, 60, 3600
    from generate_series(1, ${ZONES}) as n`.execute(db)
  await sql`
    with rule as (
      insert into price_rule (id, zone, kind, match, in_force_since)
      select gen_random_uuid(), name, 'tier', 'standard', now() from zone where registry_id = 'bench-search'
      returning id, zone
    )
    insert into price_amount (id, rule_id, currency, amount_minor, starts_at, started_at)
    select gen_random_uuid(), id, 'USD', 1900 + length(zone) * 100, now(), now() from rule`.execute(db)
}

type Index = { readonly name: string; readonly definition: string }

async function dropIndexes(db: Kysely<Database>): Promise<readonly Index[]> {
  const { rows } = await sql<Index>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'listing' and not exists (select from pg_constraint where conname = indexname)
    order by indexname`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db)
  return rows
}

async function makeNames(db: Kysely<Database>, rows: number): Promise<void> {
  const list = sql`${words}::text[]`
  await sql`
    create unlogged table bench_name as
    with word as materialized (select ${list} as of, cardinality(${list}) as many, 'bcdfghjklmnprstvz'::text as c, 'aeiou'::text as v),
    made as (
      select n, (power(random(), 3.2) * ${ZONES})::integer % ${ZONES} + 1 as z, (random() * 100)::integer as kind,
        of[1 + (random() * (many - 1))::integer] as one, of[1 + (random() * (many - 1))::integer] as two,
        of[1 + (random() * (many - 1))::integer] as three,
        (random() * 999)::integer as number,
        substr(c, 1 + (random() * 16)::integer, 1) || substr(v, 1 + (random() * 4)::integer, 1) as s1,
        substr(c, 1 + (random() * 16)::integer, 1) || substr(v, 1 + (random() * 4)::integer, 1) as s2,
        substr(c, 1 + (random() * 16)::integer, 1) || substr(v, 1 + (random() * 4)::integer, 1) as s3,
        substr(c, 1 + (random() * 16)::integer, 1) || substr(v, 1 + (random() * 4)::integer, 1) as s4,
        md5(random()::text) as hash
      from generate_series(1, ${rows}) as n, word
    ), named as (
      select n, z, case
        when kind < 20 then one || s1 || two
        when kind < 40 then s1 || s2 || one
        when kind < 50 then one || two || s3
        when kind < 60 then s1 || s2 || s3 || substr(hash, 1, 1)
        when kind < 70 then one || '-' || s1 || s2
        when kind < 78 then s1 || s2 || one || number
        when kind < 84 then one || s1 || number
        when kind < 88 then translate(substr(hash, 1, 8), '0123456789', 'ghijklmnop')
        when kind < 90 then translate(substr(hash, 1, 4), '0123456789', 'qrstuvwxyz')
        when kind < 91 then substr(hash, 1, 3)
        when kind < 93 then ((random() * 9999999)::integer)::text
        when kind < 95 then s1 || s2
        when kind < 96 then 'xn--' || s1 || s2 || '-' || substr(hash, 1, 3)
        else s1 || s2 || s3 || s4 end as label
      from made
    )
    select n, label || '.' || zone.name as name, zone.name as zone, z,
      row_number() over (partition by label || '.' || zone.name order by n) as cycle,
      lead(n) over (partition by label || '.' || zone.name order by n) is null as is_newest
    from named join (select name, row_number() over (order by case name when 'com' then 0 when 'net' then 1 when 'org' then 2 when 'pl' then 3
      when 'com.pl' then 4 else 5 end, name) as rank from zone where registry_id = 'bench-search') as zone on rank = z`.execute(
    db,
  )
}

/** The newest fifth is live where the name came only once since. */
async function addListings(db: Kysely<Database>, rows: number): Promise<void> {
  await sql`
    insert into listing (id, name, zone, price_rule_id, cycle, state, premium, reserved, suspect, opens_at, cutoff_at, drop_from, drop_to, created_at, ended_at)
    select (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
      drawn.name, drawn.zone, rule.id, cycle,
      case when not live then case when luck < 0.88 then 'unsold' when luck < 0.94 then 'lost' when luck < 0.97 then 'caught'
          when luck < 0.99 then 'missed' else 'withdrawn' end
        when drop_from < clock_timestamp() then 'dropping'
        when drop_from - interval '4 hours' < clock_timestamp() then 'closed'
        when drop_from > clock_timestamp() + interval '4.4 days' then 'upcoming' else 'open' end,
      chance < 0.01, chance between 0.6 and 0.601, live and chance between 0.7 and 0.702,
      case when live and drop_from > clock_timestamp() + interval '4.4 days' then clock_timestamp() + interval '20 hours' else drop_from - interval '5 days' end,
      drop_from - interval '4 hours', drop_from, drop_from + interval '1 hour',
      drop_from - interval '5 days', case when not live then drop_from + interval '2 hours' end
    from (
      select n, name, zone, cycle, live, luck, random() as chance,
        date_trunc('day', clock_timestamp()) + z % 24 * interval '1 hour' + n % 7 * interval '1 second'
          + case when live then (luck * 5)::integer * interval '1 day'
            else - (1 + (${rows} * 0.8 - n) / (${rows} * 0.8) * 365)::integer * interval '1 day' end as drop_from
      from (select *, random() as luck, n > ${rows} * 0.8 and is_newest as live from bench_name) as drawn
    ) as drawn join price_rule as rule on rule.zone = drawn.zone order by n`.execute(db)
  await sql`drop table bench_name`.execute(db)
}

/** One open name in thirty is held, and what was caught or lost was ordered. */
async function addOrders(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into account (id, name, currency) select gen_random_uuid(), 'Reseller ' || n, 'USD' from generate_series(1, 200) as n`.execute(
    db,
  )
  await sql`
    with account as (select id, row_number() over (order by id) as rank from account),
    ordered as (
      select listing.id, listing.name, listing.state, listing.created_at, listing.ended_at, drop_from,
        (hashtext(listing.name) & 127) + 1 as rank from listing
      where (state = 'open' and hashtext(name) % 30 = 0) or (state in ('caught', 'lost') and zone <> 'net')
    )
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at,
      settled_at, failure_reason)
    select gen_random_uuid(), ordered.id, ordered.name, account.id,
      case ordered.state when 'open' then 'backordered' when 'caught' then 'successful' else 'failed' end, 1900, 'USD',
      ordered.created_at, ordered.created_at, ordered.ended_at, case when ordered.state = 'caught' then ordered.ended_at end,
      case when ordered.state = 'lost' then 'lost' end
    from ordered join account on account.rank = ordered.rank`.execute(db)
  await sql`update listing set holder = backorder.id from backorder
    where listing_id = listing.id and listing.state in ('open', 'caught', 'lost')`.execute(db)
}

async function addRuns(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, rows_read, rows_rejected,
      created_at, published_at, listings_added, listings_moved, listings_suspected, listings_unchanged, listings_too_late, listings_overridden)
    select gen_random_uuid(), 'bench-search', 'source-' || n % 40, 'ietf-csv', decode(md5(n::text), 'hex'), 'snapshot', '{com}', 'published',
      300, 3, clock_timestamp() - n * interval '20 minutes', clock_timestamp() - n * interval '20 minutes', 300, 0, 0, 0, 0, 0
    from generate_series(1, 20000) as n`.execute(db)
}

/** Removes them again; what is append-only is protected by triggers, which are left out here. */
export async function unstock(db: Kysely<Database>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection)
    await sql`truncate listing, backorder, price_amount, price_rule, zone, registry, sync_run, account cascade`.execute(
      connection,
    )
    await sql`set session_replication_role = origin`.execute(connection)
  })
}
