import assert from 'node:assert/strict'
import { type Cases, done, movements, order, paid, refundOf, resultOf } from './world.ts'

export const refundCases: Cases = {
  'a payment is refunded in parts, and never more than its amount': async (world) => {
    const intent = await paid(world, 'approve', 6_900n)
    const part = done(await world.provider.refund(refundOf(intent, 2_000n)))
    assert.deepEqual([part.state, part.amount.amountMinor], ['succeeded', 2_000n])
    assert.equal(part.providerPaymentId, intent.providerId)
    const tooMuch = await world.provider.refund(refundOf(intent, 4_901n))
    assert.deepEqual(resultOf(tooMuch), ['declined', 'amount_exceeds_remaining'])
    done(await world.provider.refund(refundOf(intent, 4_900n)))
    assert.deepEqual(resultOf(await world.provider.refund(refundOf(intent, 1n))), [
      'declined',
      'already_refunded',
    ])
  },

  'an unpaid payment is not refunded': async ({ provider }) => {
    const intent = done(await provider.createIntent(order()))
    assert.deepEqual(resultOf(await provider.refund(refundOf(intent))), ['declined', 'not_refundable'])
  },

  'one refund requested many times, also concurrently, moves money once': async (world) => {
    const wanted = refundOf(await paid(world), 1_000n)
    await Promise.all(Array.from({ length: 8 }, () => world.provider.refund(wanted)))
    const first = done(await world.provider.refund(wanted))
    assert.deepEqual(done(await world.provider.refund(wanted)), first)
    const moved = (await movements(world)).filter(({ kind }) => kind === 'refund')
    assert.deepEqual(
      moved.map(({ amount, objectId }) => [amount?.amountMinor, objectId]),
      [[-1_000n, first.providerRefundId]],
    )
  },

  'a refund’s id for another amount is refused': async (world) => {
    const wanted = refundOf(await paid(world), 1_000n)
    done(await world.provider.refund(wanted))
    const other = { ...wanted, amount: { ...wanted.amount, amountMinor: 900n } }
    assert.deepEqual(resultOf(await world.provider.refund(other)), ['rejected', 'key_reused'])
  },

  'a refund whose answer is lost is ambiguous, is found by its id, and is made once': async (world) => {
    const { provider } = world
    const wanted = refundOf(await paid(world))
    assert.equal(done(await provider.findRefund(wanted)), undefined)
    await world.loseNextAnswer()
    assert.equal((await provider.refund(wanted)).kind, 'ambiguous')
    const found = done(await provider.findRefund(wanted))
    assert.equal(found?.refundId, wanted.refundId)
    assert.deepEqual(done(await provider.refund(wanted)), found)
    assert.deepEqual(done(await provider.getRefund(found?.providerRefundId ?? '')), found)
    assert.equal((await movements(world)).filter(({ kind }) => kind === 'refund').length, 1)
  },

  'a slow refund is processing until it arrives': async (world) => {
    const { providerRefundId, state } = done(
      await world.provider.refund(refundOf(await paid(world, 'refund_is_slow'))),
    )
    assert.equal(state, 'processing')
    await world.settle(providerRefundId)
    assert.equal(done(await world.provider.getRefund(providerRefundId)).state, 'succeeded')
  },

  'a refund that succeeded may fail later, and the amount can be refunded again': async (world) => {
    const { provider } = world
    const intent = await paid(world, 'refund_fails_later')
    const wanted = refundOf(intent)
    const { providerRefundId, state } = done(await provider.refund(wanted))
    assert.equal(state, 'succeeded')
    await world.settle(providerRefundId)
    assert.equal(done(await provider.getRefund(providerRefundId)).state, 'failed')
    assert.equal(done(await provider.findRefund(wanted))?.state, 'failed')
    done(await provider.refund(refundOf(intent)))
    const kinds = (await movements(world)).map(({ kind }) => kind)
    assert.deepEqual(kinds, ['refund', 'refund_failure', 'refund', 'payment'])
  },

  'a disputed payment is not refunded; one whose dispute was won is': async (world) => {
    const { provider } = world
    const intent = await paid(world)
    const disputeId = await world.openDispute(intent.providerId)
    const dispute = done(await provider.getDispute(disputeId))
    assert.deepEqual([dispute.state, dispute.providerPaymentId], ['open', intent.providerId])
    assert.deepEqual(dispute.amount, intent.amount)
    assert.deepEqual(resultOf(await provider.refund(refundOf(intent))), ['declined', 'disputed'])
    await world.closeDispute(disputeId, true)
    assert.equal(done(await provider.getDispute(disputeId)).state, 'won')
    done(await provider.refund(refundOf(intent)))
  },

  'a payment with a lost dispute is not refunded: the dispute has returned the money': async (world) => {
    const intent = await paid(world)
    const disputeId = await world.openDispute(intent.providerId)
    await world.closeDispute(disputeId, false)
    assert.equal(done(await world.provider.getDispute(disputeId)).state, 'lost')
    assert.deepEqual(resultOf(await world.provider.refund(refundOf(intent))), ['declined', 'disputed'])
    const [taken, came] = await movements(world)
    assert.deepEqual([taken?.kind, taken?.amount?.amountMinor], ['dispute', -intent.amount.amountMinor])
    assert.deepEqual([came?.kind, came?.objectId], ['payment', intent.providerId])
  },
}
