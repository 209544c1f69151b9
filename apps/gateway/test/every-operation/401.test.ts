import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { createTestApp, someKey } from '../support/app.ts'
import { everyOperationRefuses, expectProblem } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

everyOperationRefuses('unauthenticated', 'a caller without a key', (operation) =>
  world.send(wellFormed[operation]),
)

everyOperationRefuses('unauthenticated', 'a key that nobody issued', (operation) =>
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

test('what is not a key is refused without asking the database, and told what to send', async () => {
  const { send } = createTestApp({})
  for (const header of ['Basic abc', 'Bearer', 'Bearer abc', `Token ${someKey}`, `Bearer ${someKey} x`]) {
    const response = await send({ path: '/v1/balance', headers: { Authorization: header } })
    await expectProblem(response, 'unauthenticated')
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="droplock"')
  }
})
