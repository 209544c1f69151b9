import { gunzipSync } from 'node:zlib'
import { timedOut } from '@droplock/core/testing/fake-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { Listing, SearchResult } from '../src/resources/listings.ts'
import { createTestApp, failing, sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId } from './support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

async function search(key: string, query: string) {
  const response = await world.send({ path: `/v1/listings${query}`, key })
  expect(response.status).toBe(200)
  return SearchResult.parse(await response.json())
}

const namesOf = ({ items }: { items: readonly { name: string }[] }) => items.map(({ name }) => name)

answers('searchListings', 200, 'finds part of a name, in any case, in the state asked for', async () => {
  await givenListings(world.ctx, ['find-me.test', 'other.test'])
  await givenListings(world.ctx, ['find-me-later.test'], { opensAt: inHours(1) })
  const { key } = await givenCustomer(world.ctx)
  expect(namesOf(await search(key, '?q=FIND-me'))).toEqual(['find-me.test'])
  expect(namesOf(await search(key, '?q=find-me&state=upcoming'))).toEqual(['find-me-later.test'])
  expect(namesOf(await search(key, '?q=find-me&zone=disabled'))).toEqual([])
})

test('a listing shows the price, the schedule and whether it can be ordered, but not who holds it', async () => {
  await givenListings(world.ctx, ['open-book.test'])
  const [holder, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const [before] = (await search(other.key, '?q=open-book')).items
  expect(before).toMatchObject({
    zone: 'test',
    cycle: 1,
    state: 'open',
    orderable: true,
    held: false,
    price: { amount_minor: priceMinor, currency: 'USD' },
  })
  await world.send(order('open-book.test', holder.key))
  const response = await world.send({ path: '/v1/listings?q=open-book', key: other.key })
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({ items: [{ orderable: false, held: true, held_by_you: false }] })
  expect(text).not.toContain(holder.accountId)
  expect((await search(holder.key, '?q=open-book')).items).toMatchObject([{ held_by_you: true }])
})

test('all names are found by price, and a range of prices is kept', async () => {
  await givenListings(world.ctx, ['priced.test'])
  const { key } = await givenCustomer(world.ctx)
  expect((await search(key, '?order=price')).items).not.toEqual([])
  const range = `price_min_minor=${priceMinor}&price_max_minor=${priceMinor}`
  expect(namesOf(await search(key, `?q=priced&${range}&order=price`))).toEqual(['priced.test'])
  expect(namesOf(await search(key, `?q=priced&price_max_minor=${Number(priceMinor) - 1}`))).toEqual([])
})

test.each(['name', 'cutoff', 'price'])('pages by %s give every listing once', async (by) => {
  const names = Array.from({ length: 7 }, (_, index) => `page-${by}-${index}.test`)
  await givenListings(world.ctx, names.slice(0, 4), { purgeAt: inHours(3) })
  await givenListings(world.ctx, names.slice(4), { purgeAt: inHours(2) })
  const { key } = await givenCustomer(world.ctx)
  const query = `?q=page-${by}-&order=${by}&limit=3`
  const found: string[] = []
  let page = await search(key, query)
  for (found.push(...namesOf(page)); page.next !== undefined; found.push(...namesOf(page))) {
    expect(page.items).toHaveLength(3)
    page = await search(key, `${query}&cursor=${page.next}`)
  }
  if (by === 'name') expect(found).toEqual(names)
  if (by === 'cutoff') expect(found.slice(0, 3).toSorted()).toEqual(names.slice(4))
  expect(found.toSorted()).toEqual(names)
})

test.each([
  ['one', 'zone=test'],
  ['two', 'zone=test,disabled&hyphens=any'],
  ['day', `drop_from=${new Date().toISOString().slice(0, 10)}&zone=test`],
])(
  'pages of a zone or day give every listing once, while many of the next names match and when few do: %s',
  async (label, filter) => {
    const names = Array.from({ length: 9 }, (_, index) => `part-${label}-${index}.test`)
    await givenListings(world.ctx, names.slice(0, 5), { purgeAt: inHours(3) })
    await givenListings(world.ctx, names.slice(5), { purgeAt: inHours(27) })
    const { key } = await givenCustomer(world.ctx)
    const found: string[] = []
    let cursor = ''
    do {
      const page = await search(key, `?q=part-${label}-&${filter}&limit=2${cursor}`)
      found.push(...namesOf(page))
      cursor = page.next === undefined ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(found.slice(0, 5).toSorted()).toEqual(names.slice(0, 5))
    expect(found.toSorted()).toEqual(names)
  },
)

const searchUnreached = (query: string) => sendUnreached({ path: `/v1/listings?${query}`, key: someKey })

refuses('searchListings', 'invalid_request', 'a limit beyond the maximum', () => searchUnreached('limit=201'))

test.each([
  'limit=0',
  'limit=1e2',
  'limit=',
  'limit=5&limit=6',
  'q=',
  'q=100%25',
  'state=gone',
  'order=dearest',
  'cursor=a.b',
  'stat=open',
  'q=a.b',
  'zone=com,',
  'length_min=64',
  'digits=some',
  'shape=ACB%20',
  'drop_from=tomorrow',
])('a search with %s is refused with the name of the wrong parameter', async (query) => {
  const problem = await expectProblem(await searchUnreached(query), 'invalid_request')
  expect(problem.errors).toContainEqual(expect.objectContaining({ parameter: query.split('=')[0] }))
})

refuses('searchListings', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/listings?cursor=${someId}`, key })
})

test('a cursor of another order is refused', async () => {
  await givenListings(world.ctx, ['order-1.test', 'order-2.test'])
  const { key } = await givenCustomer(world.ctx)
  const { next } = await search(key, '?q=order-&limit=1')
  const response = await world.send({ path: `/v1/listings?q=order-&order=name&cursor=${next}`, key })
  await expectProblem(response, 'invalid_cursor')
})

test('a cursor stays valid when the name it ended with has gone', async () => {
  const names = ['stays-1.test', 'stays-2.test', 'stays-3.test']
  await givenListings(world.ctx, names)
  const { key } = await givenCustomer(world.ctx)
  const { next } = await search(key, '?q=stays-&order=name&limit=2')
  await world.ctx.db.deleteFrom('sync_change').where('name', '=', 'stays-2.test').execute()
  await world.ctx.db.deleteFrom('listing').where('name', '=', 'stays-2.test').execute()
  expect(namesOf(await search(key, `?q=stays-&order=name&limit=2&cursor=${next}`))).toEqual(['stays-3.test'])
})

refuses('searchListings', 'search_text_too_short', 'two characters', () => searchUnreached('q=ab'))

refuses('searchListings', 'search_text_too_short', 'no three letters in a row', () =>
  searchUnreached('q=a-b-c'),
)

refuses('searchListings', 'search_too_broad', 'what the server did not find in time', () =>
  createTestApp({ test: failing(timedOut()) }).send({ path: '/v1/listings', key: someKey }),
)

answers('getListing', 200, 'a listing is found however its name is written', async () => {
  await givenListings(world.ctx, ['found.test', 'xn--mnchen-3ya.test'])
  const { key } = await givenCustomer(world.ctx)
  for (const [written, name] of [
    ['found.test', 'found.test'],
    ['FOUND.Test.', 'found.test'],
    ['xn--mnchen-3ya.test', 'xn--mnchen-3ya.test'],
    ['münchen.test', 'xn--mnchen-3ya.test'],
    ['MÜNCHEN.test', 'xn--mnchen-3ya.test'],
  ] as const) {
    const response = await world.send({ path: `/v1/listings/${encodeURIComponent(written)}`, key })
    expect(response.status).toBe(200)
    expect(Listing.parse(await response.json()).name).toBe(name)
  }
})

test('a parameter that may stand once and stands twice is refused', async () => {
  for (const query of ['limit=1&limit=2', 'cursor=a&cursor=b', 'q=a&q=b', 'orderable=true&orderable=false']) {
    const answer = await sendUnreached({ path: `/v1/listings?${query}`, key: someKey })
    expect([query, answer.status]).toEqual([query, 422])
  }
})

test('an answer about money is never cached', async () => {
  const { key } = await givenCustomer(world.ctx)
  const response = await world.send({ path: '/v1/listings/found-2.test', key })
  expect(response.headers.get('Cache-Control')).toBe('no-store')
})

refuses('getListing', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/listings/unlisted.test', key })
})

refuses('getListing', 'invalid_name', 'what is no domain name', () =>
  sendUnreached({ path: '/v1/listings/-a-.test', key: someKey }),
)

refuses('getListing', 'invalid_name', 'a name of one label', () =>
  sendUnreached({ path: '/v1/listings/test', key: someKey }),
)

refuses('getListing', 'invalid_request', 'a name longer than any name', () =>
  sendUnreached({ path: `/v1/listings/${'a'.repeat(256)}`, key: someKey }),
)

/** The day (UTC) two days and so many more from now. */
const day = (index: number) =>
  inHours(48 + 24 * index)
    .toISOString()
    .slice(0, 10)

describe('a search for labels', () => {
  const labels = [
    'baba',
    'abba',
    'aabb',
    '1122',
    'ab12',
    'a-b-1',
    'shopper',
    'workshop',
    'xn--mnchen-3ya',
    'zz9',
  ]
  let key: string

  beforeAll(async () => {
    await givenListings(
      world.ctx,
      labels.map((label) => `${label}.filters`),
    )
    key = (await givenCustomer(world.ctx)).key
  })

  const found = async (query: string) =>
    namesOf(await search(key, `?zone=filters&order=name&${query}`)).map((name) =>
      name.replace('.filters', ''),
    )

  test.each([
    ['', labels.toSorted()],
    ['q=shop', ['shopper', 'workshop']],
    ['q=SHOP&starts_with=work', ['workshop']],
    ['starts_with=s', ['shopper']],
    ['ends_with=p', ['workshop']],
    ['ends_with=9', ['zz9']],
    ['q=m%C3%BCnchen', ['xn--mnchen-3ya']],
    ['q=M%C3%9CNCHEN', ['xn--mnchen-3ya']],
    ['length_max=3', ['zz9']],
    ['length_min=5&length_max=7', ['a-b-1', 'shopper']],
    ['digits=only', ['1122']],
    ['digits=any', ['1122', 'a-b-1', 'ab12', 'zz9']],
    ['digits=none&hyphens=none', ['aabb', 'abba', 'baba', 'shopper', 'workshop']],
    ['hyphens=any', ['a-b-1']],
    ['idn=true', ['xn--mnchen-3ya']],
    ['idn=false&length_min=8', ['workshop']],
    ['shape=digits', ['1122']],
    ['shape=letters&length_max=4', ['aabb', 'abba', 'baba']],
    ['shape=CVCV', ['baba']],
    ['shape=LLNN', ['ab12']],
    ['shape=AABB', ['1122', 'aabb']],
    ['shape=ABBA', ['abba']],
    ['shape=ABAB', ['baba']],
  ])('finds by %s', async (query, expected) => {
    expect(await found(query)).toEqual(expected)
  })
})

let key: string
beforeAll(async () => {
  key = (await givenCustomer(world.ctx)).key
})

test('finds names of several zones', async () => {
  await givenListings(world.ctx, ['severalzones.test', 'severalzones.filters', 'severalzones.disabled'])
  const { items } = await search(key, '?q=severalzones&zone=test,filters&order=name')
  expect(namesOf({ items })).toEqual(['severalzones.filters', 'severalzones.test'])
})

test('finds by the day of the drop, whatever the order, and pages follow one another', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `by-day-${index}.filters`)
  for (const [index, name] of names.entries())
    await givenListings(world.ctx, [name], { purgeAt: inHours(48 + 24 * index) })
  for (const sort of ['cutoff', 'name']) {
    const query = `?q=by-day-&order=${sort}&drop_from=${day(1)}&drop_to=${day(4)}&limit=3`
    const first = await search(key, query)
    const second = await search(key, `${query}&cursor=${first.next}`)
    expect([...namesOf(first), ...namesOf(second)]).toEqual(names.slice(1, 5))
    expect(second.next).toBeUndefined()
  }
})

test('knows what can be ordered: as each listing says of itself', async () => {
  const names = ['can-1.filters', 'can-2.filters', 'can-3.filters', 'can-4.filters', 'can-5.filters']
  await givenListings(world.ctx, names)
  await givenListings(world.ctx, ['can-6.disabled'])
  await world.send(order('can-2.filters', key))
  const mark = (name: string, column: 'premium' | 'reserved' | 'suspect') =>
    world.ctx.db
      .updateTable('listing')
      .set({ [column]: true })
      .where('name', '=', name)
      .execute()
  await mark('can-3.filters', 'premium')
  await mark('can-4.filters', 'suspect')
  await mark('can-5.filters', 'reserved')
  await world.ctx.db.updateTable('zone').set({ enabled: false }).where('name', '=', 'disabled').execute()
  const all = (await search(key, '?q=can-')).items
  expect(all).toHaveLength(6)
  const can = namesOf({ items: all.filter(({ orderable }) => orderable) })
  expect(can).toEqual(['can-1.filters'])
  expect(namesOf(await search(key, '?q=can-&orderable=true'))).toEqual(can)
  expect(namesOf(await search(key, '?q=can-&orderable=false&order=name'))).toEqual([
    ...names.slice(1),
    'can-6.disabled',
  ])
})

test('counts what matches when asked to', async () => {
  await givenListings(world.ctx, ['counted-1.filters', 'counted-2.filters'])
  const counted = await search(key, '?zone=filters&q=counted&limit=1&total=true')
  expect(counted).toMatchObject({ total: 2, total_is_exact: true })
  expect(await search(key, '?zone=filters&q=counted')).not.toHaveProperty('total')
})

test('finds names that have ended, by drop', async () => {
  await givenListings(world.ctx, ['ended-2.filters'], { purgeAt: inHours(4) })
  await givenListings(world.ctx, ['ended-1.filters'], { purgeAt: inHours(3) })
  for (const state of ['closed', 'dropping', 'unsold'] as const) {
    await world.ctx.db
      .updateTable('listing')
      .set({ state, ...(state === 'unsold' && { ended_at: new Date() }) })
      .where('label', 'like', 'ended-%')
      .execute()
  }
  const ended = await search(key, '?q=ended-&state=unsold')
  expect(namesOf(ended)).toEqual(['ended-1.filters', 'ended-2.filters'])
  expect(namesOf(await search(key, '?q=ended-'))).toEqual([])
})

test('a list is compressed where the client accepts that, and nothing that is short', async () => {
  const customer = await givenCustomer(world.ctx)
  await givenListings(
    world.ctx,
    Array.from({ length: 20 }, (_, index) => `compressed-${index}.test`),
  )
  const ask = (path: string, encoding: string) =>
    world.send({ path, key: customer.key, headers: { 'Accept-Encoding': encoding } })
  const packed = await ask('/v1/listings?q=compressed', 'gzip')
  expect([packed.headers.get('Content-Encoding'), packed.headers.get('Vary')]).toEqual([
    'gzip',
    'Accept-Encoding',
  ])
  const unpacked = gunzipSync(new Uint8Array(await packed.arrayBuffer())).toString()
  const plain = await ask('/v1/listings?q=compressed', 'identity')
  expect(plain.headers.get('Content-Encoding')).toBeNull()
  expect(unpacked).toBe(await plain.text())
  expect((await ask('/v1/watches', 'gzip')).headers.get('Content-Encoding')).toBeNull()
})
