import { money } from '@droplock/rules/money'
import { expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { openSandbox, openStripe } from './provider-worlds.ts'
import {
  ask,
  type BooksWorld,
  givenBooks,
  givenCardOrder,
  givenTopUp,
  hear,
  movementOf,
  reconcileNow,
  sendRefunds,
} from './world.ts'

const openings = { sandbox: openSandbox, stripe: openStripe }
const names = Object.keys(openings) as (keyof typeof openings)[]

function inBooks(name: keyof typeof openings, work: (world: BooksWorld) => Promise<void>): Promise<void> {
  return rolledBack(async (tx) => {
    const there = await openings[name]()
    try {
      await work(await givenBooks(tx, there))
    } finally {
      await there.stop()
    }
  })
}

test.each(names)(
  '%s: everything that can happen to a card payment matches: paid, refunded, refund failed, disputed and won, lost',
  (name) =>
    inBooks(name, async (world) => {
      await givenTopUp(world)
      const order = await givenCardOrder(world, 'one.test')
      const late = await givenCardOrder(world, 'two.test', { late: true })
      await sendRefunds(world, late.paymentId)
      const doomed = await givenCardOrder(world, 'three.test', { card: 'refund_fails_later', late: true })
      const { providerRefundId } = await sendRefunds(world, doomed.paymentId)
      await world.there.settle(providerRefundId)
      await hear(world, 'refund', providerRefundId)
      const won = await world.there.openDispute(order.providerId)
      await hear(world, 'dispute', won)
      await world.there.closeDispute(won, true)
      await hear(world, 'dispute', won)
      const second = await givenCardOrder(world, 'four.test')
      const lost = await world.there.openDispute(second.providerId)
      await hear(world, 'dispute', lost)
      await world.there.closeDispute(lost, false)
      await hear(world, 'dispute', lost)

      const result = await reconcileNow(world)
      expect(result.found).toEqual([])
      expect(result).toMatchObject({ movements: 11, findings: 0, unmatched: 0, unread: [] })
      // Five payments, less the one sent back and the one lost in dispute.
      const held = 5_000n + 4n * 1_900n - 1_900n - 1_900n
      expect(result.sums).toEqual([
        { currency: 'USD', rowsMinor: held, ledgerMinor: held, movementsMinor: held },
      ])
    }),
)

test.each(names)(
  '%s: a movement that they drop is missing by our payment’s id, and by its own if it was reported before',
  (name) =>
    inBooks(name, async (world) => {
      const { paymentId, providerId } = await givenCardOrder(world, 'one.test')
      await givenCardOrder(world, 'two.test')
      const movementId = await movementOf(world.there.provider, providerId)
      expect((await reconcileNow(world)).found).toEqual([])
      await world.there.tamper(movementId, 'drop')
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
    }),
)

test.each(names)('%s: a movement that they double is reported with both ids', (name) =>
  inBooks(name, async (world) => {
    const { paymentId, providerId } = await givenCardOrder(world, 'one.test')
    await givenCardOrder(world, 'two.test')
    const movementId = await movementOf(world.there.provider, providerId)
    await world.there.tamper(movementId, 'double')
    expect((await reconcileNow(world)).found).toMatchObject([
      {
        kind: 'doubled',
        ours: { type: 'payment', id: paymentId },
        oursAmount: { amountMinor: 1_900n },
        theirsAmount: { amountMinor: 3_800n, currency: 'USD' },
        theirIds: expect.arrayContaining([movementId, `${movementId}d`]),
      },
    ])
  }),
)

test.each(names)('%s: a movement that they alter is reported, whether it was read before or not', (name) =>
  inBooks(name, async (world) => {
    const late = await givenCardOrder(world, 'two.test', { late: true })
    const { refundId, providerRefundId } = await sendRefunds(world, late.paymentId)
    const order = await givenCardOrder(world, 'one.test')
    const refund = await movementOf(world.there.provider, providerRefundId, 'refund')
    const payment = await movementOf(world.there.provider, order.providerId)
    await world.there.tamper(refund, 'alter')
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
    await world.there.tamper(payment, 'alter')
    const second = await reconcileNow(world)
    expect(second.found).toHaveLength(2)
    expect(second.found).toContainEqual(
      expect.objectContaining({
        kind: 'altered',
        ours: { type: 'payment', id: order.paymentId },
        theirsAmount: money(1_901n, 'USD'),
      }),
    )
  }),
)

test.each(names)(
  '%s: a movement without a booking is unknown here; a payment whose event was lost, by our id',
  (name) =>
    inBooks(name, async (world) => {
      const stranger = await world.there.provider.createIntent({
        paymentId: 'not-ours',
        amount: money(700n, 'EUR'),
        customerReference: 'nobody',
        metadata: {},
      })
      if (stranger.kind !== 'done') throw new Error(stranger.kind)
      await world.there.pay(stranger.value)
      const order = await givenCardOrder(world, 'one.test')
      const unheard = await openTopUp(world.buyer, 5_000n)
      const intent = await ask(world, unheard)
      await world.there.pay(intent)
      const { found } = await reconcileNow(world)
      expect(found.map(({ ours }) => ours?.id)).not.toContain(order.paymentId)
      expect(found).toHaveLength(2)
      expect(found).toContainEqual(
        expect.objectContaining({
          kind: 'unknown_here',
          theirIds: [
            await movementOf(world.there.provider, stranger.value.providerId),
            stranger.value.providerId,
          ],
          theirsAmount: money(700n, 'EUR'),
        }),
      )
      expect(found).toContainEqual(
        expect.objectContaining({ kind: 'unknown_here', ours: { type: 'payment', id: unheard } }),
      )
    }),
)
