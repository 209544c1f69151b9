import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { readInvariants } from '../../src/invariants.ts'
import { applyIntent } from '../../src/payment-provider/apply-intent.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcomes } from '../../src/targets/record-outcomes.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { hold } from '../support/cards.ts'
import { countStatements } from '../support/count-statements.ts'
import { outcomeOf } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { countWaiting } from '../support/waiting.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'

/** Batches of outcomes, each in one transaction. */

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 8 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
})
afterEach(() => clone.drop())

/** Ends the time for orders, and begins to fire. Returns the targets by name. */
async function fire() {
  await sql`update listing set cutoff_at = clock_timestamp() where state = 'open'`.execute(clone.db)
  while ((await closeDue(ctx)).closed > 0);
  const targets = await clone.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id', 'name'])
    .where('state', '=', 'armed')
    .orderBy('name')
    .execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  return targets
}

const named = (count: number, kind = 'n') => Array.from({ length: count }, (_, n) => `${kind}${100 + n}.test`)

async function givenFiring(buyer: AccountContext, names: readonly string[]) {
  await givenListings(ctx, { names })
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  return fire()
}

const statesOf = async () => {
  const rows = await clone.db.selectFrom('backorder').select(['name', 'state', 'failure_reason']).execute()
  return Object.fromEntries(rows.map((row) => [row.name, row.failure_reason ?? row.state]))
}

test('each order of a batch ends by its own outcome, with its money, its evidence and its events', async () => {
  const outcomes: readonly Outcome[] = ['registered', 'lost', 'missed', 'registered', 'premium', 'refused']
  const targets = await givenFiring(await givenAccount(ctx), named(outcomes.length))
  const decided = outcomes.map((outcome, n) => {
    const { id = '', listing_id = '' } = targets[n] ?? {}
    return outcomeOf(id, listing_id, outcome)
  })
  expect(await recordOutcomes(ctx, decided)).toEqual(outcomes.map(() => true))
  expect(Object.values(await statesOf()).toSorted()).toEqual([
    'lost',
    'missed',
    'premium',
    'refused',
    'successful',
    'successful',
  ])
  const events = await clone.db
    .selectFrom('event')
    .select(['topic', sql<string>`data ->> 'name'`.as('name'), 'data'])
    .where('topic', 'in', ['backorder.successful', 'backorder.failed'])
    .execute()
  const stateOf = await statesOf()
  for (const { topic, name, data } of events) {
    const won = stateOf[name] === 'successful'
    expect(topic).toBe(won ? 'backorder.successful' : 'backorder.failed')
    expect(data).toMatchObject(
      won
        ? { expires_at: expect.any(String) }
        : { refund: { state: 'succeeded' }, outcome: { result: stateOf[name] } },
    )
  }
  expect(events).toHaveLength(outcomes.length)
  expect(await readInvariants(ctx)).toMatchObject({ holds: true, backorders: { successful: 2, failed: 4 } })
})

test('in a batch a target is decided once, and one that was decided before changes nothing', async () => {
  const [first, second] = await givenFiring(await givenAccount(ctx), named(2))
  if (first === undefined || second === undefined) throw new Error('no targets')
  const lost = outcomeOf(first.id, first.listing_id, 'lost')
  const won = outcomeOf(first.id, first.listing_id, 'registered')
  const other = outcomeOf(second.id, second.listing_id, 'missed')
  expect(await recordOutcomes(ctx, [lost, won, lost])).toEqual([true, false, false])
  expect(await recordOutcomes(ctx, [won, other])).toEqual([false, true])
  expect(await statesOf()).toEqual({ [first.name]: 'lost', [second.name]: 'missed' })
  expect(await readInvariants(ctx)).toMatchObject({ holds: true })
})

test('where one outcome of a batch cannot be written, none is', async () => {
  const targets = await givenFiring(await givenAccount(ctx), named(3))
  await sql`
    create function refuse() returns trigger language plpgsql as $$ begin
      if new.name = ${sql.lit(targets[1]?.name)} then raise exception 'refused' using errcode = 'internal_error'; end if;
      return new; end $$`.execute(clone.db)
  await sql`create trigger refuse before update on listing for each row execute function refuse()`.execute(
    clone.db,
  )
  const outcomes = targets.map(({ id, listing_id }) => outcomeOf(id, listing_id, 'lost'))
  await expect(recordOutcomes(ctx, outcomes)).rejects.toThrow('refused')
  expect(new Set(Object.values(await statesOf()))).toEqual(new Set(['registering']))
  const [first, , third] = outcomes
  if (first === undefined || third === undefined) throw new Error('no outcomes')
  expect(await recordOutcomes(ctx, [first, third])).toEqual([true, true])
})

test('a batch of fifty takes as many statements as one of five, and no more than 28', async () => {
  const buyer = await givenAccount(ctx)
  await sql`update account set open_holds_max_before_paid = 1000`.execute(clone.db)
  const few = await givenFiring(buyer, named(5, 'few'))
  const many = await givenFiring(buyer, named(50, 'many'))
  const settle = (targets: typeof few) =>
    countStatements(() =>
      recordOutcomes(
        ctx,
        targets.map(({ id, listing_id }, n) =>
          outcomeOf(id, listing_id, n % 2 === 0 ? 'lost' : 'registered'),
        ),
      ),
    )
  const { statements } = await settle(few)
  expect((await settle(many)).statements).toBe(statements)
  expect(statements).toBeLessThanOrEqual(28)
})

test('of an account that owes one order, the first refund of a batch goes to its balance and the others to their cards', async () => {
  const provider = new FakeProvider()
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const byCard = named(3, 'card')
  await givenListings(ctx, { names: [...byCard, 'owed.test'] })
  for (const name of byCard) {
    const { providerId } = await hold(buyer, provider, name)
    await applyIntent(ctx, 'sandbox', provider.move(providerId, 'succeeded'))
  }
  await clone.db.updateTable('account').set({ credit_limit_minor: PRICE_MINOR }).execute()
  await placeBackorder(buyer, { name: 'owed.test', payment: 'balance' })
  const targets = (await fire()).filter(({ name }) => name !== 'owed.test')
  // Neither by name nor by id: refunds see the debt in the order of the batch.
  const inBatch = targets.toReversed().map(({ id, listing_id }) => outcomeOf(id, listing_id, 'lost'))
  expect(await recordOutcomes(ctx, inBatch)).toEqual([true, true, true])
  const refunds = await clone.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .select(['backorder.name', 'destination', 'refund.state'])
    .orderBy('refund.created_at')
    .orderBy('refund.id')
    .execute()
  expect(refunds).toEqual([
    { name: 'card102.test', destination: 'balance', state: 'succeeded' },
    { name: 'card101.test', destination: 'original_payment', state: 'approved' },
    { name: 'card100.test', destination: 'original_payment', state: 'approved' },
  ])
  const { balance_minor: balanceMinor } = await clone.db
    .selectFrom('account')
    .select('balance_minor')
    .executeTakeFirstOrThrow()
  expect(balanceMinor).toBe(0n)
})

/** Batches that each have a win of the account for which the other has a loss. */
async function crossedBatches() {
  const buyers = [await givenAccount(ctx), await givenAccount(ctx)] as const
  const names = ['a-won.test', 'a-lost.test', 'b-won.test', 'b-lost.test']
  await givenListings(ctx, { names })
  for (const name of names)
    await placeBackorder(name.startsWith('a') ? buyers[0] : buyers[1], { name, payment: 'balance' })
  const targets = new Map((await fire()).map((target) => [target.name, target]))
  const outcomeFor = (name: string) => {
    const { id = '', listing_id = '' } = targets.get(name) ?? {}
    return outcomeOf(id, listing_id, name.includes('won') ? 'registered' : 'lost')
  }
  return [
    ['a-won.test', 'b-lost.test'].map(outcomeFor),
    ['b-won.test', 'a-lost.test'].map(outcomeFor),
  ] as const
}

test('two batches of the same two accounts, each with a win of the one and a loss of the other, do not wait for each other in a circle', async () => {
  const [one, other] = await crossedBatches()
  let begun = 0
  // The work of a transaction that is repeated after a deadlock makes its ids again.
  const counting: Context = {
    ...ctx,
    newId: () => {
      begun += 1
      return ctx.newId()
    },
  }
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { promise: held, resolve: hasHeld } = Promise.withResolvers<void>()
  const holding = clone.db.transaction().execute(async (tx) => {
    await sql`select from account order by id for no key update`.execute(tx)
    hasHeld()
    await mayEnd
  })
  await held
  // Both have written their wins, which name the accounts, before either may read the debts.
  const settling = Promise.all([recordOutcomes(counting, one), recordOutcomes(counting, other)])
  await expect.poll(() => countWaiting(clone.db), { timeout: 10_000, interval: 10 }).toBe(2)
  end()
  await holding
  expect(await settling).toEqual([
    [true, true],
    [true, true],
  ])
  // A registration, its charge, a refund, and three events of each.
  expect(begun).toBe(2 * 6)
})
