import assert from 'node:assert/strict'
import { money } from '@droplock/rules/money'
import { type Cases, done, order, paid } from './world.ts'

export const paymentCases: Cases = {
  'creating an intent charges nothing': async ({ provider }) => {
    const wanted = order()
    const intent = done(await provider.createIntent(wanted))
    assert.equal(intent.paymentId, wanted.paymentId)
    assert.deepEqual(intent.amount, wanted.amount)
    assert.equal(intent.state, 'requires_action')
    assert.equal(intent.capturedMinor, 0n)
    assert.ok(intent.clientSecret)
    assert.deepEqual(done(await provider.getIntent(intent.providerId)), intent)
  },

  'a payment requested many times, also concurrently, is one intent': async ({ provider }) => {
    const wanted = order()
    const answers = await Promise.all(Array.from({ length: 8 }, () => provider.createIntent(wanted)))
    const first = done(await provider.createIntent(wanted))
    for (const answer of answers) {
      if (answer.kind === 'done') assert.deepEqual(answer.value, first)
      else assert.deepEqual(reasonOf(answer), ['ambiguous', 'in_progress'])
    }
    assert.ok(answers.some(({ kind }) => kind === 'done'))
  },

  'a payment’s id for another amount is refused': async ({ provider }) => {
    const wanted = order()
    done(await provider.createIntent(wanted))
    const answer = await provider.createIntent({ ...wanted, amount: money(7_000n, 'USD') })
    assert.equal(answer.kind, 'rejected')
    assert.deepEqual([answer.reason, answer.retryable], ['key_reused', false])
  },

  'a paid intent has captured its whole amount and cannot be paid again': async (world) => {
    const intent = await paid(world)
    assert.equal(intent.state, 'succeeded')
    assert.equal(intent.capturedMinor, intent.amount.amountMinor)
    assert.equal(intent.clientSecret, undefined)
  },

  'yen are whole and dollars have cents': async ({ provider }) => {
    for (const [minor, currency] of [
      [1_200n, 'JPY'],
      [1_234n, 'USD'],
      [99_999_999n, 'CNY'],
    ] as const) {
      const { amount } = done(await provider.createIntent(order(minor, currency)))
      assert.deepEqual(amount, money(minor, currency))
    }
  },

  'a declined card has a reason, and another card can pay': async (world) => {
    const intent = done(await world.provider.createIntent(order()))
    await world.pay(intent, 'decline')
    const failed = done(await world.provider.getIntent(intent.providerId))
    assert.deepEqual([failed.state, failed.declineReason], ['failed', 'card_declined'])
    await world.pay(failed, 'approve')
    const { state, declineReason } = done(await world.provider.getIntent(intent.providerId))
    assert.deepEqual([state, declineReason], ['succeeded', undefined])
  },

  'an extra step charges nothing until it is passed': async (world) => {
    const intent = await paid(world, 'extra_step')
    assert.deepEqual([intent.state, intent.capturedMinor], ['requires_action', 0n])
    await world.finishStep(intent, true)
    assert.equal(done(await world.provider.getIntent(intent.providerId)).state, 'succeeded')
  },

  'an extra step that is not passed fails the payment': async (world) => {
    const intent = await paid(world, 'extra_step')
    await world.finishStep(intent, false)
    const { state, declineReason } = done(await world.provider.getIntent(intent.providerId))
    assert.deepEqual([state, declineReason], ['failed', 'authentication_failed'])
  },

  'a late payment is processing, cannot be cancelled, and succeeds': async (world) => {
    const { providerId, state } = await paid(world, 'late')
    assert.equal(state, 'processing')
    assert.deepEqual(await world.provider.cancelIntent(providerId).then(reasonOf), [
      'declined',
      'not_cancelable',
    ])
    await world.settle(providerId)
    assert.equal(done(await world.provider.getIntent(providerId)).state, 'succeeded')
  },

  'a cancelled intent cannot be paid, and can be cancelled again': async (world) => {
    const { provider } = world
    const intent = done(await provider.createIntent(order()))
    assert.equal(done(await provider.cancelIntent(intent.providerId)).state, 'canceled')
    assert.equal(done(await provider.cancelIntent(intent.providerId)).state, 'canceled')
    await assert.rejects(world.pay(intent, 'approve'))
    const { state, capturedMinor, clientSecret } = done(await provider.getIntent(intent.providerId))
    assert.deepEqual([state, capturedMinor, clientSecret], ['canceled', 0n, undefined])
  },

  'a paid intent cannot be cancelled': async (world) => {
    const { providerId } = await paid(world)
    assert.deepEqual(await world.provider.cancelIntent(providerId).then(reasonOf), [
      'declined',
      'not_cancelable',
    ])
    assert.equal(done(await world.provider.getIntent(providerId)).state, 'succeeded')
  },

  'an intent whose answer is lost is ambiguous, and a request with the same id returns it': async (world) => {
    const wanted = order()
    await world.loseNextAnswer()
    assert.equal((await world.provider.createIntent(wanted)).kind, 'ambiguous')
    const intent = done(await world.provider.createIntent(wanted))
    assert.equal(intent.paymentId, wanted.paymentId)
    assert.deepEqual(done(await world.provider.createIntent(wanted)), intent)
  },

  'a rate limit is retryable with the same id': async (world) => {
    const wanted = order()
    await world.refuseNext()
    const answer = await world.provider.createIntent(wanted)
    assert.equal(answer.kind, 'rejected')
    assert.deepEqual([answer.reason, answer.retryable], ['rate_limited', true])
    done(await world.provider.createIntent(wanted))
  },

  'an unknown id is not found': async ({ provider }) => {
    const answers = await Promise.all([
      provider.getIntent('pi_none'),
      provider.cancelIntent('pi_none'),
      provider.getRefund('re_none'),
      provider.getDispute('du_none'),
    ])
    for (const answer of answers) assert.deepEqual(reasonOf(answer), ['rejected', 'not_found'])
  },

  'an unknown key is refused, and no answer shows a key': async ({ withOtherKey, secrets }) => {
    const answers = await Promise.all([
      withOtherKey.createIntent(order()),
      withOtherKey.getIntent('pi_none'),
      withOtherKey.listBalanceTransactions({ from: new Date(0), to: new Date(1) }),
    ])
    for (const answer of answers) assert.deepEqual(reasonOf(answer), ['rejected', 'unauthenticated'])
    const shown = JSON.stringify([answers, withOtherKey])
    for (const secret of secrets) assert.equal(shown.includes(secret), false)
  },
}

function reasonOf(answer: { readonly kind: string; readonly reason?: string }) {
  return [answer.kind, answer.reason]
}
