import { putTierPrices } from '@droplock/core/prices/put-tier-prices'
import { expect, test } from 'vitest'
import { ZoneDetail, ZonePage } from '../src/resources/zones.ts'
import { answers, refuses } from './support/refuses.ts'
import { givenCustomer, priceMinor, renewalMinor, useWorld } from './support/world.ts'

const world = useWorld()

answers('listZones', 200, 'the zones page by page, by name, with the price list of the account', async () => {
  const { key } = await givenCustomer(world.ctx)
  const first = ZonePage.parse(await (await world.send({ path: '/v1/zones?limit=2', key })).json())
  expect(first.items.map(({ zone }) => zone)).toEqual(['disabled', 'filters'])
  const rest = ZonePage.parse(
    await (await world.send({ path: `/v1/zones?limit=2&cursor=${first.next}`, key })).json(),
  )
  expect(rest.items.map(({ zone }) => zone)).toEqual(['test', 'unrenewed'])
  expect(rest.next).toBeUndefined()
  expect(rest.items[0]).toMatchObject({
    takes_orders: true,
    prices: [{ kind: 'tier', match: 'standard', price: { amount_minor: priceMinor, currency: 'USD' } }],
    renewal_price: { amount_minor: renewalMinor, currency: 'USD' },
    release: 'exact_instant',
    drop_time_zone: 'UTC',
    drop_starts_at: ['00:00'],
    drop_lasts_seconds: 60,
    cutoff_lead_seconds: 60,
    premium_names: true,
    contact_roles: [],
  })
})

answers('getZone', 200, 'what a contact needs, where the zone needs one', async () => {
  const { key } = await givenCustomer(world.ctx)
  const without = ZoneDetail.parse(await (await world.send({ path: '/v1/zones/test', key })).json())
  expect(without.contact_schema).toBeUndefined()
  await world.ctx.db
    .updateTable('zone')
    .set({ contact_roles: ['registrant', 'admin'] })
    .where('name', '=', 'filters')
    .execute()
  const found = ZoneDetail.parse(await (await world.send({ path: '/v1/zones/Filters', key })).json())
  expect(found).toMatchObject({
    zone: 'filters',
    contact_roles: ['registrant', 'admin'],
    contact_schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['int', 'email'],
    },
  })
})

test('prices are those of the currency of the account, in the order of their precedence, and only those in force', async () => {
  const { ctx } = world
  await ctx.db
    .transaction()
    .execute((tx) => putTierPrices(tx, 'filters', [{ tier: 'gold', currency: 'EUR', amountMinor: 9_900n }]))
  const [dollars, euros] = [await givenCustomer(ctx), await givenCustomer(ctx, { currency: 'EUR' })]
  const read = async (key: string) =>
    ZoneDetail.parse(await (await world.send({ path: '/v1/zones/filters', key })).json())
  expect((await read(dollars.key)).prices).toHaveLength(1)
  expect(await read(euros.key)).toMatchObject({
    prices: [{ kind: 'tier', match: 'gold', price: { amount_minor: 9_900, currency: 'EUR' } }],
  })
  expect((await read(euros.key)).renewal_price).toBeUndefined()
})

refuses('getZone', 'zone_not_found', 'a zone that is not served', async () =>
  world.send({ path: '/v1/zones/nowhere', key: (await givenCustomer(world.ctx)).key }),
)

refuses('getZone', 'invalid_request', 'a name that is too long', async () =>
  world.send({ path: `/v1/zones/${'z'.repeat(256)}`, key: (await givenCustomer(world.ctx)).key }),
)

refuses('listZones', 'invalid_request', 'an unknown filter', async () =>
  world.send({ path: '/v1/zones?name=com', key: (await givenCustomer(world.ctx)).key }),
)

refuses('listZones', 'invalid_cursor', 'a cursor of no zone', async () =>
  world.send({ path: '/v1/zones?cursor=nowhere', key: (await givenCustomer(world.ctx)).key }),
)
