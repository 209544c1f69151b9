import { WatchPage } from '@droplock/contracts/gateway/watches'
import { expect, test } from 'vitest'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

test('watched names come by name, page by page, each with its latest listing if it has any', async () => {
  await givenListings(world.ctx, ['b.test'])
  const { key } = await givenCustomer(world.ctx)
  for (const name of ['c.test', 'a.test', 'b.test']) {
    await world.send({ method: 'PUT', path: `/v1/watches/${name}`, key })
  }
  const list = async (query: string) => {
    const response = await world.send({ path: `/v1/watches${query}`, key })
    expect(response.status).toBe(200)
    return WatchPage.parse(await response.json())
  }
  const first = await list('?limit=2')
  expect(first.items.map(({ name, listing }) => [name, listing?.state])).toEqual([
    ['a.test', undefined],
    ['b.test', 'open'],
  ])
  const second = await list(`?limit=2&cursor=${first.next}`)
  expect(second.items.map(({ name }) => name)).toEqual(['c.test'])
  expect(second.next).toBeUndefined()
})
