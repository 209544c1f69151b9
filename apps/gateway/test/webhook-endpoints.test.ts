import { claimDueDeliveries } from '@droplock/core/deliveries/claim-due'
import { giveUpDeliveries } from '@droplock/core/deliveries/undelivered'
import { expect, test } from 'vitest'
import { advanceAll, givenEvent } from '../../../packages/core/test/support/receivers.ts'
import { WebhookDelivery } from '../src/resources/webhook-deliveries.ts'
import {
  NewWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointPage,
  WebhookTest,
} from '../src/resources/webhook-endpoints.ts'
import { testWebhookKey } from './support/app.ts'
import { answers, expectProblem } from './support/refuses.ts'
import { wellFormed } from './support/requests.ts'
import { path, url, usingWebhooks, workOnce } from './support/webhooks.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()
const { make, givenEndpoint, change, read, deliveriesOf } = usingWebhooks(world)

answers('createWebhookEndpoint', 201, 'its secret is shown and stored nowhere', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const made = await make(key, { url, topics: ['backorder.failed'], description: ' shop ' })
  expect(made).toMatchObject({ url, enabled: true, topics: ['backorder.failed'], description: 'shop' })
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const row = await world.ctx.db
    .selectFrom('event_receiver')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  expect(made.secret).toBe(testWebhookKey.derive(made.id, row.secret_salt ?? new Uint8Array()))
  const stored = await world.ctx.db.selectFrom('idempotency_key').select('body').execute()
  expect(JSON.stringify([row, stored])).not.toContain(made.secret)
})

test('the answer that is given again has no secret, and makes no second endpoint', async () => {
  const { key } = await givenCustomer(world.ctx)
  const ask = { ...wellFormed.createWebhookEndpoint, key, idempotencyKey: 'one endpoint' }
  const [first, second] = [await world.send(ask), await world.send(ask)]
  const { secret, ...rest } = NewWebhookEndpoint.parse(await first.json())
  expect(secret).toBeDefined()
  expect(second.headers.get('Idempotent-Replayed')).toBe('true')
  expect(await second.json()).toEqual(rest)
})

answers(
  'listWebhookEndpoints',
  200,
  'those of the account alone, newest first, without secrets',
  async () => {
    const { key, id } = await givenEndpoint()
    await givenEndpoint()
    const second = await make(key, { url: `${url}/2` })
    const page = WebhookEndpointPage.parse(await (await world.send({ path: `${path}?limit=1`, key })).json())
    expect(page.items).toMatchObject([{ id: second.id }])
    const next = await world.send({ path: `${path}?limit=1&cursor=${page.next}`, key })
    const text = await next.text()
    expect(JSON.parse(text)).toMatchObject({ items: [{ id, url }] })
    expect(text).not.toContain('whsec_')
  },
)

answers('getWebhookEndpoint', 200, 'with its version', async () => {
  const { key, id, secret: _, accountId: __, ...made } = await givenEndpoint()
  const response = await world.send({ path: `${path}/${id}`, key })
  expect(response.headers.get('ETag')).toBe('"v1"')
  expect(await response.json()).toMatchObject({ id, url: made.url, enabled: true })
})

answers(
  'updateWebhookEndpoint',
  200,
  'what is left out stays, null is every topic, and its version is raised',
  async () => {
    const { key, id } = await givenEndpoint({ url, topics: ['backorder.failed'], description: 'shop' })
    const response = await change(key, id, { topics: null, url: `${url}/2` }, '"v1"')
    expect(response.status).toBe(200)
    expect(response.headers.get('ETag')).toBe('"v2"')
    const changed = await read(key, id)
    expect(changed).toMatchObject({ url: `${url}/2`, description: 'shop' })
    expect(changed).not.toHaveProperty('topics')
  },
)

test('an endpoint that is disabled gets nothing more, and after it is enabled again what happens then', async () => {
  const { key, id, accountId } = await givenEndpoint()
  await givenEvent(world.ctx, accountId)
  await advanceAll(world.ctx)
  expect(await (await change(key, id, { enabled: false })).json()).toMatchObject({
    enabled: false,
    disabled_reason: 'requested',
  })
  await givenEvent(world.ctx, accountId)
  expect(await workOnce(world, accountId, 204)).toEqual([])
  while ((await giveUpDeliveries(world.ctx)) > 0);
  expect((await deliveriesOf(key, id)).items).toMatchObject([{ state: 'failed' }])
  await change(key, id, { enabled: true })
  expect(await read(key, id)).not.toHaveProperty('disabled_at')
  const subject = world.ctx.newId()
  await givenEvent(world.ctx, accountId, subject)
  expect(await workOnce(world, accountId, 204)).toEqual([subject])
})

answers(
  'deleteWebhookEndpoint',
  204,
  'nothing more is sent, what was on its way is given up, and its URL is free',
  async () => {
    const { key, id, accountId } = await givenEndpoint()
    await givenEvent(world.ctx, accountId)
    await advanceAll(world.ctx)
    expect((await world.send({ method: 'DELETE', path: `${path}/${id}`, key })).status).toBe(204)
    await expectProblem(await world.send({ path: `${path}/${id}`, key }), 'webhook_endpoint_not_found')
    expect(await workOnce(world, accountId, 204)).toEqual([])
    while ((await giveUpDeliveries(world.ctx)) > 0);
    const left = await world.ctx.db
      .selectFrom('event_delivery')
      .select('state')
      .where('receiver_id', '=', id)
      .execute()
    expect(left).toEqual([{ state: 'failed' }])
    await make(key)
  },
)

answers(
  'rotateWebhookSecret',
  201,
  'the secret before is used beside the new one for a day, or as long as asked',
  async () => {
    const { key, id, secret, accountId } = await givenEndpoint()
    const rotate = async (body: object) =>
      NewWebhookEndpoint.parse(
        await (await world.send({ method: 'POST', path: `${path}/${id}/rotate-secret`, key, body })).json(),
      )
    const secretsOf = async () => {
      await givenEvent(world.ctx, accountId)
      await advanceAll(world.ctx)
      const owner = world.ctx.newId()
      const due = await claimDueDeliveries(world.ctx, { owner, kinds: ['webhook'], limit: 200 })
      const delivery = due.find(({ receiver }) => receiver.id === id)
      return delivery?.receiver.secrets?.map(({ salt }) => testWebhookKey.derive(id, salt))
    }
    const second = await rotate({})
    expect(second.secret).not.toBe(secret)
    const untilMs = new Date(second.previous_secret_until ?? 0).getTime()
    expect(Math.round((untilMs - Date.now()) / 3_600_000)).toBe(24)
    expect(await secretsOf()).toEqual([second.secret, secret])
    const third = await rotate({ overlap_seconds: 0 })
    expect(third.previous_secret_until).toBeUndefined()
    expect(await secretsOf()).toEqual([third.secret])
  },
)

answers(
  'testWebhookEndpoint',
  202,
  'the event goes to this endpoint alone, and its log shows what it answered',
  async () => {
    const { key, id, accountId } = await givenEndpoint({ url, topics: ['backorder.failed'] })
    const other = await make(key, { url: `${url}/other` })
    const response = await world.send({ method: 'POST', path: `${path}/${id}/test`, key })
    const { event_id } = WebhookTest.parse(await response.json())
    expect(response.status).toBe(202)
    expect(response.headers.get('Location')).toBe(`${path}/${id}/deliveries?event_id=${event_id}`)
    expect(await workOnce(world, accountId, 500)).toEqual([id])
    const { items } = await deliveriesOf(key, id, `?event_id=${event_id}`)
    expect(items).toMatchObject([
      {
        event_id,
        topic: 'webhook_endpoint.tested',
        state: 'pending',
        attempts: [{ status: 500, answer: '500', failure: 'answered 500', duration_ms: 12 }],
      },
    ])
    expect((await deliveriesOf(key, other.id)).items).toEqual([])
  },
)

answers(
  'listWebhookDeliveries',
  200,
  'newest first, by state and topic, each with its attempts',
  async () => {
    const { key, id, accountId } = await givenEndpoint()
    const delivered = await givenEvent(world.ctx, accountId)
    await workOnce(world, accountId, 204)
    const pending = await givenEvent(world.ctx, accountId)
    await workOnce(world, accountId, 503)
    const all = await deliveriesOf(key, id)
    expect(all.items.map(({ event_id }) => event_id)).toEqual([pending, delivered])
    const first = await deliveriesOf(key, id, '?limit=1')
    const second = await deliveriesOf(key, id, `?limit=1&cursor=${first.next}`)
    expect(second.items).toMatchObject([
      { event_id: delivered, state: 'delivered', waits: false, attempts: [{ status: 204 }] },
    ])
    expect((await deliveriesOf(key, id, '?state=pending')).items).toMatchObject([
      { event_id: pending, next_attempt_at: expect.any(String) },
    ])
    expect((await deliveriesOf(key, id, '?topic=backorder.failed')).items).toEqual([])
    expect((await deliveriesOf(key, id, '?topic=backorder.secured')).items).toHaveLength(2)
  },
)

answers('retryWebhookDelivery', 200, 'a delivery is sent again now, whatever became of it', async () => {
  const { key, id, accountId } = await givenEndpoint()
  const subject = world.ctx.newId()
  await givenEvent(world.ctx, accountId, subject)
  await workOnce(world, accountId, 500)
  expect(await workOnce(world, accountId, 204)).toEqual([])
  const [delivery] = (await deliveriesOf(key, id)).items
  const retry = () =>
    world.send({ method: 'POST', path: `${path}/${id}/deliveries/${delivery?.id}/retry`, key })
  expect(WebhookDelivery.parse(await (await retry()).json())).toMatchObject({ state: 'pending' })
  expect(await workOnce(world, accountId, 204)).toEqual([subject])
  expect(WebhookDelivery.parse(await (await retry()).json())).toMatchObject({ state: 'pending' })
  expect(await workOnce(world, accountId, 204)).toEqual([subject])
  expect((await deliveriesOf(key, id)).items).toMatchObject([
    { state: 'delivered', attempts: [{ status: 204 }, { status: 204 }, { status: 500 }] },
  ])
})

answers(
  'recoverWebhookEndpoint',
  202,
  'what it missed while it was disabled or failed is sent again in order, and nothing else',
  async () => {
    const since = new Date(Date.now() - 60_000).toISOString()
    const { key, id, accountId } = await givenEndpoint()
    const [taken, failed, missed] = [world.ctx.newId(), world.ctx.newId(), world.ctx.newId()]
    await givenEvent(world.ctx, accountId, taken)
    await workOnce(world, accountId, 204)
    await givenEvent(world.ctx, accountId, failed)
    await workOnce(world, accountId, 410)
    expect(await read(key, id)).toMatchObject({ enabled: false, disabled_reason: 'gone' })
    await givenEvent(world.ctx, accountId, missed)
    await givenEvent(world.ctx, accountId, failed)
    await advanceAll(world.ctx)
    await change(key, id, { enabled: true })
    const response = await world.send({ method: 'POST', path: `${path}/${id}/recover`, key, body: { since } })
    expect(response.status).toBe(202)
    expect(WebhookEndpoint.parse(await response.json())).toMatchObject({ recovering_since: since })
    // Both events about the first subject, one after the other; the notice that it was disabled too.
    expect(await workOnce(world, accountId, 204)).toEqual([failed, id, missed])
    expect(await workOnce(world, accountId, 204)).toEqual([failed])
    expect(await workOnce(world, accountId, 204)).toEqual([])
    expect(await read(key, id)).not.toHaveProperty('recovering_since')
  },
)
