import { sql } from 'kysely'
import type { AccountContext, Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { proveLedger } from '../src/ledger/prove.ts'
import { newId } from '../src/new-id.ts'
import { applyIntent } from '../src/payment-provider/apply-intent.ts'
import { recordOutcomes } from '../src/targets/record-outcomes.ts'
import type { TargetOutcome } from '../src/targets/target-outcome.ts'
import { hold } from '../test/support/cards.ts'
import { countStatements } from '../test/support/count-statements.ts'
import { FakeProvider } from '../test/support/fake-provider.ts'
import { outcomeOf, settle, stockDecided, stockRegistryAccount } from './money/stock.ts'
import { inTurns, reporter } from './support/measure.ts'
import { stockAccounts, stockRegistry } from './support/stock.ts'

// `npm run bench -- settle`: outcomes a second as the catcher writes them, in batches, beside the same outcomes one by one, turn by turn
// on one server; and the statements of one batch. Wins, losses paid from balances, and losses paid by card. Arguments: the database's
// URL, and how many outcomes a turn has.

const outcomes = Number(process.argv[3] ?? 1_000)
const BATCH = 50
/** As the catcher's recorder has it. */
const BATCHES_AT_ONCE = 2
const ONE_BY_ONE_AT_ONCE = 4
const CONNECTIONS = 8
/** Few and large, as resellers are. */
const ACCOUNTS = 8
const TURNS = 3

const report = reporter('settle')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: CONNECTIONS, applicationName: 'bench-settle' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
await stockRegistryAccount(ctx)
const accounts = await stockAccounts(ctx, ACCOUNTS)
await sql`update account set open_holds_max = 1000000, open_holds_max_before_paid = 1000000`.execute(db)
const provider = new FakeProvider()
const byCard = async (account: AccountContext, name: string) => {
  const { providerId } = await hold(account, provider, name)
  await applyIntent(ctx, 'sandbox', provider.move(providerId, 'succeeded'))
}
await compare('wins', { isWon: () => true })
await compare('losses', { isWon: () => false })
await compare('card_losses', { isWon: () => false, order: byCard })
const { escrowMinor, balanceMismatches, unrefundedFailures } = await proveLedger(db)
if (escrowMinor['USD'] !== 0n || balanceMismatches > 0 || unrefundedFailures > 0)
  throw new Error('the settlements and the ledger do not agree')
await db.destroy()

async function compare(kind: string, how: Parameters<typeof stockDecided>[4]): Promise<void> {
  const stock = async () => (await stockDecided(ctx, accounts, outcomes, CONNECTIONS, how)).map(outcomeOf)
  const rates = await inTurns(
    TURNS,
    async () => settle(ctx, await stock(), BATCH, BATCHES_AT_ONCE),
    async () => settle(ctx, await stock(), 1, ONE_BY_ONE_AT_ONCE),
  )
  report(`${kind}_per_second_in_batches`, rates.ours, '1/s', { min: 200 })
  report(`${kind}_per_second_one_by_one`, rates.bare, '1/s')
  report(`${kind}_ratio`, rates.ratio, '1')
  const [batch, rest] = halved(await stock())
  const { statements, ms } = await countStatements(() => recordOutcomes(ctx, batch))
  await settle(ctx, rest, BATCH, BATCHES_AT_ONCE)
  report(`${kind}_statements_of_${BATCH}`, statements, '1', { max: 28 })
  report(`${kind}_ms_of_${BATCH}`, ms, 'ms')
}

/** The first batch, and what follows it. */
function halved(decided: readonly TargetOutcome[]) {
  return [decided.slice(0, BATCH), decided.slice(BATCH)] as const
}
