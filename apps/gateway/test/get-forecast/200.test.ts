import { Forecast } from '@droplock/contracts/gateway/get-forecast'
import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { givenCaught } from '../support/renewals.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, renewalMinor } from '../support/world.ts'

const world = useSandboxWorld()
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

async function read(key: string, until?: Date) {
  const query = until === undefined ? '' : `?${new URLSearchParams({ until: until.toISOString() })}`
  const response = await world().send({ path: `/v1/forecast${query}`, key })
  expect(response.status).toBe(200)
  return Forecast.parse(await response.json())
}

test('unpaid orders and watched names that close in time are counted against what is available', async () => {
  const { ctx, send } = world()
  const soon = ['held.test', 'watched.test', 'taken.test', 'unwatched.test']
  await givenListings(ctx, soon, { purgeAt: inHours(3) })
  await givenListings(ctx, ['later.test'], { purgeAt: inHours(9) })
  const { key } = await givenCustomer(ctx, { balanceMinor: 1_000n })
  const other = await givenCustomer(ctx)
  await send(order('held.test', key, 'card'))
  await send(order('taken.test', other.key))
  for (const name of ['held.test', 'watched.test', 'taken.test', 'later.test', 'never-listed.test']) {
    expect((await send({ method: 'PUT', path: `/v1/watches/${name}`, key })).status).toBe(200)
  }
  expect(await read(key, inHours(4))).toMatchObject({
    balance: usd(1_000),
    available: usd(1_000),
    undecided: usd(0),
    to_pay: { count: 1, amount: usd(priceMinor) },
    watched: { count: 1, amount: usd(priceMinor) },
    shortfall: usd(2 * priceMinor - 1_000),
  })
  expect(await read(key, inHours(10))).toMatchObject({ watched: { count: 2, amount: usd(2 * priceMinor) } })
  expect(await read(key, inHours(1))).toMatchObject({
    to_pay: { count: 0, amount: usd(0) },
    watched: { count: 0, amount: usd(0) },
    shortfall: usd(0),
  })
})

test('what nobody says is forecast to the end of tomorrow, UTC', async () => {
  const { key } = await givenCustomer(world().ctx)
  const { until } = await read(key)
  expect(until).toMatch(/T00:00:00\.000Z$/)
  const hoursAhead = (Date.parse(until) - Date.now()) / 3_600_000
  expect(hoursAhead).toBeGreaterThan(23)
  expect(hoursAhead).toBeLessThanOrEqual(48)
})

test('a caught name that expires within thirty days of then is to be renewed, and its price is missing', async () => {
  const { ctx, send } = world()
  const { key } = await givenCustomer(ctx, { balanceMinor: BigInt(priceMinor) + 100n })
  await givenCaught({ ctx, send }, 'mine.test', key)
  expect(await read(key)).toMatchObject({ renewals: { count: 0, amount: usd(0) }, shortfall: usd(0) })
  expect(await read(key, inHours(24 * 340))).toMatchObject({
    renewals: { count: 1, amount: usd(renewalMinor) },
    shortfall: usd(renewalMinor - 100),
  })
})
