import { expect, test } from 'vitest'
import { Listing, ListingPage } from '../src/resources/listings.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId } from './support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

async function search(key: string, query: string) {
  const response = await world.send({ path: `/v1/listings${query}`, key })
  expect(response.status).toBe(200)
  return ListingPage.parse(await response.json())
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

test.each(['name', 'cutoff'])('pages by %s give every listing once', async (by) => {
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
  else expect(found.slice(0, 3).toSorted()).toEqual(names.slice(4))
  expect(found.toSorted()).toEqual(names)
})

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
  'order=price',
  'cursor=abc',
  'stat=open',
])('a search with %s is refused with the name of the wrong parameter', async (query) => {
  const problem = await expectProblem(await searchUnreached(query), 'invalid_request')
  expect(problem.detail).toContain(query.startsWith('stat=') ? '"stat"' : `query.${query.split('=')[0]}`)
})

refuses('searchListings', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/listings?cursor=${someId}`, key })
})

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
