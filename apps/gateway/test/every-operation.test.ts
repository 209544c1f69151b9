import { switchAccount } from '@droplock/core/accounts/administer'
import { asService } from '@droplock/core/context'
import { scopes } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import { describe, expect, test } from 'vitest'
import { operations } from '../src/operations.ts'
import { answering, createTestApp, failing, someKey } from './support/app.ts'
import { everyOperationRefuses, expectProblem } from './support/refuses.ts'
import { bodiedIds, operationIds, wellFormed } from './support/requests.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()

describe('text that no store can keep', () => {
  everyOperationRefuses('malformed_text', 'a NUL in the query', async (operation) => {
    const { key } = await givenCustomer(world.ctx, { scopes })
    const { path, ...ask } = wellFormed[operation]
    return world.send({ ...ask, path: `${path}${path.includes('?') ? '&' : '?'}cursor=%00`, key })
  })

  test('there are operations with a body', () => expect(bodiedIds.length).toBeGreaterThan(4))

  test.each(bodiedIds)('%s refuses it in the body, before it changes anything', async (id) => {
    const { key } = await givenCustomer(world.ctx, { scopes })
    for (const body of ['{"name":"a\\u0000.test"}', '{"\\ud800":1}', '{"deep":[{"er":["\\udc00"]}]}']) {
      const problem = await expectProblem(
        await world.send({ ...wellFormed[id], body, key }),
        'malformed_text',
      )
      expect(problem).toMatchObject({ place: 'body' })
    }
  })

  test('octets that are no UTF-8 are refused, and never read as something else', async () => {
    const { key } = await givenCustomer(world.ctx, { scopes })
    for (const path of ['/v1/listings/%ff.test', '/v1/watches?cursor=%ed%a0%80', '/v1/listings?q=100%']) {
      await expectProblem(await world.send({ path, key }), 'malformed_text')
    }
    const headers = { 'X-Anything': 'a\u0007b' }
    const problem = await expectProblem(
      await world.send({ path: '/v1/balance', key, headers }),
      'malformed_text',
    )
    expect(problem).toMatchObject({ place: 'header x-anything' })
  })
})

describe('a caller', () => {
  everyOperationRefuses('unauthenticated', 'a caller without a key', (operation) =>
    world.send(wellFormed[operation]),
  )

  everyOperationRefuses('unauthenticated', 'an unknown key', (operation) =>
    world.send({ ...wellFormed[operation], key: someKey }),
  )

  test('a revoked key is refused', async () => {
    const { key, accountId } = await givenCustomer(world.ctx, { scopes })
    expect((await world.send({ path: '/v1/balance', key })).status).toBe(200)
    await world.ctx.db
      .updateTable('api_key')
      .set({ revoked_at: new Date() })
      .where('account_id', '=', accountId)
      .execute()
    await expect.poll(async () => (await world.send({ path: '/v1/balance', key })).status).toBe(401)
    await expectProblem(await world.send({ path: '/v1/balance', key }), 'unauthenticated')
  })

  test('a live key never reaches the test database, even with the secret of a test key', async () => {
    const { key } = await givenCustomer(world.ctx)
    const live = key.replace('dlk_test_', 'dlk_live_')
    await expectProblem(await world.send({ path: '/v1/balance', key: live }), 'unauthenticated')
  })

  test('what is not a key is refused without asking the database, and the answer says what to send', async () => {
    const { send } = createTestApp({})
    for (const header of ['Basic abc', 'Bearer', 'Bearer abc', `Token ${someKey}`, `Bearer ${someKey} x`]) {
      const response = await send({ path: '/v1/balance', headers: { Authorization: header } })
      await expectProblem(response, 'unauthenticated')
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="droplock"')
    }
  })
})

describe('an address', () => {
  everyOperationRefuses('address_not_allowed', 'a key that is used from elsewhere', async (operation) => {
    const { key, accountId } = await givenCustomer(world.ctx, { scopes })
    await world.ctx.db
      .updateTable('api_key')
      .set({ allowed_addresses: ['192.0.2.0/24'] })
      .where('account_id', '=', accountId)
      .execute()
    return world.send({ ...wellFormed[operation], key })
  })
})

describe('a suspended account', () => {
  everyOperationRefuses('account_suspended', 'a key of a suspended account', async (operation) => {
    const { key, accountId } = await givenCustomer(world.ctx, { scopes })
    await switchAccount(asService(world.ctx), { accountId, enabled: false, reason: 'does not pay' })
    return world.send({ ...wellFormed[operation], key })
  })
})

describe('a scope', () => {
  everyOperationRefuses('insufficient_scope', 'a key without any scope', async (operation) => {
    const { key } = await givenCustomer(world.ctx, { scopes: [] })
    return world.send({ ...wellFormed[operation], key })
  })

  test.each(operationIds)('%s needs exactly the scope that is documented', async (operation) => {
    const documented = operations[operation].security.flatMap(({ apiKey }) => apiKey)
    const others = scopes.filter((scope) => !documented.includes(scope))
    const without = await givenCustomer(world.ctx, { scopes: others })
    const refused = await world.send({ ...wellFormed[operation], key: without.key })
    expect(await expectProblem(refused, 'insufficient_scope')).toMatchObject({ scope: documented[0] })

    const withIt = await givenCustomer(world.ctx, { scopes: documented })
    const response = await world.send({ ...wellFormed[operation], key: withIt.key })
    expect(response.status).not.toBe(403)
  })
})

describe('an error of ours', () => {
  const secret = 'relation "api_key" does not exist at 10.0.0.7'

  everyOperationRefuses('internal_error', 'when a use case fails', (operation) =>
    createTestApp({ test: failing(new Error(secret)) }).send({ ...wellFormed[operation], key: someKey }),
  )

  test('does not show in the answer, and is logged once with its stack and request', async () => {
    const { send, logged } = createTestApp({ test: failing(new Error(secret)) })
    const response = await send({ path: '/v1/balance', key: someKey, headers: { 'X-Request-Id': 'req-7' } })
    expect(await response.text()).not.toContain('relation')
    expect(logged()).toMatchObject([
      {
        level: 'error',
        event: 'http_request',
        request_id: 'req-7',
        status: 500,
        code: 'internal_error',
        err: { message: secret, stack: expect.stringContaining('every-operation.test.ts') },
      },
    ])
  })

  test('an answer that violates the contract is one, and is never sent', async () => {
    const row = { balance_minor: 2n ** 60n, credit_limit_minor: 0n, held: '0', currency: 'USD' }
    const { send } = createTestApp({ test: answering(async () => [row]) })
    const response = await send({ path: '/v1/balance', key: someKey })
    expect(response.status).toBe(500)
  })
})

describe('a state that passes', () => {
  everyOperationRefuses('try_again', 'when a lock was not acquired in time', (operation) => {
    const served = failing(new Refusal('try_again', 'Another request holds this.'))
    return createTestApp({ test: served }).send({ ...wellFormed[operation], key: someKey })
  })

  everyOperationRefuses('unavailable', 'when the database cannot be reached', (operation) => {
    const served = failing(
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.7'), { code: 'ECONNREFUSED' }),
    )
    return createTestApp({ test: served }).send({ ...wellFormed[operation], key: someKey })
  })

  test('a request that takes too long is answered with unavailable', async () => {
    const served = answering(() => new Promise<never>(() => undefined))
    const { send, logged } = createTestApp({ test: served }, { requestMsMax: 20 })
    await expectProblem(await send({ path: '/v1/balance', key: someKey }), 'unavailable')
    expect(logged()).toMatchObject([{ status: 503, code: 'unavailable' }])
  })

  test('503 says when to come back', async () => {
    const { send } = createTestApp({ test: failing(new Refusal('try_again', 'Busy.')) })
    const response = await send({ path: '/v1/balance', key: someKey })
    expect(response.headers.get('Retry-After')).toBe('1')
  })
})
