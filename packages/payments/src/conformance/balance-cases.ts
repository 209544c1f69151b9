import assert from 'node:assert/strict'
import { money } from '@droplock/rules/money'
import type { BalanceTransaction } from '@droplock/rules/ports/payments'
import {
  allPages,
  aroundNow,
  type Cases,
  done,
  movements,
  type PaymentsWorld,
  paid,
  refundOf,
  resultOf,
} from './world.ts'

/** An age that no payment here has. */
const longAgo = { from: new Date(0), to: new Date(86_400_000) }

function paidOut({ provider }: PaymentsWorld, payoutId: string) {
  return allPages((cursor) => provider.listPayoutTransactions(payoutId, cursor))
}

async function payoutsOf(world: PaymentsWorld) {
  return done(await world.provider.listPayouts(aroundNow(world))).payouts
}

/** What movements add to the balance, fees subtracted. */
function net(all: readonly BalanceTransaction[]): bigint {
  return all.reduce((sum, { settled, fee }) => sum + settled.amountMinor - fee.amountMinor, 0n)
}

export const balanceCases: Cases = {
  'every movement of the balance is listed once, newest first, over all pages': async (world) => {
    const paidIds: string[] = []
    for (let count = 0; count < 103; count += 1) paidIds.push((await paid(world)).providerId)
    const all = await movements(world)
    assert.deepEqual(
      all.map(({ objectId }) => objectId),
      paidIds.toReversed(),
    )
    for (const { amount, settled, fee } of all) {
      assert.deepEqual(settled, amount)
      assert.ok(fee.amountMinor > 0n)
    }
    assert.deepEqual(done(await world.provider.listBalanceTransactions(longAgo)).transactions, [])
  },

  'a fee that belongs to no payment is a movement of its own': async (world) => {
    await world.chargeFee(250n, 'USD')
    const [fee, ...others] = await movements(world)
    assert.deepEqual([fee?.kind, fee?.objectId, others.length], ['fee', undefined, 0])
    assert.deepEqual([fee?.settled, fee?.fee.amountMinor], [money(-250n, 'USD'), 0n])
  },

  'a payout pays out what the balance has, and says which movements that was': async (world) => {
    const kept = await paid(world)
    const returned = await paid(world)
    done(await world.provider.refund(refundOf(returned, 1_000n)))
    await world.chargeFee(250n, 'USD')
    const before = await movements(world)
    const payoutId = await world.payOut('USD')
    const [payout, ...others] = await payoutsOf(world)
    assert.equal(others.length, 0)
    assert.equal(payout?.providerPayoutId, payoutId)
    assert.equal(payout?.state, 'in_transit')
    assert.equal(payout?.isItemised, true)
    assert.deepEqual(payout?.amount, money(net(before), 'USD'))
    assert.deepEqual(await paidOut(world, payoutId), before)
    assert.equal(before.at(-1)?.objectId, kept.providerId)
    const [moved] = await movements(world)
    assert.deepEqual(
      [moved?.kind, moved?.objectId, moved?.settled],
      ['payout', payoutId, money(-net(before), 'USD')],
    )
    assert.equal(net(await movements(world)), 0n)
  },

  'a payout arrives, and one that the bank refuses comes back to the balance': async (world) => {
    await paid(world)
    const payoutId = await world.payOut('USD')
    const state = async () => (await payoutsOf(world))[0]?.state
    await world.settle(payoutId)
    assert.equal(await state(), 'paid')
    const held = net((await movements(world)).filter(({ kind }) => kind !== 'payout'))
    await world.failPayout(payoutId)
    assert.equal(await state(), 'failed')
    const [back] = await movements(world)
    assert.deepEqual([back?.kind, back?.objectId, back?.settled], ['payout', payoutId, money(held, 'USD')])
    assert.equal(net(await movements(world)), held)
  },

  'payouts of another time are not listed, and an unknown one has no movements': async (world) => {
    await paid(world)
    await world.payOut('USD')
    assert.deepEqual(done(await world.provider.listPayouts(longAgo)).payouts, [])
    const unknown = await world.provider.listPayoutTransactions('po_unknown')
    assert.deepEqual(resultOf(unknown), ['rejected', 'not_found'])
  },
}
