import { Renewal } from '@droplock/contracts/gateway/renewal'
import { expect, test } from 'vitest'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

test('a renewal is read with its terms, and leads to its backorder', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'mine.test', key)
  const ordered = await quoteAndRenew(world.send, path, key)
  const response = await world.send({ path: ordered.headers.get('Location') ?? '', key })
  expect(response.status).toBe(200)
  const renewal = Renewal.parse(await response.json())
  expect(renewal).toMatchObject({ name: 'mine.test', state: 'paid', paid_at: renewal.created_at })
  expect(path).toBe(`/v1/backorders/${renewal.backorder_id}`)
})
