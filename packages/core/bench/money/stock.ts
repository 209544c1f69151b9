import { sql } from 'kysely'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcomes } from '../../src/targets/record-outcomes.ts'
import type { TargetOutcome } from '../../src/targets/target-outcome.ts'
import { rateOf } from '../support/measure.ts'
import { stockNames } from '../support/stock.ts'

/** A target on fire whose result is known and not written yet. */
export type Decided = {
  readonly targetId: string
  readonly listingId: string
  readonly registryAccountId: string
  readonly won: boolean
  readonly at: Date
  /** Of the evidence: what was tried, and is written with the result. */
  readonly clTRIDs: readonly string[]
}

const ATTEMPTS_PER_TARGET = 2
const REGISTRY_ACCOUNT = 'bench/droplock'

/** The registry account that decides everything. */
export async function stockRegistryAccount(ctx: Context): Promise<void> {
  await sql`
    insert into registry_account (id, registry_id, clid) select ${REGISTRY_ACCOUNT}, id, 'droplock' from registry`.execute(
    ctx.db,
  )
}

/** Orders and pays a name. */
type Order = (account: AccountContext, name: string) => Promise<unknown>

const fromBalance: Order = (account, name) => placeBackorder(account, { name, payment: 'balance' })
const everyOther = (index: number) => index % 2 === 0

/** So many new names, ordered and paid, past their cut-off and on fire; by default from the balances, and every other one was won. */
export async function stockDecided(
  ctx: Context,
  accounts: readonly AccountContext[],
  count: number,
  concurrency: number,
  { order = fromBalance, isWon = everyOther, attempts = ATTEMPTS_PER_TARGET } = {},
): Promise<readonly Decided[]> {
  const names = await stockNames(ctx, count)
  await orderAll(accounts, names, concurrency, order)
  return decideAll(ctx, isWon, attempts)
}

/** Orders the names, by the accounts in turn. Orders a second. */
export function orderAll(
  accounts: readonly AccountContext[],
  names: readonly string[],
  concurrency: number,
  order: Order = fromBalance,
): Promise<number> {
  return rateOf(names, concurrency, (name, index) => {
    const account = accounts[index % accounts.length]
    if (account === undefined) throw new Error('no account')
    return order(account, name)
  })
}

/** Ends the orders of everything that is open, and has what is armed fire. */
export async function decideAll(
  ctx: Context,
  isWon: (index: number) => boolean = everyOther,
  attempts: number = ATTEMPTS_PER_TARGET,
): Promise<readonly Decided[]> {
  await sql`update listing set cutoff_at = clock_timestamp() where state = 'open' and holder is not null`.execute(
    ctx.db,
  )
  while ((await closeDue(ctx)).closed > 0);
  const targets = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .where('state', '=', 'armed')
    .execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  const at = new Date()
  return targets.map((target, index) => ({
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId: REGISTRY_ACCOUNT,
    won: isWon(index),
    at,
    clTRIDs: Array.from({ length: attempts }, () => ctx.newId()),
  }))
}

/** The same for the use case. */
export function outcomeOf({ won, at, clTRIDs, ...target }: Decided): TargetOutcome {
  const code = won ? 1000 : 2302
  const attempts = clTRIDs.map((clTRID) => ({
    clTRID,
    targetId: target.targetId,
    registryAccountId: target.registryAccountId,
    command: 'create' as const,
    sentAt: at,
    answeredAt: at,
    roundTripUs: 2_000,
    outcome: 'answered' as const,
    code,
    message: won ? 'done' : 'Object exists',
    svTRID: 'SV',
  }))
  const facts = {
    targetId: target.targetId,
    listingId: target.listingId,
    registryAccountId: target.registryAccountId,
    code,
    attempts,
  }
  return won
    ? { ...facts, holderClid: 'droplock', outcome: 'registered', crDate: at }
    : { ...facts, holderClid: 'rival', outcome: 'lost' }
}

/** Outcomes a second, so many in a transaction and so many transactions at once. */
export async function settle(
  ctx: Context,
  decided: readonly TargetOutcome[],
  perBatch: number,
  atOnce: number,
): Promise<number> {
  const batches = Array.from({ length: Math.ceil(decided.length / perBatch) }, (_, index) =>
    decided.slice(index * perBatch, (index + 1) * perBatch),
  )
  const perSecond = await rateOf(batches, atOnce, async (batch) => {
    if ((await recordOutcomes(ctx, batch)).includes(false)) throw new Error('one was decided already')
  })
  return perSecond * perBatch
}
