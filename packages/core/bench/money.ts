import { sql } from 'kysely'
import { Pool } from 'pg'
import type { Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { proveLedger } from '../src/ledger/prove.ts'
import { newId } from '../src/new-id.ts'
import { recordOutcome } from '../src/targets/record-outcome.ts'
import { settleBare } from './money/bare.ts'
import { type Decided, outcomeOf, stockDecided, stockRegistryAccount } from './money/stock.ts'
import { inTurns, rateOf, reporter } from './support/measure.ts'
import { stockAccounts, stockRegistry } from './support/stock.ts'

// `npm run bench -- money`: settlements a second of the use case, with ledger, refunds, evidence and events, beside one bare
// statement that writes the same rows, turn by turn on one server. Arguments: the database's URL.

const CONNECTIONS = 16
/** Settlements of one account queue for its balance. */
const ACCOUNTS = 64
const TURNS = 5
/** Half of them are failures with their refund, as many are successes. Five turns are 10,000. */
const SETTLEMENTS_PER_TURN = 2_000

const report = reporter('money')

const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: CONNECTIONS, applicationName: 'bench-money' })
const bare = new Pool({ connectionString: url, max: CONNECTIONS, application_name: 'bench-money-bare' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
await stockRegistryAccount(ctx)
await compareRates()
await mustBeSound()
await Promise.all([db.destroy(), bare.end()])

async function compareRates(): Promise<void> {
  const accounts = await stockAccounts(ctx, ACCOUNTS)
  const stock = () => stockDecided(ctx, accounts, SETTLEMENTS_PER_TURN, CONNECTIONS)
  const rates = await inTurns(
    TURNS,
    async () => rate(await stock(), (decided) => recordOutcome(ctx, outcomeOf(decided))),
    async () => rate(await stock(), (decided) => settleBare(bare, newId, decided)),
  )
  report('settlements_per_second', rates.ours, '1/s')
  report('bare_settlements_per_second', rates.bare, '1/s')
  report('ratio_to_bare', rates.ratio, '1')
}

function rate(decided: readonly Decided[], settle: (one: Decided) => Promise<boolean>): Promise<number> {
  return rateOf(decided, CONNECTIONS, async (one) => {
    if (!(await settle(one))) throw new Error(`${one.targetId} was decided already`)
  })
}

/** Figures of settlements that were not made, or left money behind, would be worth nothing. */
async function mustBeSound(): Promise<void> {
  const { rows } = await sql<{
    decided: bigint
    refunds: bigint
    attempts: bigint
    kept: bigint
    events: bigint
  }>`
    select (select count(*) from backorder where state in ('successful', 'failed')) as decided,
      (select count(*) from refund where state = 'succeeded') as refunds,
      (select count(*) from catch_attempt) as attempts,
      (select count(*) from registration join registry_charge using (backorder_id)) as kept,
      (select count(*) from event where topic in ('backorder.successful', 'backorder.failed', 'refund.succeeded')) as events`.execute(
    db,
  )
  const count = BigInt((TURNS + 1) * 2 * SETTLEMENTS_PER_TURN)
  const [counted] = rows
  const isAll =
    counted?.decided === count &&
    counted.refunds === count / 2n &&
    counted.attempts === 2n * count &&
    counted.kept === count / 2n &&
    counted.events === (3n * count) / 2n
  const { escrowMinor, balanceMismatches, unrefundedFailures } = await proveLedger(db)
  const isSound = escrowMinor['USD'] === 0n && balanceMismatches === 0 && unrefundedFailures === 0
  if (!isAll || !isSound) throw new Error('the settlements and the ledger do not agree')
}
