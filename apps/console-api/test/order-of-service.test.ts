import { OrderOfService } from '@droplock/contracts/console/order-of-service'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { defineRegistry } from '@droplock/core/registries/define'
import { beforeAll, expect, test } from 'vitest'
import {
  givenAccount,
  givenListings,
  REGISTRY,
  REGISTRY_ACCOUNT,
  zone,
} from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()
const names = ['first.test', 'second.test', 'third.test', 'fourth.test']
const path = `/api/registries/${REGISTRY}/order-of-service`

beforeAll(async () => {
  const { ctx } = world
  const account = { id: REGISTRY_ACCOUNT, clid: 'droplock', hosts: [{ host: '127.0.0.1', port: 7700 }] }
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    zones: [zone()],
    accounts: [{ ...account, isSimulator: true, limits: { commandsPerSecondMax: 3 } }],
  })
  await givenListings(ctx, { names, purgeAt: new Date(Date.now() + 3_600_000) })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
})

test.each(['operator', 'finance'] as const)(
  'a person in %s sees beforehand which paid names the limits of the account do not serve',
  async (role) => {
    const person = await givenPerson(world, role)
    const all = await expectBody(await person.send({ path }), 200, OrderOfService)
    expect(all).toMatchObject({ total: 4, names: 4, unserved: 1 })
    expect(all.accounts).toEqual([
      { id: REGISTRY_ACCOUNT, creates_per_second: 3, names_in_turn: 30, obstacles: [] },
    ])
    expect(all.items.map(({ position, name, reason }) => [position, name, reason])).toEqual([
      [1, 'first.test', undefined],
      [2, 'second.test', undefined],
      [3, 'third.test', undefined],
      [4, 'fourth.test', 'capacity'],
    ])
    expect(all.items[3]).toMatchObject({
      basis: 'known_instant',
      place: 4,
      sharing: 4,
      capacity: 3,
      late_seconds: 1,
    })
    const unserved = await person.send({ path: `${path}?served=false&per_page=1` })
    expect((await expectBody(unserved, 200, OrderOfService)).items).toMatchObject([{ name: 'fourth.test' }])
    const page = await person.send({ path: `${path}?served=true&per_page=2&page=2` })
    expect((await expectBody(page, 200, OrderOfService)).items).toMatchObject([{ name: 'third.test' }])
  },
)

test('there is none of an unknown registry', async () => {
  const person = await givenPerson(world, 'operator')
  await expectProblem(
    await person.send({ path: '/api/registries/nowhere/order-of-service' }),
    'registry_not_found',
  )
})
