import { ListingPage } from '@droplock/contracts/gateway/search-listings'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

async function search(key: string, query: string) {
  const response = await world.send({ path: `/v1/listings${query}`, key })
  expect(response.status).toBe(200)
  return ListingPage.parse(await response.json())
}

const namesOf = ({ items }: { items: readonly { name: string }[] }) => items.map(({ name }) => name)

test('finds part of a name, in any case, in the state asked for', async () => {
  await givenListings(world.ctx, ['find-me.test', 'other.test'])
  await givenListings(world.ctx, ['find-me-later.test'], { opensAt: inHours(1) })
  const { key } = await givenCustomer(world.ctx)
  expect(namesOf(await search(key, '?q=FIND-me'))).toEqual(['find-me.test'])
  expect(namesOf(await search(key, '?q=find-me&state=upcoming'))).toEqual(['find-me-later.test'])
  expect(namesOf(await search(key, '?q=find-me&zone=disabled'))).toEqual([])
})

test('a listing tells the price, the schedule, and whether it can be ordered, never who holds it', async () => {
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
