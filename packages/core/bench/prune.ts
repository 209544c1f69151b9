import { sql } from 'kysely'
import type { Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { newId } from '../src/new-id.ts'
import { prune } from '../src/retention/prune.ts'
import { quantile, reporter } from './support/measure.ts'
import { stockAccounts, stockNames, stockRegistry } from './support/stock.ts'

// `npm run bench -- prune`: a million attempts for targets decided long ago, most of them for a few names that were contended:
// how many are removed a second, and how long each batch holds its locks. Arguments: the database's URL.

const NAMES = 2_000
/** Every tenth name is contended. */
const ATTEMPTS_OF_CONTENDED = 4_550
const ATTEMPTS_OF_OTHERS = 50
const DAYS = 90

const report = reporter('prune')

const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 4, applicationName: 'bench-prune' })
const ctx: Context = { db, newId }
const total = await stockAttempts()
const batches: number[] = []
const startedMs = performance.now()
for (let left = true; left; ) {
  const batchMs = performance.now()
  left = (await prune(ctx, 'attempt', DAYS)) > 0
  batches.push(performance.now() - batchMs)
}
const tookMs = performance.now() - startedMs
const { removed } = await db
  .selectFrom('attempt_removal')
  .select((eb) => eb.fn.sum<string>('removed').as('removed'))
  .executeTakeFirstOrThrow()
report('attempts', total, 'rows')
report('removed', Number(removed), 'rows')
report('removed_per_second', (Number(removed) * 1_000) / tookMs, '1/s')
for (const [name, share] of [
  ['p50', 0.5],
  ['p99', 0.99],
  ['max', 1],
] as const)
  report(`batch_${name}`, quantile(batches, share), 'ms')
await db.destroy()

async function stockAttempts(): Promise<number> {
  await stockRegistry(ctx)
  await sql`insert into registry_account (id, registry_id, clid, host, port, is_simulator, sessions_max, commands_per_second_max)
    select id || '/us', id, 'us', '127.0.0.1', 7700, true, 1, 1 from registry`.execute(db)
  await stockNames(ctx, NAMES)
  const [account] = await stockAccounts(ctx, 1)
  await sql`insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at, failure_reason)
    select gen_random_uuid(), id, name, ${account?.actor.accountId}, 'failed', 1900, 'USD', now(), now(), now(), 'lost' from listing`.execute(
    db,
  )
  await sql`insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to, grace_until,
      fee_max_minor, fee_currency, armed_at, decided_at)
    select gen_random_uuid(), listing_id, backorder.id, zone.registry_id, backorder.name, 'lost', now(), now(), now(), now(), 800, 'USD',
      now(), now() - interval '1 year' from backorder join listing on listing.id = listing_id join zone on zone.name = listing.zone`.execute(
    db,
  )
  await sql`insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us, outcome, code, message, svtrid)
    select 'DL-' || row_number() over (), target.id, account.id, 'create', target.decided_at - n * interval '1 millisecond',
      target.decided_at, 2345, 'answered', 2302, 'Object exists', 'SV-' || target.id || n
    from (select *, row_number() over (order by id) as place from catch_target) as target cross join registry_account as account
      cross join lateral generate_series(1, case when place % 10 = 0 then ${ATTEMPTS_OF_CONTENDED}::integer
        else ${ATTEMPTS_OF_OTHERS}::integer end) as n`.execute(db)
  await sql`update catch_target set deciding_cltrid = (select cltrid from catch_attempt where target_id = catch_target.id
    order by sent_at desc limit 1)`.execute(db)
  await sql`analyze`.execute(db)
  const { count } = await db
    .selectFrom('catch_attempt')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
