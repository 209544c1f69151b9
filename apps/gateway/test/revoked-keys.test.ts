import { createHash } from 'node:crypto'
import { switchAccount } from '@droplock/core/accounts/administer'
import { authenticateApiKey, KEYS_CHANNEL, revokeApiKey } from '@droplock/core/api-keys'
import { asService, type Context } from '@droplock/core/context'
import { listen } from '@droplock/core/database/listen'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { rememberActors } from '../src/http/remember-actors.ts'
import { givenCustomer } from './support/world.ts'

const LISTENER = 'test-listen'

/** What a gateway remembers, by a clock that stands still: only a notification ends it. */
async function follow(url: string, ctx: Context) {
  const authenticate = rememberActors(
    (keySha256) => authenticateApiKey(ctx, keySha256),
    () => 0,
  )
  const stop = new AbortController()
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  const onWake = () => {
    authenticate.forget()
    resolve()
  }
  const ended = listen({ url, channel: KEYS_CHANNEL, applicationName: LISTENER, onWake, signal: stop.signal })
  onTestFinished(async () => {
    stop.abort()
    await ended
  })
  await listening
  return authenticate
}

const codeOf = (error: { readonly code?: string }) => error.code

async function openTwo() {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const { key, accountId } = await givenCustomer(ctx)
  const keySha256 = createHash('sha256').update(key).digest()
  const gateways = [await follow(clone.urls.gateway, ctx), await follow(clone.urls.gateway, ctx)]
  const accepted = () =>
    Promise.all(gateways.map((find) => find(keySha256).then((actor) => actor !== undefined, codeOf)))
  expect(await accepted()).toEqual([true, true])
  const { keyId } = (await authenticateApiKey(ctx, keySha256)) ?? { keyId: '' }
  return { clone, accepted, asOperator: asService(ctx), keyId, accountId }
}

test('a key that is revoked is refused by every gateway as soon as it is notified', async () => {
  const { accepted, asOperator, keyId } = await openTwo()
  await revokeApiKey(asOperator, { keyId, reason: 'leaked' })
  await expect.poll(accepted).toEqual([false, false])
})

test('the keys of a suspended account are refused by every gateway, and accepted again when it is resumed', async () => {
  const { accepted, asOperator, accountId } = await openTwo()
  await switchAccount(asOperator, { accountId, enabled: false, reason: 'does not pay' })
  await expect.poll(accepted).toEqual(['account_suspended', 'account_suspended'])
  await switchAccount(asOperator, { accountId, enabled: true, reason: 'paid' })
  await expect.poll(accepted).toEqual([true, true])
})

test('a key that is revoked while the notifications are lost is refused when they are followed again', async () => {
  const { clone, accepted, asOperator, keyId } = await openTwo()
  await onServer(clone.url, async (server) => {
    await server.query('begin')
    await server.query('lock table api_key in share mode')
    const revoked = revokeApiKey(asOperator, { keyId, reason: 'leaked' })
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
      LISTENER,
    ])
    await server.query('commit')
    await revoked
  })
  await expect.poll(accepted).toEqual([false, false])
})

test('without notifications a key is looked up again after half a second, one that is not known with every request', async () => {
  let nowMs = 0
  let known = true
  let looks = 0
  const actor = { kind: 'account', accountId: '', keyId: '', scopes: [], currency: 'USD' } as const
  const find = rememberActors(
    async () => {
      looks += 1
      return known ? actor : undefined
    },
    () => nowMs,
  )
  const key = Buffer.from('key')
  await Promise.all([find(key), find(key)])
  known = false
  nowMs = 499
  expect(await find(key)).toBe(actor)
  expect(looks).toBe(1)
  nowMs = 500
  expect(await find(key)).toBeUndefined()
  known = true
  expect(await find(key)).toBe(actor)
  expect(looks).toBe(3)
})

test('a look-up that fails is not remembered', async () => {
  const answers = [Promise.reject(new Error('the database is away')), Promise.resolve(undefined)]
  const find = rememberActors(async () => answers.shift())
  await expect(find(Buffer.from('key'))).rejects.toThrow('away')
  expect(await find(Buffer.from('key'))).toBeUndefined()
})
