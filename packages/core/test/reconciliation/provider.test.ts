import { money } from '@droplock/rules/money/money'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/open-top-up.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { openSandbox, openStripe, type ProviderWorld } from './provider-worlds.ts'
import {
  allMovements,
  ask,
  type BooksWorld,
  givenBooks,
  givenCardOrder,
  givenTopUp,
  hear,
  inSandboxBooks,
  movementOf,
  reconcileNow,
  sendRefunds,
  terms,
} from './world.ts'

const openings = { sandbox: openSandbox, stripe: openStripe }

describe.each(Object.keys(openings) as (keyof typeof openings)[])('%s', (name) => {
  let there: ProviderWorld
  beforeEach(async () => {
    there = await openings[name]()
    return () => there.stop()
  })
  const inBooks = (work: (world: BooksWorld) => Promise<void>) =>
    rolledBack(async (tx) => work(await givenBooks(tx, there)))

  test('all that can happen to a card payment agrees: paid, sent back, refund failed, disputed and won, lost', () =>
    inBooks(async (world) => {
      await givenTopUp(world)
      const order = await givenCardOrder(world, 'one.test')
      const late = await givenCardOrder(world, 'two.test', { late: true })
      await sendRefunds(world, late.paymentId)
      const doomed = await givenCardOrder(world, 'three.test', { card: 'refund_fails_later', late: true })
      const { providerRefundId } = await sendRefunds(world, doomed.paymentId)
      await there.settle(providerRefundId)
      await hear(world, 'refund', providerRefundId)
      const won = await there.openDispute(order.providerId)
      await hear(world, 'dispute', won)
      await there.closeDispute(won, true)
      await hear(world, 'dispute', won)
      const second = await givenCardOrder(world, 'four.test')
      const lost = await there.openDispute(second.providerId)
      await hear(world, 'dispute', lost)
      await there.closeDispute(lost, false)
      await hear(world, 'dispute', lost)

      const result = await reconcileNow(world)
      expect(result.found).toEqual([])
      expect(result).toMatchObject({ movements: 11, findings: 0, unmatched: 0, unread: [] })
      // Five payments, less the one sent back and the one lost in dispute.
      const held = 5_000n + 4n * 1_900n - 1_900n - 1_900n
      expect(result.sums).toEqual([
        { currency: 'USD', rowsMinor: held, ledgerMinor: held, movementsMinor: held },
      ])
    }))

  test('a movement that they drop is missed by our payment’s id, and by its own if it was told before', () =>
    inBooks(async (world) => {
      const { paymentId, providerId } = await givenCardOrder(world, 'one.test')
      await givenCardOrder(world, 'two.test')
      const movementId = await movementOf(there.provider, providerId)
      expect((await reconcileNow(world)).found).toEqual([])
      await there.tamper(movementId, 'drop')
      const result = await reconcileNow(world)
      expect(result.found).toMatchObject([
        {
          kind: 'missing_there',
          ours: { type: 'payment', id: paymentId },
          oursAmount: { amountMinor: 1_900n, currency: 'USD' },
          theirIds: [movementId, providerId],
        },
      ])
      expect(result.unmatched).toBe(1)
    }))

  test('a movement that they double is told with both ids', () =>
    inBooks(async (world) => {
      const { paymentId, providerId } = await givenCardOrder(world, 'one.test')
      await givenCardOrder(world, 'two.test')
      const movementId = await movementOf(there.provider, providerId)
      await there.tamper(movementId, 'double')
      expect((await reconcileNow(world)).found).toMatchObject([
        {
          kind: 'doubled',
          ours: { type: 'payment', id: paymentId },
          oursAmount: { amountMinor: 1_900n },
          theirsAmount: { amountMinor: 3_800n, currency: 'USD' },
          theirIds: expect.arrayContaining([movementId, `${movementId}d`]),
        },
      ])
    }))

  test('a movement that they alter is told, whether it was read before or not', () =>
    inBooks(async (world) => {
      const late = await givenCardOrder(world, 'two.test', { late: true })
      const { refundId, providerRefundId } = await sendRefunds(world, late.paymentId)
      const order = await givenCardOrder(world, 'one.test')
      const refund = await movementOf(there.provider, providerRefundId, 'refund')
      const payment = await movementOf(there.provider, order.providerId)
      await there.tamper(refund, 'alter')
      const first = await reconcileNow(world)
      expect(first.found).toMatchObject([
        {
          kind: 'altered',
          ours: { type: 'refund', id: refundId },
          oursAmount: { amountMinor: -1_900n },
          theirsAmount: { amountMinor: -1_899n },
          theirIds: [refund, providerRefundId],
        },
      ])
      await there.tamper(payment, 'alter')
      const second = await reconcileNow(world)
      expect(second.found).toHaveLength(2)
      expect(second.found).toContainEqual(
        expect.objectContaining({
          kind: 'altered',
          ours: { type: 'payment', id: order.paymentId },
          theirsAmount: money(1_901n, 'USD'),
        }),
      )
    }))

  test('money of which we know nothing is unknown here; a payment whose event was lost, by our id', () =>
    inBooks(async (world) => {
      const stranger = await there.provider.createIntent({
        paymentId: 'not-ours',
        amount: money(700n, 'EUR'),
        customerReference: 'nobody',
        metadata: {},
      })
      if (stranger.kind !== 'done') throw new Error(stranger.kind)
      await there.pay(stranger.value)
      const order = await givenCardOrder(world, 'one.test')
      const unheard = await openTopUp(world.buyer, 5_000n)
      const intent = await ask(world, unheard)
      await there.pay(intent)
      const { found } = await reconcileNow(world)
      expect(found.map(({ ours }) => ours?.id)).not.toContain(order.paymentId)
      expect(found).toHaveLength(2)
      expect(found).toContainEqual(
        expect.objectContaining({
          kind: 'unknown_here',
          theirIds: [await movementOf(there.provider, stranger.value.providerId), stranger.value.providerId],
          theirsAmount: money(700n, 'EUR'),
        }),
      )
      expect(found).toContainEqual(
        expect.objectContaining({ kind: 'unknown_here', ours: { type: 'payment', id: unheard } }),
      )
    }))
})

describe('any provider', () => {
  const instead = (world: BooksWorld, change: Partial<PaymentProvider>) => ({
    provider: { ...world.there.provider, ...change },
  })

  test('what is settled in another currency is held against the amount that the customer saw', () =>
    inSandboxBooks(async (world) => {
      const { paymentId } = await givenCardOrder(world, 'one.test')
      const settledAs = (minor: (amountMinor: bigint) => bigint): Partial<PaymentProvider> => ({
        listBalanceTransactions: async (range, cursor) => {
          const answer = await world.there.provider.listBalanceTransactions(range, cursor)
          if (answer.kind !== 'done') return answer
          const transactions = answer.value.transactions.map((movement) => ({
            ...movement,
            settled: money(minor(movement.settled.amountMinor), 'EUR'),
          }))
          return { kind: 'done', value: { ...answer.value, transactions } }
        },
      })
      const agreed = settledAs((minor) => (minor * 9n) / 10n)
      expect((await reconcileNow(world, instead(world, agreed))).found).toEqual([])
      const altered = settledAs((minor) => (minor * 8n) / 10n)
      expect((await reconcileNow(world, instead(world, altered))).found).toMatchObject([
        { kind: 'altered', ours: { id: paymentId }, detail: expect.stringContaining('17.10 EUR') },
      ])
    }))

  test('nothing is lost where a page ends', () =>
    inSandboxBooks(async (world) => {
      for (let count = 0; count < 101; count += 1) await givenTopUp(world, BigInt(1_000 + count))
      expect(await allMovements(world.there.provider)).toHaveLength(101)
      expect(await reconcileNow(world)).toMatchObject({ movements: 101, findings: 0 })
    }))

  test('what is younger than the settling time is not missed yet', () =>
    inSandboxBooks(async (world) => {
      const { providerId, paymentId } = await givenCardOrder(world, 'one.test')
      await world.there.tamper(await movementOf(world.there.provider, providerId), 'drop')
      const young = { terms: { ...terms, settlingMs: 3_600_000 } }
      expect((await reconcileNow(world, young)).found).toEqual([])
      expect((await reconcileNow(world)).found).toMatchObject([{ ours: { id: paymentId } }])
    }))

  test('a provider that does not answer leaves its items as they are, and is told as not read', () =>
    inSandboxBooks(async (world) => {
      const { providerId } = await givenCardOrder(world, 'one.test')
      await world.there.tamper(await movementOf(world.there.provider, providerId), 'drop')
      await reconcileNow(world)
      const away = {
        listBalanceTransactions: async () => ({ kind: 'ambiguous', reason: 'timeout' }) as const,
      }
      expect(await reconcileNow(world, instead(world, away))).toMatchObject({
        findings: 0,
        unmatched: 1,
        unread: ['sandbox: ambiguous, timeout'],
      })
    }))

  test('a ledger without what its rows say is told as a sum', () =>
    inSandboxBooks(async (world) => {
      await givenCardOrder(world, 'one.test')
      for (const trigger of ['card_money_is_where_it_belongs', 'posting_set_sums_to_zero'])
        await sql`alter table posting disable trigger ${sql.id(trigger)}`.execute(world.ctx.db)
      const { rows } = await sql<{ payment_id: string; account_id: string }>`
        select payment_id, account_id from posting where ledger_account = 'provider_clearing'`.execute(
        world.ctx.db,
      )
      await world.ctx.db
        .insertInto('posting')
        .values({
          cause: 'receipt',
          cause_id: world.ctx.newId(),
          line: 1,
          ledger_account: 'provider_clearing',
          amount_minor: 1n,
          currency: 'USD',
          payment_id: rows[0]?.payment_id ?? null,
          account_id: rows[0]?.account_id ?? null,
        })
        .execute()
      const { found } = await reconcileNow(world)
      expect(found).toContainEqual(
        expect.objectContaining({ kind: 'sum_differs', oursAmount: money(1_899n, 'USD') }),
      )
      expect(found).toContainEqual(
        expect.objectContaining({ side: 'ledger', kind: 'broken', subject: 'ledger_sums_to_zero' }),
      )
    }))
})
