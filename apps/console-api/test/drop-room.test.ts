import { DropRoom } from '@droplock/contracts/console/drop-room'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { closeDue } from '@droplock/core/schedule/steps'
import { onServer } from '@droplock/core/testing/server'
import { beforeAll, expect, test } from 'vitest'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY,
} from '../../../packages/core/test/support/world.ts'
import { expectBody } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()
const names = ['cheap.test', 'dear.test', 'middle.test']
const prices = { 'cheap.test': 1, 'dear.test': 3, 'middle.test': 2 }

const inDatabase = (statement: string, values: readonly unknown[] = []) =>
  onServer(world.url, (client) => client.query(statement, [...values]))

const room = async () => {
  const viewer = await givenPerson(world, 'viewer')
  return expectBody(await viewer.send({ path: '/api/drop-room' }), 200, DropRoom)
}

beforeAll(async () => {
  const { ctx } = world
  await givenRegistry(ctx)
  await givenListings(ctx, { names, purgeAt: new Date(Date.now() + 3_600_000) })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
})

test('before the cut-off nothing is armed, and an account that no catcher drives says so', async () => {
  const shown = await room()
  expect(shown.window).toBeUndefined()
  expect(shown.results).toEqual([])
  expect(shown.accounts).toMatchObject([{ phase: 'unreported', problems: [] }])
  expect(shown.registries).toMatchObject([{ id: REGISTRY, armed: 0, firing: 0, paid_in_window: false }])
})

test('a viewer sees the paid names of the next window by value, and a stop of their registry with its reason', async () => {
  await inDatabase(`update listing set cutoff_at = now() - interval '1 second'`)
  await closeDue(world.ctx, 100)
  await inDatabase('alter table backorder disable trigger order_terms_are_final')
  for (const [name, price] of Object.entries(prices))
    await inDatabase('update backorder set price_minor = price_minor + $2 where name = $1', [name, price])
  const armed = await room()
  expect(armed.window).toMatchObject({ names: 3 })
  expect(armed.window?.shown.map(({ name }) => name)).toEqual(['dear.test', 'middle.test', 'cheap.test'])
  expect(armed.registries).toMatchObject([{ armed: 3, firing: 0, paid_in_window: false }])

  await stopRegistry(asService(world.ctx), { registryId: REGISTRY, reason: 'a test' })
  expect((await room()).registries).toMatchObject([{ stop: { reason: 'a test' } }])
})
