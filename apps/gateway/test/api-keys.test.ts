import { createHash } from 'node:crypto'
import { type Scope, scopes } from '@droplock/rules/accounts'
import { judgeApiKeyText } from '@droplock/rules/api-key-text'
import { describe, expect, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { ApiKey, ApiKeyPage, NewApiKey } from '../src/resources/api-keys.ts'
import { createTestApp, sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenKey, inHours, useWorld } from './support/world.ts'

const world = useWorld()

async function make(key: string, body: object) {
  const response = await world.send({ method: 'POST', path: '/v1/api-keys', key, body })
  expect(response.status).toBe(201)
  const made = NewApiKey.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/api-keys/${made.id}`)
  return { ...made, key: made.key ?? '' }
}

const statusOf = async (key: string, path = '/v1/backorders') => (await world.send({ path, key })).status

answers('createApiKey', 201, 'the key is shown, works, and is stored as its SHA-256 alone', async () => {
  const { key } = await givenCustomer(world.ctx)
  const made = await make(key, { label: ' shop ', scopes: ['backorders:read'] })
  expect(made).toMatchObject({ label: 'shop', scopes: ['backorders:read'], current: false })
  expect(judgeApiKeyText(made.key)).toBe('checked')
  expect(await statusOf(made.key)).toBe(200)
  expect(await statusOf(made.key, '/v1/balance')).toBe(403)
  const row = await world.ctx.db
    .selectFrom('api_key')
    .selectAll()
    .where('id', '=', made.id)
    .executeTakeFirstOrThrow()
  expect(row.key_sha256).toEqual(createHash('sha256').update(made.key).digest())
  const stored = await world.ctx.db.selectFrom('idempotency_key').select('body').execute()
  expect(JSON.stringify([row, stored])).not.toContain(made.key)
})

test('the answer that is given again has no key, and makes no second one', async () => {
  const { key } = await givenCustomer(world.ctx)
  const ask = { ...wellFormed.createApiKey, key, idempotencyKey: 'one key' }
  const [first, second] = [await world.send(ask), await world.send(ask)]
  const { key: secret, ...rest } = NewApiKey.parse(await first.json())
  expect(secret).toBeDefined()
  expect(second.headers.get('Idempotent-Replayed')).toBe('true')
  expect(await second.json()).toEqual(rest)
})

answers('listApiKeys', 200, 'the keys of the account alone, newest first', async () => {
  const [{ key }] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const made = await make(key, { label: 'second', scopes: ['backorders:read'] })
  const read = async (query: string) =>
    ApiKeyPage.parse(await (await world.send({ path: `/v1/api-keys${query}`, key })).json())
  const first = await read('?limit=1')
  expect(first.items).toMatchObject([{ id: made.id, current: false }])
  const second = await read(`?limit=1&cursor=${first.next}`)
  expect(second.items).toMatchObject([{ label: 'test', current: true }])
  expect(second.next).toBeUndefined()
})

answers('getApiKey', 200, 'a key, without the key itself', async () => {
  const { key } = await givenCustomer(world.ctx)
  const { key: _, ...made } = await make(key, { label: 'read', scopes: ['backorders:read'] })
  const response = await world.send({ path: `/v1/api-keys/${made.id}`, key })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual(made)
})

describe('a key grants no more than the one that makes it', () => {
  const few: readonly Scope[] = ['keys:manage', 'backorders:read']

  refuses('createApiKey', 'key_exceeds_own', 'a scope that it lacks', async () => {
    const { key } = await givenCustomer(world.ctx, { scopes: few })
    return world.send({
      method: 'POST',
      path: '/v1/api-keys',
      key,
      body: { label: 'x', scopes: ['backorders:read', 'balance:read'] },
    })
  })

  refuses('rotateApiKey', 'key_exceeds_own', 'a stronger key', async () => {
    const { key, accountId } = await givenCustomer(world.ctx)
    const weak = await givenKey(world.ctx, accountId, few)
    const [, strong] = ApiKeyPage.parse(await (await world.send({ path: '/v1/api-keys', key })).json()).items
    return world.send({ ...wellFormed.rotateApiKey, path: `/v1/api-keys/${strong?.id}/rotate`, key: weak })
  })

  refuses('updateApiKey', 'key_exceeds_own', 'a later expiry, and other addresses', async () => {
    const { key } = await givenCustomer(world.ctx)
    const expires_at = inHours(1).toISOString()
    const own = await make(key, { label: 'short', scopes, expires_at, allowed_addresses: ['192.0.2.0/24'] })
    await world.ctx.db
      .updateTable('api_key')
      .set({ allowed_addresses: null })
      .where('id', '=', own.id)
      .execute()
    const child = await make(own.key, { label: 'child', scopes: few })
    expect(child.expires_at).toBe(expires_at)
    return world.send({
      method: 'PATCH',
      path: `/v1/api-keys/${child.id}`,
      key: own.key,
      body: { expires_at: inHours(2).toISOString() },
    })
  })
})

const from = (source: string) => {
  const app = createTestApp({ test: servedFrom(world.ctx) })
  return async (key: string, path: string, body?: object) =>
    app.fetch(
      new Request(`http://gateway${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      { source },
    )
}

describe('addresses', () => {
  test('a key is accepted from its networks and from nowhere else', async () => {
    const { key } = await givenCustomer(world.ctx)
    const allowed_addresses = ['192.0.2.0/24', '2001:db8:1::/48']
    const made = await make(key, {
      label: 'x',
      scopes: ['backorders:read', 'keys:manage'],
      allowed_addresses,
    })
    const status = async (source: string) => (await from(source)(made.key, '/v1/backorders')).status
    expect(await status('192.0.2.7')).toBe(200)
    expect(await status('2001:db8:1:2::/64')).toBe(200)
    expect(await status('192.0.3.7')).toBe(403)
    expect(await status('2001:db8:2::/64')).toBe(403)
    const child = { label: 'y', scopes: ['backorders:read'], allowed_addresses: ['198.51.100.1'] }
    const wider = await from('192.0.2.7')(made.key, '/v1/api-keys', child)
    expect(wider.status).toBe(403)
    const narrower = { ...child, allowed_addresses: ['192.0.2.8'] }
    expect((await from('192.0.2.7')(made.key, '/v1/api-keys', narrower)).status).toBe(201)
  })

  test.each([['192.0.2.1/24'], ['192.0.2.0/33'], ['2001:db8::1'], ['2001:db8::/96'], ['example.com'], ['']])(
    '%s is no network',
    async (network) => {
      const body = { label: 'x', scopes: ['backorders:read'], allowed_addresses: [network] }
      const response = await sendUnreached({ method: 'POST', path: '/v1/api-keys', key: someKey, body })
      await expectProblem(response, 'invalid_request')
    },
  )
})

answers('updateApiKey', 200, 'label and expiry are changed, and removed by null', async () => {
  const { key } = await givenCustomer(world.ctx)
  const made = await make(key, {
    label: 'old',
    scopes: ['backorders:read'],
    expires_at: inHours(1).toISOString(),
  })
  const change = async (body: object) => {
    const path = `/v1/api-keys/${made.id}`
    const response = await world.send({ method: 'PATCH', path, key, body })
    expect(response.status).toBe(200)
    return ApiKey.parse(await response.json())
  }
  expect(await change({ label: 'new' })).toMatchObject({ label: 'new', expires_at: made.expires_at })
  expect((await change({ expires_at: null })).expires_at).toBeUndefined()
})

test('an expired key is refused', async () => {
  const { key } = await givenCustomer(world.ctx)
  const made = await make(key, {
    label: 'x',
    scopes: ['backorders:read'],
    expires_at: inHours(1).toISOString(),
  })
  await world.ctx.db
    .updateTable('api_key')
    .set({ expires_at: new Date(0) })
    .where('id', '=', made.id)
    .execute()
  expect(await statusOf(made.key)).toBe(401)
})

answers('rotateApiKey', 201, 'the new key works at once, and the old one for the overlap', async () => {
  const { key } = await givenCustomer(world.ctx)
  const rotate = async (id: string, overlap_seconds: number) => {
    const path = `/v1/api-keys/${id}/rotate`
    const response = await world.send({ method: 'POST', path, key, body: { overlap_seconds } })
    expect(response.status).toBe(201)
    return NewApiKey.parse(await response.json())
  }
  const old = await make(key, { label: 'x', scopes: ['backorders:read'] })
  const fresh = await rotate(old.id, 3_600)
  expect(fresh).toMatchObject({ label: 'x', scopes: ['backorders:read'], replaces_id: old.id })
  expect([await statusOf(old.key), await statusOf(fresh.key ?? '')]).toEqual([200, 200])
  const freshest = await rotate(fresh.id, 0)
  await expect.poll(() => statusOf(fresh.key ?? '')).toBe(401)
  expect(await statusOf(freshest.key ?? '')).toBe(200)
  const again = await world.send({ ...wellFormed.rotateApiKey, path: `/v1/api-keys/${old.id}/rotate`, key })
  await expectProblem(again, 'api_key_revoked')
})

answers(
  'revokeApiKey',
  200,
  'the key is refused from then on, and doing it again changes nothing',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    const made = await make(key, { label: 'x', scopes: ['backorders:read'] })
    expect(await statusOf(made.key)).toBe(200)
    const revoke = () => world.send({ method: 'DELETE', path: `/v1/api-keys/${made.id}`, key })
    const revoked = ApiKey.parse(await (await revoke()).json())
    expect(revoked.revoked_at).toBeDefined()
    expect(await (await revoke()).json()).toEqual(revoked)
    await expect.poll(() => statusOf(made.key)).toBe(401)
    const path = `/v1/api-keys/${made.id}`
    await expectProblem(await world.send({ ...wellFormed.updateApiKey, path, key }), 'api_key_revoked')
  },
)

test('the day on which a key was last used is written, not with each request, and once', async () => {
  const served = servedFrom(world.ctx)
  const { key } = await givenCustomer(world.ctx)
  const { send } = createTestApp({ test: served })
  const read = async () => {
    const [own] = ApiKeyPage.parse(await (await send({ path: '/v1/api-keys', key })).json()).items
    return own?.last_used_on
  }
  expect(await read()).toBeUndefined()
  await served.keyUse?.write()
  expect(await read()).toBe(new Date().toISOString().slice(0, 10))
  const versions = () => world.ctx.db.selectFrom('api_key').select(['id', 'last_used_on']).execute()
  const before = await versions()
  await served.keyUse?.write()
  expect(await versions()).toEqual(before)
})

refuses('createApiKey', 'api_key_limit_reached', 'the 101st key', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const rows = Array.from({ length: 99 }, (_, index) => ({
    id: world.ctx.newId(),
    account_id: accountId,
    label: 'x',
    scopes: [],
    key_sha256: createHash('sha256').update(`${accountId} ${index}`).digest(),
  }))
  await world.ctx.db.insertInto('api_key').values(rows).execute()
  const [own] = rows
  const rotated = await world.send({
    ...wellFormed.rotateApiKey,
    path: `/v1/api-keys/${own?.id}/rotate`,
    key,
  })
  await expectProblem(rotated, 'api_key_limit_reached')
  return world.send({ ...wellFormed.createApiKey, key })
})

refuses('rotateApiKey', 'api_key_limit_reached', 'as createApiKey does', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const rows = Array.from({ length: 99 }, (_, index) => ({
    id: world.ctx.newId(),
    account_id: accountId,
    label: 'x',
    scopes: [],
    key_sha256: createHash('sha256').update(`${accountId} ${index} b`).digest(),
  }))
  await world.ctx.db.insertInto('api_key').values(rows).execute()
  return world.send({ ...wellFormed.rotateApiKey, path: `/v1/api-keys/${rows[0]?.id}/rotate`, key })
})

for (const operation of ['getApiKey', 'updateApiKey', 'rotateApiKey', 'revokeApiKey'] as const) {
  test(`${operation} does not find the key of another account`, async () => {
    const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
    const [key] = ApiKeyPage.parse(
      await (await world.send({ path: '/v1/api-keys', key: theirs.key })).json(),
    ).items
    const path = wellFormed[operation].path.replace(someId, key?.id ?? '')
    await expectProblem(
      await world.send({ ...wellFormed[operation], path, key: mine.key }),
      'api_key_not_found',
    )
    expect(await statusOf(theirs.key)).toBe(200)
  })
}

const own = async () => (await givenCustomer(world.ctx)).key
refuses('getApiKey', 'api_key_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.getApiKey, key: await own() }),
)
refuses('updateApiKey', 'api_key_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.updateApiKey, key: await own() }),
)
refuses('rotateApiKey', 'api_key_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.rotateApiKey, key: await own() }),
)
refuses('revokeApiKey', 'api_key_not_found', 'an id that nobody has', async () =>
  world.send({ ...wellFormed.revokeApiKey, key: await own() }),
)
refuses('updateApiKey', 'api_key_revoked', 'a key that was revoked', async () => {
  const key = await own()
  const made = await make(key, { label: 'x', scopes: ['backorders:read'] })
  const path = `/v1/api-keys/${made.id}`
  await world.send({ method: 'DELETE', path, key })
  return world.send({ ...wellFormed.updateApiKey, path, key })
})
refuses('rotateApiKey', 'api_key_revoked', 'a key that was revoked', async () => {
  const key = await own()
  const made = await make(key, { label: 'x', scopes: ['backorders:read'] })
  await world.send({ method: 'DELETE', path: `/v1/api-keys/${made.id}`, key })
  return world.send({ ...wellFormed.rotateApiKey, path: `/v1/api-keys/${made.id}/rotate`, key })
})
const past = { label: 'x', scopes: ['backorders:read'], expires_at: '2020-01-01T00:00:00Z' }
refuses('createApiKey', 'invalid_period', 'an expiry that is past', async () =>
  world.send({ method: 'POST', path: '/v1/api-keys', key: await own(), body: past }),
)
refuses('updateApiKey', 'invalid_period', 'an expiry that is past', async () => {
  const key = await own()
  const { id } = await make(key, { label: 'x', scopes: ['backorders:read'] })
  const body = { expires_at: past.expires_at }
  return world.send({ method: 'PATCH', path: `/v1/api-keys/${id}`, key, body })
})
refuses('createApiKey', 'invalid_request', 'a scope that there is not', () =>
  sendUnreached({ ...wellFormed.createApiKey, key: someKey, body: { label: 'x', scopes: ['everything'] } }),
)
refuses('updateApiKey', 'invalid_request', 'a change of scopes', () =>
  sendUnreached({ ...wellFormed.updateApiKey, key: someKey, body: { scopes } }),
)
refuses('rotateApiKey', 'invalid_request', 'an overlap of more than a week', () =>
  sendUnreached({ ...wellFormed.rotateApiKey, key: someKey, body: { overlap_seconds: 604_801 } }),
)
refuses('getApiKey', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/api-keys/17', key: someKey }),
)
refuses('revokeApiKey', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'DELETE', path: '/v1/api-keys/17', key: someKey }),
)
refuses('listApiKeys', 'invalid_request', 'an unknown filter', () =>
  sendUnreached({ path: '/v1/api-keys?label=x', key: someKey }),
)
refuses('listApiKeys', 'invalid_cursor', 'a cursor that no page ended with', async () =>
  world.send({ path: `/v1/api-keys?cursor=${someId}`, key: await own() }),
)
