import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'

/** The indexes that searches and operators' lists have, and the main job could do without. */
const searchIndexes = sql`(indexname ~ '^listing_(on_offer|by_(length|kinds|repeats|prefix|suffix|part|state|zone)|ended_by_part|suspect|overridden)')`

const ROWS = 20_000

export async function sizesOfIndexes(db: Kysely<Database>) {
  const { rows } = await sql<{ name: string; megabytes: number }>`
    select indexname as name, pg_relation_size(indexname::regclass)::float8 / 1e6 as megabytes from pg_indexes where tablename = 'listing'
    union all select 'listing', pg_relation_size('listing')::float8 / 1e6
    order by megabytes desc`.execute(db)
  return rows
}

/** Microseconds for a row, with the indexes of the search and without; nothing of it is kept. */
export async function measureInserts(db: Kysely<Database>) {
  const found: { readonly name: string; readonly microseconds: number }[] = []
  for (const isIndexed of [true, false]) {
    await db
      .transaction()
      .execute(async (tx) => {
        await sql`set local lock_timeout = 0; set local session_replication_role = replica`.execute(tx)
        if (!isIndexed) await dropSearchIndexes(tx)
        const of = isIndexed ? 'with' : 'without'
        found.push(
          { name: `insert_${of}_search_indexes`, microseconds: await microsecondsOf(() => insert(tx)) },
          { name: `open_${of}_search_indexes`, microseconds: await microsecondsOf(() => open(tx)) },
        )
        await sql`rollback`.execute(tx).catch(() => undefined)
      })
      .catch(() => undefined)
  }
  return found
}

async function dropSearchIndexes(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where tablename = 'listing' and ${searchIndexes}`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db)
}

function insert(db: Kysely<Database>): Promise<unknown> {
  return sql`
    insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to)
    select gen_random_uuid(), 'bench' || substr(md5(n::text), 1, 12) || '.com', 'com', 'upcoming', clock_timestamp(),
      clock_timestamp() + interval '3 days', clock_timestamp() + interval '4 days', clock_timestamp() + interval '5 days'
    from generate_series(1, ${ROWS}) as n`.execute(db)
}

function open(db: Kysely<Database>): Promise<unknown> {
  return sql`update listing set state = 'open' where name like 'bench%' and state = 'upcoming' and zone = 'com'`.execute(
    db,
  )
}

async function microsecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return ((performance.now() - startedMs) * 1_000) / ROWS
}
