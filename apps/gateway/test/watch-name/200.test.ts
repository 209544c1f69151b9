import { Watch } from '@droplock/contracts/gateway/watches'
import { expect, test } from 'vitest'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

async function watch(name: string, key: string) {
  const response = await world.send({ method: 'PUT', path: `/v1/watches/${encodeURIComponent(name)}`, key })
  expect(response.status).toBe(200)
  return Watch.parse(await response.json())
}

test('a name is watched once however it is written, with its latest listing', async () => {
  await givenListings(world.ctx, ['xn--mnchen-3ya.test'])
  const { key } = await givenCustomer(world.ctx)
  const first = await watch('münchen.test', key)
  expect(first).toMatchObject({ name: 'xn--mnchen-3ya.test', listing: { state: 'open', orderable: true } })
  expect(await watch('XN--mnchen-3ya.TEST', key)).toEqual(first)
})

test('a name that was never listed is watched all the same', async () => {
  const { key } = await givenCustomer(world.ctx)
  expect(await watch('some-day.test', key)).not.toHaveProperty('listing')
})
