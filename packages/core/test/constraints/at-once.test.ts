import { sql, type Transaction } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { topUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { type LockedBackorder, lockSecuringPayment } from '../../src/locks.ts'
import { failBackorders, succeedBackorders } from '../../src/targets/end-orders.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'
import { dropConstraint } from './catalog.ts'
import { type Fixture, givenFixture } from './fixture.ts'

/** Guarantees about two transactions at once, which one connection cannot show. */

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 24 })
  await unwatchMachines(clone.db)
  ctx = contextOf(clone.db)
})
afterEach(() => clone.drop())

type Work = (tx: Transaction<Database>) => Promise<unknown>

/** Runs all, each in a transaction of its own; every one has done its work before the first commits. */
async function overlapping(works: readonly Work[]): Promise<readonly unknown[]> {
  const { promise: allWorked, resolve } = Promise.withResolvers<void>()
  let working = works.length
  const results = await Promise.allSettled(
    works.map((work) =>
      clone.db.transaction().execute(async (tx) => {
        await work(tx).finally(() => {
          working -= 1
          if (working === 0) resolve()
        })
        await allWorked
      }),
    ),
  )
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
}

/** Committed, so that other connections see it. */
async function committedFixture(): Promise<Fixture> {
  return clone.db.transaction().execute(givenFixture)
}

/** Without the constraint that would refuse these refunds because the result is not known yet. */
async function refundableFixture(): Promise<Fixture> {
  const fixture = await committedFixture()
  await dropConstraint(clone.db, 'refund', 'no_manual_refund_while_undecided')
  return fixture
}

function refundOf(fixture: Fixture, amountMinor: bigint) {
  return {
    id: ctx.newId(),
    payment_id: fixture.held.paymentId,
    cause: 'manual',
    state: 'proposed',
    reason_code: 'goodwill',
    note: 'a test',
    proposed_by: fixture.staffId,
    destination: 'balance',
    amount_minor: amountMinor,
    currency: 'USD',
    created_at: new Date(),
    expires_at: new Date(Date.now() + 60_000),
  } as const
}

const refundWith = (fixture: Fixture) => (tx: Transaction<Database>) =>
  tx.insertInto('refund').values(refundOf(fixture, PRICE_MINOR)).execute()

async function refundedMinor(): Promise<bigint> {
  const rows = await clone.db.selectFrom('refund').select('amount_minor').execute()
  return rows.reduce((sum, row) => sum + row.amount_minor, 0n)
}

test('of two refunds of one payment at once, made without its lock, one is refused at commit', async () => {
  const fixture = await refundableFixture()
  const errors = await overlapping([refundWith(fixture), refundWith(fixture)])
  expect(errors).toEqual([expect.objectContaining({ constraint: 'refunds_within_captured' })])
  expect(await refundedMinor()).toBe(PRICE_MINOR)
})

test('without the payment lock in the check and in the callers, both would be refunded', async () => {
  const fixture = await refundableFixture()
  await dropLockFromCheck()
  // The check of commit is run early, so that both have passed it before either commits.
  const refundAndCheck: Work = async (tx) => {
    await refundWith(fixture)(tx)
    await sql`set constraints all immediate`.execute(tx)
  }
  expect(await overlapping([refundAndCheck, refundAndCheck])).toEqual([])
  expect(await refundedMinor()).toBe(2n * PRICE_MINOR)
})

test('the payment lock in the callers alone is enough', async () => {
  const fixture = await refundableFixture()
  await dropLockFromCheck()
  const locked = () =>
    clone.db.transaction().execute(async (tx) => {
      await lockSecuringPayment(tx, fixture.held.backorderId)
      await refundWith(fixture)(tx)
    })
  const results = await Promise.allSettled([locked(), locked(), locked(), locked()])
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect(await refundedMinor()).toBe(PRICE_MINOR)
})

/** Replaces the check by a copy without its first statement. */
async function dropLockFromCheck(): Promise<void> {
  const { rows } = await sql<{ source: string }>`
    select pg_get_functiondef('check_refunds_within_captured'::regproc) as source`.execute(clone.db)
  const source = rows[0]?.source ?? ''
  const unlocked = source.replace(/perform from payment [^;]*;/, '')
  expect(unlocked).not.toBe(source)
  await sql.raw(unlocked).execute(clone.db)
}

type Decision = (tx: Transaction<Database>, backorder: LockedBackorder, now: Date) => Promise<void>

const win: Decision = (tx, backorder, now) =>
  succeedBackorders(tx, ctx, [{ backorder, crDate: now, expiresAt: now }], now)
const lose: Decision = (tx, backorder, now) => failBackorders(tx, ctx, [{ backorder, reason: 'lost' }], now)

/** Two decisions by a faulty caller: both read the backorder first, and neither takes a lock. */
async function decidedTwice(fixture: Fixture, decisions = [win, lose]): Promise<readonly unknown[]> {
  const backorder = await clone.db
    .selectFrom('backorder')
    .selectAll()
    .where('id', '=', fixture.held.backorderId)
    .executeTakeFirstOrThrow()
  const results = await Promise.allSettled(
    decisions.map((decide) => clone.db.transaction().execute((tx) => decide(tx, backorder, new Date()))),
  )
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
}

/** These already refuse a row that is both won and lost. Without them the money is tested. */
async function allowBothInRow(): Promise<void> {
  await dropConstraint(clone.db, 'backorder', 'only_success_has_settlement_time')
  await dropConstraint(clone.db, 'backorder', 'only_failure_has_reason')
}

test('of a win and a loss decided at once without any lock, the second is refused: a backorder cannot be both', async () => {
  const fixture = await committedFixture()
  const bothAtOnce = expect.stringMatching(/^only_(success_has_settlement_time|failure_has_reason)$/)
  expect(await decidedTwice(fixture)).toEqual([expect.objectContaining({ constraint: bothAtOnce })])
})

test('if a backorder could be both, the second is refused: its money has left escrow', async () => {
  const fixture = await committedFixture()
  await allowBothInRow()
  expect(await decidedTwice(fixture)).toEqual([
    expect.objectContaining({ constraint: 'escrow_holds_the_undecided' }),
  ])
  expect(await proveLedger(clone.db)).toMatchObject({ escrowMinor: { USD: 0n } })
})

test('without the check of escrow too, a win and a loss at once would pay twice', async () => {
  const fixture = await committedFixture()
  await allowBothInRow()
  for (const table of ['posting', 'backorder'])
    await dropConstraint(clone.db, table, 'escrow_holds_the_undecided')
  expect(await decidedTwice(fixture)).toEqual([])
  expect(await proveLedger(clone.db)).toMatchObject({ escrowMinor: { USD: -PRICE_MINOR } })
})

test('of two losses decided at once without any lock, one is refunded', async () => {
  const fixture = await committedFixture()
  const errors = await decidedTwice(fixture, [lose, lose])
  expect(errors).toEqual([expect.objectContaining({ constraint: 'one_automatic_refund_per_cause' })])
  expect(await refundedMinor()).toBe(PRICE_MINOR)
})

test('escrow is checked at commit and not before: within a transaction it may differ', async () => {
  const fixture = await committedFixture()
  let reached = false
  const unbalanced = clone.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('backorder')
      .set({ state: 'failed', failure_reason: 'lost', decided_at: new Date() })
      .where('id', '=', fixture.held.backorderId)
      .execute()
    reached = true
  })
  await expect(unbalanced).rejects.toMatchObject({ constraint: 'escrow_holds_the_undecided' })
  expect(reached).toBe(true)
})

const CLAIMS = 20
const AFFORDED = 7

/** One account with money for some of the names claims all of them at once, each on its own connection. */
async function claimMoreThanAfforded(): Promise<{ buyer: AccountContext; refusals: readonly unknown[] }> {
  await givenRegistry(ctx)
  const names = Array.from({ length: CLAIMS }, (_, index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx, { balanceMinor: BigInt(AFFORDED) * PRICE_MINOR + 1n })
  const results = await Promise.allSettled(
    names.map((name) => placeBackorder(buyer, { name, payment: 'balance' })),
  )
  return { buyer, refusals: results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])) }
}

test(`of ${CLAIMS} claims at once on a balance for ${AFFORDED}, ${AFFORDED} are secured and the balance is never below zero`, async () => {
  const { buyer, refusals } = await claimMoreThanAfforded()
  expect(refusals).toHaveLength(CLAIMS - AFFORDED)
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'insufficient_balance' })
  expect(await getBalance(buyer)).toMatchObject({
    balanceMinor: 1n,
    escrowMinor: BigInt(AFFORDED) * PRICE_MINOR,
  })
  expect(await proveLedger(clone.db)).toMatchObject({
    balanceMismatches: 0,
    escrowDifferenceMinor: { USD: 0n },
  })
})

test('without balance_within_credit the same claims would all be secured, on a balance below zero', async () => {
  await dropConstraint(clone.db, 'posting', 'balance_within_credit')
  const { buyer, refusals } = await claimMoreThanAfforded()
  expect(refusals).toEqual([])
  expect((await getBalance(buyer)).balanceMinor).toBeLessThan(0n)
})

test('of many credits of one receipt at once, one succeeds, and no other top-up is lost', async () => {
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const { accountId } = buyer.actor
  const receiptId = ctx.newId()
  const same = Array.from({ length: 8 }, () => topUp(ctx, { accountId, amountMinor: 100n, receiptId }))
  const others = Array.from({ length: 8 }, () =>
    topUp(ctx, { accountId, amountMinor: 1n, receiptId: ctx.newId() }),
  )
  const results = await Promise.allSettled([...same, ...others])
  const errors = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(errors).toHaveLength(7)
  for (const error of errors) expect(error).toMatchObject({ constraint: 'posting_pkey' })
  expect(await getBalance(buyer)).toMatchObject({ balanceMinor: 108n })
})

test('without balance_follows_postings the stored balance would differ, and the ledger proof reports it', async () => {
  await dropConstraint(clone.db, 'posting', 'balance_follows_postings')
  await givenAccount(ctx, { balanceMinor: 100n })
  expect(await proveLedger(clone.db)).toMatchObject({ balanceMismatches: 1 })
})
