import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context, StaffContext } from '../../src/context.ts'
import { getDispute } from '../../src/disputes/read.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { matchPayout } from '../../src/payouts/match.ts'
import { getPayout, listPayoutMovements, listPayouts } from '../../src/payouts/read.ts'
import { unmatchPayout } from '../../src/payouts/unmatch.ts'
import { bookMovements } from '../../src/reconciliation/book-movements.ts'
import { listReconciliationRuns } from '../../src/reconciliation/read.ts'
import { readMovements } from '../../src/reconciliation/read-movements.ts'
import { beginRun } from '../../src/reconciliation/run.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { openSandbox, openStripe } from '../reconciliation/provider-worlds.ts'
import {
  type BooksWorld,
  givenBooks,
  givenCardOrder,
  givenTopUp,
  hear,
  reconcileNow,
} from '../reconciliation/world.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const page = { offset: 0, limit: 50 }
const newest = { ...page, sort: { field: 'madeAt', order: 'desc' } } as const

/** What our ledger has, by ledger account. */
async function ledgerOf({ db }: Context): Promise<Readonly<Record<string, bigint>>> {
  const { rows } = await sql<{ ledger: string; sum: string }>`
    select ledger_account as ledger, sum(amount_minor) as sum from posting group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ ledger, sum }) => [ledger, BigInt(sum)]))
}

/** The fee of a payment at the provider: 2.9 % and 30. */
const feeOf = (amountMinor: bigint) => (amountMinor * 29n) / 1_000n + 30n

async function onlyPayout(finance: StaffContext) {
  const { items } = await listPayouts(finance, newest)
  const [payout, ...others] = items
  if (payout === undefined || others.length > 0) throw new Error(`${items.length} payouts`)
  return payout
}

const providers = [
  ['Stripe, on the stand-in', openStripe],
  ['the sandbox', openSandbox],
] as const

type BooksAndFinance = BooksWorld & { readonly finance: StaffContext }

/** Books beside a provider of their own, undone afterwards. */
function inBooks(open: typeof openSandbox, work: (world: BooksAndFinance) => Promise<void>): Promise<void> {
  return rolledBack(async (tx) => {
    const there = await open()
    try {
      const world = await givenBooks(tx, there)
      await work({ ...world, finance: await givenStaff(world.ctx, 'finance') })
    } finally {
      await there.stop()
    }
  })
}

test.each(providers)(
  '%s: fees and payouts are booked once, and the ledger has what the provider holds',
  (_name, open) =>
    inBooks(open, async (world) => {
      const { ctx, there } = world
      await givenCardOrder(world, 'one.test')
      await givenTopUp(world, 5_000n)
      await there.chargeFee(250n, 'USD')
      const fees = feeOf(1_900n) + feeOf(5_000n) + 250n
      const before = await reconcileNow(world)
      expect(before).toMatchObject({ findings: 0, unmatched: 0 })
      const held = 6_900n - fees
      const balance = { currency: 'USD', heldMinor: held, clearingMinor: held, pendingMinor: 0n }
      expect(before.balances).toEqual([balance])
      await there.payOut('USD')
      const after = await reconcileNow(world)
      expect(after).toMatchObject({ findings: 0, balances: [{ heldMinor: 0n, clearingMinor: 0n }] })
      expect(await reconcileNow(world)).toMatchObject({ findings: 0 })
      expect(await ledgerOf(ctx)).toMatchObject({
        provider_clearing: 0n,
        provider_fees: -fees,
        bank_clearing: -held,
      })
      expect(await proveLedger(ctx.db)).toMatchObject({ ledgerSumMinor: { USD: 0n }, misplacedPayments: 0 })
    }),
)

test.each(providers)(
  '%s: a payout has its composition, with what each movement is in our books',
  (_name, open) =>
    inBooks(open, async (world) => {
      const { there, finance } = world
      const { paymentId } = await givenCardOrder(world, 'one.test')
      await there.chargeFee(250n, 'USD')
      await there.payOut('USD')
      await reconcileNow(world)
      const { id, itemisedAt } = await onlyPayout(finance)
      expect(itemisedAt).not.toBeNull()
      expect(await getPayout(finance, id)).toMatchObject({
        amountMinor: 1_900n - feeOf(1_900n) - 250n,
        differenceMinor: 0n,
        unknownMovements: 0,
        parts: [
          { kind: 'fee', movements: 1, netMinor: -250n },
          { kind: 'payment', movements: 1, grossMinor: 1_900n, feeMinor: feeOf(1_900n) },
        ],
      })
      const { items } = await listPayoutMovements(finance, { payoutId: id, ...page })
      // Of one second, so in any order.
      expect(items.toSorted((one, other) => one.kind.localeCompare(other.kind))).toMatchObject([
        { kind: 'fee', paymentId: null },
        { kind: 'payment', paymentId, name: 'one.test' },
      ])
    }),
)

test.each(providers)('%s: a payout that the bank refused comes back, and is seen as failed', (_name, open) =>
  inBooks(open, async (world) => {
    const { ctx, there, finance } = world
    await givenTopUp(world, 5_000n)
    const payoutId = await there.payOut('USD')
    await reconcileNow(world)
    await there.failPayout(payoutId)
    expect(await reconcileNow(world)).toMatchObject({
      findings: 0,
      balances: [{ heldMinor: 5_000n - feeOf(5_000n), clearingMinor: 5_000n - feeOf(5_000n) }],
    })
    expect(await onlyPayout(finance)).toMatchObject({ state: 'failed' })
    expect(await ledgerOf(ctx)).toMatchObject({ bank_clearing: 0n })
  }),
)

test.each(providers)(
  '%s: the fee of a dispute is booked, given back when it is won, and shown with it',
  (_name, open) =>
    inBooks(open, async (world) => {
      const { ctx, there, finance } = world
      const { providerId } = await givenTopUp(world, 5_000n)
      const providerDisputeId = await there.openDispute(providerId)
      await hear(world, 'dispute', providerDisputeId)
      await reconcileNow(world)
      const { id } = await ctx.db.selectFrom('dispute').select('id').executeTakeFirstOrThrow()
      expect(await getDispute(finance, id)).toMatchObject({
        fees: [{ amountMinor: 1_500n, currency: 'USD' }],
      })
      expect(await ledgerOf(ctx)).toMatchObject({ provider_fees: -(feeOf(5_000n) + 1_500n) })
      await there.closeDispute(providerDisputeId, true)
      await hear(world, 'dispute', providerDisputeId)
      expect(await reconcileNow(world)).toMatchObject({ findings: 0 })
      expect(await ledgerOf(ctx)).toMatchObject({ provider_fees: -feeOf(5_000n) })
      expect(await getDispute(finance, id)).toMatchObject({ fees: [{ amountMinor: 0n }], state: 'won' })
    }),
)

test.each(providers)(
  '%s: a fee that is no longer reported is a mismatch, and what was booked stays booked',
  (_name, open) =>
    inBooks(open, async (world) => {
      const { ctx, there } = world
      await there.chargeFee(250n, 'USD')
      await givenTopUp(world, 5_000n)
      await reconcileNow(world)
      const { movement_id } = await ctx.db
        .selectFrom('provider_movement')
        .select('movement_id')
        .where('kind', '=', 'fee')
        .executeTakeFirstOrThrow()
      await there.tamper(movement_id, 'drop')
      const { found } = await reconcileNow(world)
      expect(found).toMatchObject([{ kind: 'missing_there', subject: `provider_fee of ${movement_id}` }])
      expect(await ledgerOf(ctx)).toMatchObject({ provider_fees: -(feeOf(5_000n) + 250n) })
    }),
)

test('of reconciliations that book at once, each fee is booked by one', async () => {
  const clone = await cloneDatabase()
  const there = await openSandbox()
  try {
    const world = await clone.db.transaction().execute((tx) => givenBooks(tx, there))
    const ctx = { ...world.ctx, db: clone.db }
    const books: BooksWorld = { ...world, ctx, buyer: { ...world.buyer, db: clone.db } }
    await givenTopUp(books, 5_000n)
    for (let fee = 0; fee < 20; fee += 1) await there.chargeFee(100n, 'USD')
    const run = await beginRun(ctx, { kind: 'command' }, 60_000)
    if (run === undefined) throw new Error('another run is under way')
    const range = { from: new Date(0), to: new Date(Date.now() + 60_000) }
    await readMovements(ctx, run, there.provider, range)
    await Promise.all(Array.from({ length: 6 }, () => bookMovements(ctx, 'sandbox')))
    expect(await ledgerOf(ctx)).toMatchObject({ provider_fees: -(feeOf(5_000n) + 2_000n) })
  } finally {
    await there.stop()
    await clone.drop()
  }
})

async function givenPayout(ctx: Context, providerPayoutId = 'po_1', state: 'paid' | 'failed' = 'paid') {
  const id = ctx.newId()
  const at = new Date()
  await ctx.db
    .insertInto('payout')
    .values({
      id,
      provider: 'sandbox',
      provider_payout_id: providerPayoutId,
      state,
      amount_minor: 100n,
      currency: 'USD',
      made_at: at,
      arrives_at: at,
      is_itemised: false,
    })
    .execute()
  return id
}

const line = { bankReference: 'stripe 4711', bankDate: '2026-11-29', note: 'On the statement.' }

test('a payout is matched to one line of the bank statement, and the match can be taken back', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    const payoutId = await givenPayout(ctx)
    const other = await givenPayout(ctx, 'po_2')
    await matchPayout(finance, { payoutId, version: 1, ...line })
    expect(await getPayout(finance, payoutId)).toMatchObject({
      bankReference: 'STRIPE4711',
      bankDate: '2026-11-29',
      matchedBy: { id: finance.actor.staffId },
      version: 2,
    })
    const filtered = await listPayouts(finance, { ...newest, isMatched: true, q: 'stripe4711' })
    expect(filtered.items.map(({ id }) => id)).toEqual([payoutId])
    const stale = matchPayout(finance, { payoutId, version: 1, ...line })
    await expect(stale).rejects.toMatchObject({ code: 'payout_changed', facts: { version: 2 } })
    const twice = matchPayout(finance, { payoutId, version: 2, ...line })
    await expect(twice).rejects.toMatchObject({ code: 'payout_not_matchable' })
    await unmatchPayout(finance, { payoutId, version: 2, reason: 'The line of another payout.' })
    const again = unmatchPayout(finance, { payoutId, version: 3, reason: 'Again.' })
    await expect(again).rejects.toMatchObject({ code: 'payout_not_matched' })
    await matchPayout(finance, { payoutId: other, version: 1, ...line })
    expect(await getPayout(finance, other)).toMatchObject({ bankReference: 'STRIPE4711' })
  }))

test('a line of the bank statement is one payout, and a payout that failed is on none', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const finance = await givenStaff(ctx, 'finance')
    const payoutId = await givenPayout(ctx)
    const other = await givenPayout(ctx, 'po_2')
    await matchPayout(finance, { payoutId, version: 1, ...line })
    const taken = matchPayout(finance, { payoutId: other, version: 1, ...line })
    await expect(taken).rejects.toMatchObject({ code: 'bank_line_known', facts: { payout_id: payoutId } })
    const failed = await givenPayout(ctx, 'po_3', 'failed')
    const unmatchable = matchPayout(finance, { payoutId: failed, version: 1, ...line, bankReference: 'X99' })
    await expect(unmatchable).rejects.toMatchObject({ code: 'payout_not_matchable' })
    const operator = await givenStaff(ctx, 'operator')
    const refused = matchPayout(operator, { payoutId: other, version: 1, ...line })
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
  } finally {
    await clone.drop()
  }
})

test('a run shows how far it is while it reads, and what the provider held at its end', () =>
  rolledBack(async (tx) => {
    const there = await openSandbox()
    try {
      const world = await givenBooks(tx, there)
      const finance = await givenStaff(world.ctx, 'finance')
      await givenTopUp(world, 5_000n)
      const seen: unknown[] = []
      const watched = {
        ...there.provider,
        listPayouts: async (...args: Parameters<typeof there.provider.listPayouts>) => {
          seen.push((await listReconciliationRuns(finance, page)).items[0])
          return there.provider.listPayouts(...args)
        },
      }
      await reconcileNow(world, { provider: watched })
      expect(seen).toMatchObject([{ step: 'payouts', movements: 1, finishedAt: null }])
      const [run] = (await listReconciliationRuns(finance, page)).items
      expect(run).toMatchObject({
        step: null,
        balances: [{ currency: 'USD', heldMinor: 5_000n - feeOf(5_000n), differenceMinor: 0n }],
      })
    } finally {
      await there.stop()
    }
  }))
