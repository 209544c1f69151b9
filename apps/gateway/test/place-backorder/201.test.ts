import { Backorder } from '@droplock/contracts/gateway/backorder'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

test('an order secures the name at its price and leads to the backorder', async () => {
  await givenListings(world.ctx, ['mine.test'])
  const { key } = await givenCustomer(world.ctx)
  const response = await world.send(order('Mine.TEST.', key))
  expect(response.status).toBe(201)
  const backorder = Backorder.parse(await response.json())
  expect(backorder).toMatchObject({
    name: 'mine.test',
    state: 'backordered',
    price: { amount_minor: priceMinor, currency: 'USD' },
  })
  expect(backorder.secured_at).toBe(backorder.created_at)
  const path = response.headers.get('Location') ?? ''
  expect(path).toBe(`/v1/backorders/${backorder.id}`)
  const read = await world.send({ path, key })
  expect(await read.json()).toMatchObject(backorder)
})

test('of 20 customers that order one name at once, one has it and 19 are told it is taken', async () => {
  await givenListings(world.ctx, ['rush.test'])
  const customers = await Promise.all(Array.from({ length: 20 }, () => givenCustomer(world.ctx)))
  const responses = await Promise.all(customers.map(({ key }) => world.send(order('rush.test', key))))
  const told = await Promise.all(
    responses.map(async (response): Promise<unknown> => (response.ok ? 'has it' : response.json())),
  )
  expect(told.filter((answer) => answer === 'has it')).toHaveLength(1)
  expect(told.filter((answer) => answer !== 'has it')).toMatchObject(
    Array.from({ length: 19 }, () => ({ code: 'name_taken', status: 409 })),
  )
})

test('an order of a listing with a time that the API cannot write is answered, and shown with every page it is on', async () => {
  await givenListings(world.ctx, ['far.test', 'near.test'])
  const { key } = await givenCustomer(world.ctx)
  // From before the tables promised it.
  const { db } = world.ctx
  await db.schema.alterTable('listing').dropConstraint('listing_times_fit').ifExists().execute()
  await db
    .updateTable('listing')
    .set({ drop_to: new Date('+010000-01-01T00:00:30Z') })
    .where('name', '=', 'far.test')
    .execute()
  const placed = await world.send(order('far.test', key))
  expect(placed.status).toBe(201)
  expect(await placed.json()).toMatchObject({ name: 'far.test', drop_to: '9999-12-31T23:59:59.999Z' })
  for (const path of ['/v1/backorders', '/v1/listings', placed.headers.get('Location') ?? '']) {
    const read = await world.send({ path, key })
    expect([path, read.status]).toEqual([path, 200])
    expect(await read.text()).toContain('far.test')
  }
})
