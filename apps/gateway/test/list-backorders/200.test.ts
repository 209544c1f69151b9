import { BackorderPage } from '@droplock/contracts/gateway/list-backorders'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

async function list(key: string, query = '') {
  const response = await world.send({ path: `/v1/backorders${query}`, key })
  expect(response.status).toBe(200)
  return BackorderPage.parse(await response.json())
}

test("an account sees its own backorders, newest first, in pages, and never another's", async () => {
  await givenListings(world.ctx, ['one.test', 'two.test', 'three.test', 'theirs.test'])
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const name of ['one.test', 'two.test', 'three.test']) await world.send(order(name, mine.key))
  await world.send(order('theirs.test', theirs.key))
  const first = await list(mine.key, '?limit=2')
  expect(first.items.map(({ name }) => name)).toEqual(['three.test', 'two.test'])
  const second = await list(mine.key, `?limit=2&cursor=${first.next}`)
  expect(second.items.map(({ name }) => name)).toEqual(['one.test'])
  expect(second.next).toBeUndefined()
})

test('backorders are filtered by state', async () => {
  await givenListings(world.ctx, ['filter.test'])
  const { key } = await givenCustomer(world.ctx)
  await world.send(order('filter.test', key))
  expect((await list(key, '?state=backordered')).items).toHaveLength(1)
  expect((await list(key, '?state=failed')).items).toEqual([])
})
