import { Statement } from '@droplock/contracts/gateway/statement'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

test('the statement of a period adds up: opening, what each cause moved, closing', async () => {
  await givenListings(world.ctx, ['stated.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  await world.send(order('stated.test', key))
  const read = async (from: Date, to: Date) => {
    const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() })
    const response = await world.send({ path: `/v1/statement?${query}`, key })
    expect(response.status).toBe(200)
    return Statement.parse(await response.json())
  }
  expect(await read(inHours(-1), inHours(1))).toMatchObject({
    opening: usd(0),
    activity: [
      { cause: 'secure', count: 1, credit: usd(0), debit: usd(priceMinor) },
      { cause: 'top_up', count: 1, credit: usd(5_000), debit: usd(0) },
    ],
    closing: usd(5_000 - priceMinor),
  })
  expect(await read(inHours(1), inHours(2))).toMatchObject({
    opening: usd(5_000 - priceMinor),
    activity: [],
    closing: usd(5_000 - priceMinor),
  })
})
