import { Backorder } from '@droplock/contracts/gateway/backorder'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings } from '../support/world.ts'

const world = useSandboxWorld()

test('an unpaid order is released, says so, and its name is free at once', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['let-go.test'])
  const { key } = await givenCustomer(ctx)
  const placed = await send(order('let-go.test', key, 'card'))
  const response = await send({ method: 'POST', path: `${placed.headers.get('Location')}/release`, key })
  expect(response.status).toBe(200)
  expect(Backorder.parse(await response.json())).toMatchObject({
    state: 'expired',
    expired_reason: 'released',
  })
  const listing = await send({ path: '/v1/listings/let-go.test', key })
  expect(await listing.json()).toMatchObject({ held: false, orderable: true })
})
