import { sql } from 'kysely'
import { Pool } from 'pg'
import { placeBackorder } from '../src/backorders/place.ts'
import type { AccountContext, Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connect.ts'
import { migrate } from '../src/database/migrate.ts'
import { proveLedger } from '../src/ledger/prove.ts'
import { newId } from '../src/new-id.ts'
import { claimBare } from './claim/bare.ts'
import { durationMs, inTurns, quantile, rateOf, reporter } from './support/measure.ts'
import { stockAccounts, stockNames, stockRegistry } from './support/stock.ts'

// `npm run bench -- claim`: claims a second of the use case beside a bare pg loop that does the same work, turn by turn on
// one server; then how long 200 rivals on one name wait for their answers. Arguments: the database's URL.

const CONNECTIONS = 16
/** Resellers order at once; a balance is a row that its account's claims queue for until they commit. */
const ACCOUNTS = 64
/** Each its own name; a turn takes a second or two. */
const CLAIMS_PER_TURN = 2_000
const TURNS = 5
const RIVALS = 200
const FIGHTS = 15

const report = reporter('claim')

type Claim = (account: AccountContext, name: string) => Promise<unknown>

const place: Claim = (account, name) => placeBackorder(account, { name, payment: 'balance' })

const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: RIVALS, applicationName: 'bench-claim' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
await compareRates()
await fight()
await mustBeSound()
await db.destroy()

async function compareRates(): Promise<void> {
  const ours = openDatabase({
    url,
    connectionsMax: CONNECTIONS,
    applicationName: 'bench-claim-use-case',
  })
  const bare = new Pool({ connectionString: url, max: CONNECTIONS, application_name: 'bench-claim-bare' })
  const accounts = (await stockAccounts(ctx, ACCOUNTS)).map((account) => ({ ...account, db: ours }))
  const claim: Claim = (account, name) => claimBare(bare, newId, name, account.actor.accountId)
  const rates = await inTurns(
    TURNS,
    () => rate(accounts, place),
    () => rate(accounts, claim),
  )
  report('claims_per_second', rates.ours, '1/s')
  report('bare_claims_per_second', rates.bare, '1/s')
  report('ratio_to_bare', rates.ratio, '1')
  await Promise.all([ours.destroy(), bare.end()])
}

async function rate(accounts: readonly AccountContext[], claim: Claim): Promise<number> {
  const names = await stockNames(ctx, CLAIMS_PER_TURN)
  return rateOf(names, CONNECTIONS, async (name, index) => {
    const account = accounts[index % accounts.length]
    if (account === undefined || (await claim(account, name)) === false)
      throw new Error(`${name} was not had`)
  })
}

/** Every rival has a connection and an account of its own; a refusal is an answer too. */
async function fight(): Promise<void> {
  const rivals = await stockAccounts(ctx, RIVALS)
  await Promise.all(rivals.map(() => sql`select pg_sleep(0.2)`.execute(db)))
  const names = await stockNames(ctx, FIGHTS)
  const waits: number[] = []
  for (const name of names) {
    const answers = rivals.map((rival) => durationMs(() => place(rival, name)))
    waits.push(...(await Promise.all(answers)))
  }
  report(`${RIVALS}_rivals_p50`, quantile(waits, 0.5), 'ms')
  report(`${RIVALS}_rivals_p99`, quantile(waits, 0.99), 'ms')
}

/** Figures of claims that were not made would be worth nothing. */
async function mustBeSound(): Promise<void> {
  const { rows } = await sql<{
    count: bigint
  }>`select count(*) as count from backorder where state = 'backordered'`.execute(db)
  const expected = (TURNS + 1) * 2 * CLAIMS_PER_TURN + FIGHTS
  const proof = await proveLedger(db)
  const sound = proof.escrowDifferenceMinor['USD'] === 0n && proof.balanceMismatches === 0
  if (Number(rows[0]?.count) !== expected || !sound) throw new Error('the claims and the ledger do not agree')
}
