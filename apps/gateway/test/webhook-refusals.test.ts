import { ENDPOINTS_MAX } from '@droplock/rules/events'
import { describe, expect, test } from 'vitest'
import { advanceAll, givenEvent } from '../../../packages/core/test/support/receivers.ts'
import { servedFrom } from '../src/gateway.ts'
import type { OperationId } from '../src/operations.ts'
import { createTestApp, sendUnreached, someKey, testWebhookKey } from './support/app.ts'
import { expectProblem, refuses } from './support/refuses.ts'
import { someId, wellFormed } from './support/requests.ts'
import { path, url, usingWebhooks } from './support/webhooks.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()
const { make, givenEndpoint, change, deliveriesOf } = usingWebhooks(world)

const unknown = async (operation: OperationId) => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed[operation], key })
}

const forbidden = async (wanted: string) => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ method: 'POST', path, key, body: { url: wanted } })
}

const disabled = async (asked: (id: string) => { readonly path: string; readonly body?: object }) => {
  const { key, id, accountId } = await givenEndpoint()
  await givenEvent(world.ctx, accountId)
  await advanceAll(world.ctx)
  await change(key, id, { enabled: false })
  const [delivery] = (await deliveriesOf(key, id)).items
  const { path: asking, body } = asked(id)
  return world.send({
    method: 'POST',
    path: asking.replace('{delivery}', delivery?.id ?? ''),
    key,
    ...(body !== undefined && { body }),
  })
}

const bySubAccount = async (operation: OperationId) => {
  const { key } = await givenCustomer(world.ctx)
  const office = { method: 'POST', path: '/v1/sub-accounts', key, body: { label: 'an office' } }
  const { id: sub_account_id } = (await (await world.send(office)).json()) as { id: string }
  const body = { label: 'its key', scopes: ['webhooks:manage'], sub_account_id }
  const made = await world.send({ method: 'POST', path: '/v1/api-keys', key, body })
  const own = (await made.json()) as { key: string }
  return world.send({ ...wellFormed[operation], key: own.key })
}

const unreached = (method: string, at: string, body?: object) =>
  sendUnreached({ method, path: `${path}${at}`, key: someKey, ...(body !== undefined && { body }) })

describe('an endpoint that cannot be', () => {
  refuses('createWebhookEndpoint', 'webhook_url_forbidden', 'an address that is not public', () =>
    forbidden('https://169.254.169.254/latest'),
  )
  test.each([
    ['http://shop.example.com/', 'scheme'],
    ['https://user:secret@shop.example.com/', 'credentials'],
    ['https://shop.example.com:25/', 'port'],
    ['https://0x0a000001/', 'address'],
    ['https://[::ffff:10.0.0.1]/', 'address'],
  ])('the refusal of %s says that it is for its %s', async (wanted, reason) => {
    expect(await expectProblem(await forbidden(wanted), 'webhook_url_forbidden')).toMatchObject({ reason })
  })
  test('a name that does not resolve is refused', async () => {
    const { key } = await givenCustomer(world.ctx)
    const webhooks = { key: testWebhookKey, judge: async () => 'unresolvable' }
    const { send } = createTestApp({ test: servedFrom(world.ctx) }, { webhooks })
    const response = await send({ ...wellFormed.createWebhookEndpoint, key })
    expect(await expectProblem(response, 'webhook_url_forbidden')).toMatchObject({ reason: 'unresolvable' })
  })
  refuses('updateWebhookEndpoint', 'webhook_url_forbidden', 'an address that is not public', async () => {
    const { key, id } = await givenEndpoint()
    return change(key, id, { url: 'https://10.0.0.1/' })
  })
  refuses('createWebhookEndpoint', 'webhook_endpoint_exists', 'a URL of another', async () => {
    const { key } = await givenEndpoint()
    return world.send({ method: 'POST', path, key, body: { url } })
  })
  refuses('updateWebhookEndpoint', 'webhook_endpoint_exists', 'the URL of another', async () => {
    const { key, id } = await givenEndpoint()
    await make(key, { url: `${url}/2` })
    return change(key, id, { url: `${url}/2` })
  })
  test('of many that are made at once no more are made than an account may have', async () => {
    const { key } = await givenCustomer(world.ctx)
    const asked = Array.from({ length: ENDPOINTS_MAX + 5 }, (_, index) =>
      world.send({ method: 'POST', path, key, body: { url: `${url}/${index}` } }),
    )
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(ENDPOINTS_MAX)
  })
  refuses('createWebhookEndpoint', 'webhook_endpoint_limit_reached', 'the 21st', async () => {
    const { key } = await givenCustomer(world.ctx)
    for (let index = 0; index < ENDPOINTS_MAX; index += 1) await make(key, { url: `${url}/${index}` })
    return world.send({ method: 'POST', path, key, body: { url } })
  })
  test('without a key for secrets none can be made', async () => {
    const { key } = await givenCustomer(world.ctx)
    const { send } = createTestApp({ test: servedFrom(world.ctx) }, { webhooks: undefined })
    await expectProblem(await send({ ...wellFormed.createWebhookEndpoint, key }), 'unavailable')
  })
})

refuses('updateWebhookEndpoint', 'precondition_failed', 'an edit of what was changed since', async () => {
  const { key, id } = await givenEndpoint()
  await change(key, id, { description: 'first' }, '"v1"')
  return change(key, id, { description: 'second' }, '"v1"')
})

describe('an endpoint of nobody', () => {
  refuses('getWebhookEndpoint', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('getWebhookEndpoint'),
  )
  refuses('updateWebhookEndpoint', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('updateWebhookEndpoint'),
  )
  refuses('deleteWebhookEndpoint', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('deleteWebhookEndpoint'),
  )
  refuses('rotateWebhookSecret', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('rotateWebhookSecret'),
  )
  refuses('testWebhookEndpoint', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('testWebhookEndpoint'),
  )
  refuses('recoverWebhookEndpoint', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('recoverWebhookEndpoint'),
  )
  refuses('listWebhookDeliveries', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('listWebhookDeliveries'),
  )
  refuses('retryWebhookDelivery', 'webhook_endpoint_not_found', 'an unknown one', () =>
    unknown('retryWebhookDelivery'),
  )
  refuses(
    'retryWebhookDelivery',
    'webhook_delivery_not_found',
    'a delivery of another endpoint',
    async () => {
      const { key, id, accountId } = await givenEndpoint()
      const other = await make(key, { url: `${url}/2`, topics: ['backorder.failed'] })
      await givenEvent(world.ctx, accountId)
      await advanceAll(world.ctx)
      const [delivery] = (await deliveriesOf(key, id)).items
      return world.send({ method: 'POST', path: `${path}/${other.id}/deliveries/${delivery?.id}/retry`, key })
    },
  )
  test('an endpoint of another account is unknown, in every operation', async () => {
    const { id } = await givenEndpoint()
    const { key } = await givenCustomer(world.ctx)
    for (const ask of Object.values(wellFormed).filter((each) => each.path.startsWith(`${path}/${someId}`))) {
      const response = await world.send({ ...ask, path: ask.path.replace(someId, id), key })
      await expectProblem(response, 'webhook_endpoint_not_found')
    }
  })
})

describe('a disabled endpoint', () => {
  refuses('testWebhookEndpoint', 'webhook_endpoint_disabled', 'a test', () =>
    disabled((id) => ({ path: `${path}/${id}/test` })),
  )
  refuses('recoverWebhookEndpoint', 'webhook_endpoint_disabled', 'a recovery', () =>
    disabled((id) => ({ path: `${path}/${id}/recover`, body: { since: new Date().toISOString() } })),
  )
  refuses('retryWebhookDelivery', 'webhook_endpoint_disabled', 'a retry', () =>
    disabled((id) => ({ path: `${path}/${id}/deliveries/{delivery}/retry` })),
  )
})

refuses('recoverWebhookEndpoint', 'invalid_period', 'a time of more than 30 days ago', async () => {
  const { key, id } = await givenEndpoint()
  const since = new Date(Date.now() - 31 * 86_400_000).toISOString()
  return world.send({ method: 'POST', path: `${path}/${id}/recover`, key, body: { since } })
})

describe('a key of a sub-account', () => {
  refuses('listWebhookEndpoints', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('listWebhookEndpoints'),
  )
  refuses('createWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('createWebhookEndpoint'),
  )
  refuses('getWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () => bySubAccount('getWebhookEndpoint'))
  refuses('updateWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('updateWebhookEndpoint'),
  )
  refuses('deleteWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('deleteWebhookEndpoint'),
  )
  refuses('rotateWebhookSecret', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('rotateWebhookSecret'),
  )
  refuses('testWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('testWebhookEndpoint'),
  )
  refuses('recoverWebhookEndpoint', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('recoverWebhookEndpoint'),
  )
  refuses('listWebhookDeliveries', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('listWebhookDeliveries'),
  )
  refuses('retryWebhookDelivery', 'key_exceeds_own', 'a sub-account', () =>
    bySubAccount('retryWebhookDelivery'),
  )
})

describe('a request that is not well formed', () => {
  refuses('listWebhookEndpoints', 'invalid_request', 'a limit of 0', () => unreached('GET', '?limit=0'))
  refuses('createWebhookEndpoint', 'invalid_request', 'no topic at all', () =>
    unreached('POST', '', { url, topics: [] }),
  )
  refuses('getWebhookEndpoint', 'invalid_request', 'an id that is none', () => unreached('GET', '/one'))
  refuses('updateWebhookEndpoint', 'invalid_request', "an operators' topic", () =>
    unreached('PATCH', `/${someId}`, { topics: ['alarm.opened'] }),
  )
  refuses('deleteWebhookEndpoint', 'invalid_request', 'an id that is none', () => unreached('DELETE', '/one'))
  refuses('rotateWebhookSecret', 'invalid_request', 'an overlap of more than a week', () =>
    unreached('POST', `/${someId}/rotate-secret`, { overlap_seconds: 604_801 }),
  )
  refuses('testWebhookEndpoint', 'invalid_request', 'an id that is none', () =>
    unreached('POST', '/one/test'),
  )
  refuses('recoverWebhookEndpoint', 'invalid_request', 'no time', () =>
    unreached('POST', `/${someId}/recover`, { since: 'yesterday' }),
  )
  refuses('listWebhookDeliveries', 'invalid_request', 'an unknown state', () =>
    unreached('GET', `/${someId}/deliveries?state=lost`),
  )
  refuses('retryWebhookDelivery', 'invalid_request', 'an id that is none', () =>
    unreached('POST', `/${someId}/deliveries/one/retry`),
  )
  refuses('listWebhookEndpoints', 'invalid_cursor', 'a cursor of no page', async () => {
    const { key } = await givenEndpoint()
    return world.send({ path: `${path}?cursor=${someId}`, key })
  })
  refuses('listWebhookDeliveries', 'invalid_cursor', 'a cursor of no page', async () => {
    const { key, id } = await givenEndpoint()
    return world.send({ path: `${path}/${id}/deliveries?cursor=${someId}`, key })
  })
})
