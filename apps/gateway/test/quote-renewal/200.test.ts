import { BackorderDetail } from '@droplock/contracts/gateway/backorder'
import { expect, test } from 'vitest'
import { givenCaught, quote } from '../support/renewals.ts'
import { givenCustomer, renewalMinor, useWorld } from '../support/world.ts'

const world = useWorld()

test('a quote tells the price of the years, the expiry and what it would become', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'mine.test', key)
  const detail = BackorderDetail.parse(await (await world.send({ path, key })).json())
  const quoted = await quote(world.send, path, key, 2)
  expect(quoted).toMatchObject({
    backorder_id: detail.id,
    name: 'mine.test',
    years: 2,
    price: { amount_minor: 2 * renewalMinor, currency: 'USD' },
    expires_at: detail.expires_at,
    valid_until: detail.expires_at,
  })
  expect(Number(quoted.new_expires_at.slice(0, 4))).toBe(Number(quoted.expires_at.slice(0, 4)) + 2)
})

test('a quote is for one year unless told otherwise', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'plain.test', key)
  const response = await world.send({ path: `${path}/renewal-quote`, key })
  expect(await response.json()).toMatchObject({ years: 1, price: { amount_minor: renewalMinor } })
})
