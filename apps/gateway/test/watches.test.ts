import { expect, test } from 'vitest'
import { Watch, WatchPage } from '../src/resources/watches.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, refuses } from './support/refuses.ts'
import { givenCustomer, givenListings, useWorld } from './support/world.ts'

const world = useWorld()

async function watch(name: string, key: string) {
  const response = await world.send({ method: 'PUT', path: `/v1/watches/${encodeURIComponent(name)}`, key })
  expect(response.status).toBe(200)
  return Watch.parse(await response.json())
}

answers(
  'watchName',
  200,
  'a name is watched once however it is written, with its latest listing',
  async () => {
    await givenListings(world.ctx, ['xn--mnchen-3ya.test'])
    const { key } = await givenCustomer(world.ctx)
    const first = await watch('münchen.test', key)
    expect(first).toMatchObject({
      name: 'xn--mnchen-3ya.test',
      listing: { state: 'open', orderable: true },
    })
    expect(await watch('XN--mnchen-3ya.TEST', key)).toEqual(first)
  },
)

test('a name that was never listed is watched all the same', async () => {
  const { key } = await givenCustomer(world.ctx)
  expect(await watch('some-day.test', key)).not.toHaveProperty('listing')
})

refuses('watchName', 'watch_limit_reached', 'more names than the account may watch', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const { db } = world.ctx
  await db.updateTable('account').set({ watches_max: 1 }).where('id', '=', accountId).execute()
  await world.send({ method: 'PUT', path: '/v1/watches/first.test', key })
  return world.send({ method: 'PUT', path: '/v1/watches/second.test', key })
})

refuses('watchName', 'invalid_request', 'a name longer than any name', () =>
  sendUnreached({ method: 'PUT', path: `/v1/watches/${'a'.repeat(256)}`, key: someKey }),
)

refuses('watchName', 'invalid_name', 'what is no domain name', () =>
  sendUnreached({ method: 'PUT', path: '/v1/watches/-a-.test', key: someKey }),
)

answers(
  'unwatchName',
  204,
  'a name is off the list afterwards, for this account alone, and asking again is no error',
  async () => {
    const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
    const path = '/v1/watches/ours.test'
    for (const { key } of [mine, theirs]) await world.send({ method: 'PUT', path, key })
    for (const _ of [1, 2]) {
      const response = await world.send({ method: 'DELETE', path, key: mine.key })
      expect(response.status).toBe(204)
      expect(await response.text()).toBe('')
    }
    const list = async (key: string): Promise<unknown> =>
      (await world.send({ path: '/v1/watches', key })).json()
    expect(await list(mine.key)).toEqual({ items: [] })
    expect(await list(theirs.key)).toMatchObject({ items: [{ name: 'ours.test' }] })
  },
)

refuses('unwatchName', 'invalid_request', 'a name longer than any name', () =>
  sendUnreached({ method: 'DELETE', path: `/v1/watches/${'a'.repeat(256)}`, key: someKey }),
)

refuses('unwatchName', 'invalid_name', 'what is no domain name', () =>
  sendUnreached({ method: 'DELETE', path: '/v1/watches/-a-.test', key: someKey }),
)

answers(
  'listWatches',
  200,
  'watched names come by name, page by page, each with its latest listing if it has any',
  async () => {
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
    expect((await list('?name=B.TEST')).items.map(({ name }) => name)).toEqual(['b.test'])
    expect((await list('?name=d.test')).items).toEqual([])
  },
)

refuses('listWatches', 'invalid_name', 'a filter that is no name', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/watches?name=-.test', key })
})

refuses('listWatches', 'invalid_request', 'a limit that is none', () =>
  sendUnreached({ path: '/v1/watches?limit=0', key: someKey }),
)

refuses('listWatches', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/watches?cursor=nobody', key })
})
