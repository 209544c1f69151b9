import assert from 'node:assert/strict'
import { type WebhookEvent, webhookAgeMsMax } from '@droplock/rules/ports/payments'
import { type Cases, type Delivery, done, type PaymentsWorld, paid, refundOf } from './world.ts'

/** A signature has whole seconds, and a delivery takes a while: it may be this far behind the clock. */
const MARGIN_MS = 60_000

function verified({ provider, now }: PaymentsWorld, { rawBody, headers }: Delivery): WebhookEvent {
  const event = provider.parseWebhook(rawBody, headers, now())
  if (event.kind === 'rejected') assert.fail(event.reason)
  return event
}

async function firstDelivery(world: PaymentsWorld): Promise<Delivery> {
  await paid(world)
  const [delivery] = await world.deliveries()
  if (delivery === undefined) assert.fail('no webhook was received')
  return delivery
}

function reasonFor({ provider }: PaymentsWorld, { rawBody, headers }: Delivery, now: Date) {
  const verdict = provider.parseWebhook(rawBody, headers, now)
  return verdict.kind === 'rejected' ? verdict.reason : 'accepted'
}

function withSignature({ rawBody, headers }: Delivery, change: (value: string) => string): Delivery {
  const changed = new Headers(headers)
  for (const [name, value] of headers) if (name.endsWith('-signature')) changed.set(name, change(value))
  return { rawBody, headers: changed }
}

export const webhookCases: Cases = {
  'changes of payments, refunds and disputes are sent as signed events with the object’s id': async (
    world,
  ) => {
    const intent = await paid(world, 'refund_fails_later')
    const { providerRefundId } = done(await world.provider.refund(refundOf(intent, 100n)))
    await world.settle(providerRefundId)
    const disputeId = await world.openDispute(intent.providerId)
    const events = (await world.deliveries()).map((delivery) => verified(world, delivery))
    const about = (what: string) =>
      new Set(events.filter((event) => event.about === what).map((event) => event.objectId))
    assert.deepEqual(about('payment'), new Set([intent.providerId]))
    assert.deepEqual(about('refund'), new Set([providerRefundId]))
    assert.deepEqual(about('dispute'), new Set([disputeId]))
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, events.length)
  },

  'a body that is changed by one octet, or reformatted, is refused': async (world) => {
    const { rawBody, headers } = await firstDelivery(world)
    const flipped = rawBody.slice()
    flipped[rawBody.length - 3] = (flipped[rawBody.length - 3] ?? 0) ^ 1
    const rewritten = new TextEncoder().encode(` ${new TextDecoder().decode(rawBody)}`)
    for (const body of [flipped, rewritten, new Uint8Array()]) {
      assert.equal(reasonFor(world, { rawBody: body, headers }, world.now()), 'bad_signature')
    }
  },

  'a signature that is missing, cut, or made with another secret is refused': async (world) => {
    const delivery = await firstDelivery(world)
    const { rawBody } = delivery
    assert.equal(reasonFor(world, { rawBody, headers: new Headers() }, world.now()), 'no_signature')
    const changes: ((value: string) => string)[] = [
      () => '',
      () => 'nonsense',
      (value) => value.slice(0, -1),
      (value) => value.replace(/t=\d+/, 't=1'),
      (value) => value.replace(/v1=.*/, `v1=${'0'.repeat(64)}`),
    ]
    for (const change of changes) {
      assert.equal(reasonFor(world, withSignature(delivery, change), world.now()), 'bad_signature')
    }
    const foreign = world.withOtherKey.parseWebhook(rawBody, delivery.headers, world.now())
    assert.deepEqual(foreign, { kind: 'rejected', reason: 'bad_signature' })
  },

  'a genuine event that is old is refused, as a replay would be': async (world) => {
    const delivery = await firstDelivery(world)
    const at = world.now().getTime()
    assert.equal(reasonFor(world, delivery, new Date(at + webhookAgeMsMax - MARGIN_MS)), 'accepted')
    assert.equal(reasonFor(world, delivery, new Date(at + webhookAgeMsMax + MARGIN_MS)), 'too_old')
  },

  'a genuine event that is signed in the future is refused beyond the same tolerance': async (world) => {
    const delivery = await firstDelivery(world)
    const at = world.now().getTime()
    assert.equal(reasonFor(world, delivery, new Date(at - webhookAgeMsMax + MARGIN_MS)), 'accepted')
    assert.equal(reasonFor(world, delivery, new Date(at - webhookAgeMsMax - MARGIN_MS)), 'from_the_future')
  },

  'an event delivered twice has one id': async (world) => {
    const { eventId } = verified(world, await firstDelivery(world))
    await world.resend(eventId)
    const ids = (await world.deliveries()).map((delivery) => verified(world, delivery).eventId)
    assert.equal(ids.filter((id) => id === eventId).length, 2)
  },

  'in any order of events, the state that is read is the current one': async (world) => {
    const intent = await paid(world, 'extra_step')
    await world.finishStep(intent, false)
    const failed = done(await world.provider.getIntent(intent.providerId))
    await world.pay(failed, 'approve')
    const events = (await world.deliveries()).map((delivery) => verified(world, delivery))
    const ours = events.filter(({ objectId }) => objectId === intent.providerId)
    assert.ok(ours.length >= 4)
    for (const { objectId } of ours.toReversed()) {
      assert.equal(done(await world.provider.getIntent(objectId)).state, 'succeeded')
    }
  },
}
