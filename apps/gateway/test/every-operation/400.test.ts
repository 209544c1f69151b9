import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { everyOperationRefuses, expectProblem } from '../support/refuses.ts'
import { operationIds, wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

everyOperationRefuses('malformed_text', 'a NUL in the query', async (operation) => {
  const { key } = await givenCustomer(world.ctx, { scopes })
  const { path, ...ask } = wellFormed[operation]
  return world.send({ ...ask, path: `${path}${path.includes('?') ? '&' : '?'}cursor=%00`, key })
})

const bodied = operationIds.filter((id) => 'body' in wellFormed[id])

test('there are operations with a body', () => expect(bodied.length).toBeGreaterThan(4))

test.each(bodied)(
  '%s refuses text in the body that no store can keep, before it changes anything',
  async (id) => {
    const { key } = await givenCustomer(world.ctx, { scopes })
    for (const body of ['{"name":"a\\u0000.test"}', '{"\\ud800":1}', '{"deep":[{"er":["\\udc00"]}]}']) {
      const problem = await expectProblem(
        await world.send({ ...wellFormed[id], body, key }),
        'malformed_text',
      )
      expect(problem).toMatchObject({ place: 'body' })
    }
  },
)

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
