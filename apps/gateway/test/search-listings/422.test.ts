import { expect, test } from 'vitest'
import { createTestApp, failing, someKey } from '../support/app.ts'
import { expectProblem, refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const search = (query: string) => send({ path: `/v1/listings?${query}`, key: someKey })

refuses('searchListings', 'invalid_request', 'a limit beyond the maximum', () => search('limit=201'))

test.each([
  'limit=0',
  'limit=1e2',
  'limit=',
  'limit=5&limit=6',
  'q=',
  'q=100%25',
  'state=gone',
  'order=price',
  'cursor=abc',
  'stat=open',
])('a search with %s is refused, and told which parameter is wrong', async (query) => {
  const problem = await expectProblem(await search(query), 'invalid_request')
  expect(problem.detail).toContain(query.startsWith('stat=') ? '"stat"' : `query.${query.split('=')[0]}`)
})

const world = useWorld()

refuses('searchListings', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/listings?cursor=${someId}`, key })
})
