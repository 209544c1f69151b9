import { Listing } from '@droplock/contracts/gateway/listing'
import { expect, test } from 'vitest'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

test('a listing is found however its name is written', async () => {
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
  const response = await world.send({ path: '/v1/listings/found.test', key })
  expect(response.headers.get('Cache-Control')).toBe('no-store')
})
