import { DropRoom } from '@droplock/contracts/console/drop-room'
import { ServiceOutlook } from '@droplock/contracts/console/order-of-service'
import { Today } from '@droplock/contracts/console/overview'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { markAmbiguous } from '@droplock/core/targets/record'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import { onServer } from '@droplock/core/testing/server'
import { beforeAll, expect, test } from 'vitest'
import { openWindows, outcomeOf } from '../../../packages/core/test/support/drop.ts'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY,
  ZONE,
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

const today = async () => {
  const viewer = await givenPerson(world, 'viewer')
  return expectBody(await viewer.send({ path: '/api/today' }), 200, Today)
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
  // As they were paid, so that escrow can be released.
  await inDatabase('update backorder set price_minor = 1900')
  expect(armed.window).toMatchObject({ names: 3 })
  expect(armed.window?.shown.map(({ name }) => name)).toEqual(['dear.test', 'middle.test', 'cheap.test'])
  expect(armed.registries).toMatchObject([{ armed: 3, firing: 0, paid_in_window: false }])

  await stopRegistry(asService(world.ctx), { registryId: REGISTRY, reason: 'a test' })
  expect((await room()).registries).toMatchObject([{ stop: { reason: 'a test' } }])
})

test('what each number of a drop means: armed, firing, unknown, awaited, won, lost by how much, and creates', async () => {
  const { ctx } = world
  await restartRegistry(asService(ctx), { registryId: REGISTRY, reason: 'a test' })
  const idOf = async (name: string) => {
    const row = await ctx.db
      .selectFrom('catch_target')
      .select(['id', 'listing_id'])
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return [row.id, row.listing_id] as const
  }
  const [dear, middle] = [await idOf('dear.test'), await idOf('middle.test')]
  await openWindows(ctx)
  await beginFiring(ctx, [dear[0], middle[0]])
  expect((await room()).registries).toMatchObject([
    { armed: 1, firing: 2, ambiguous: 0, paid_in_window: true },
  ])
  await markAmbiguous(ctx, [middle[0]])
  expect((await room()).registries).toMatchObject([{ armed: 1, firing: 1, ambiguous: 1, awaiting_award: 0 }])
  expect((await today()).drop_day).toMatchObject([
    { zone: ZONE, targets: { armed: 1, firing: 1, ambiguous: 1, registered: 0, lost: 0 } },
  ])

  const wonAt = new Date()
  await recordOutcome(ctx, outcomeOf(dear[0], dear[1], 'registered', wonAt))
  await recordOutcome(ctx, { ...outcomeOf(middle[0], middle[1], 'lost'), holderClid: 'rival-a' })
  await inDatabase('update catch_target set lost_by_min_ms = 12, lost_by_max_ms = 30 where id = $1', [
    middle[0],
  ])
  const decided = await room()
  expect(decided.registries).toMatchObject([{ armed: 1, firing: 0, ambiguous: 0, paid_in_window: true }])
  expect(decided.results.map(({ name, state }) => [name, state])).toEqual([
    ['middle.test', 'lost'],
    ['dear.test', 'registered'],
  ])
  expect(decided.results[0]).toMatchObject({ holder_clid: 'rival-a', lost_by_min_ms: 12, lost_by_max_ms: 30 })
  // The name that is left, and no longer those that are decided.
  expect(decided.window).toMatchObject({ names: 1, shown: [{ name: 'cheap.test', state: 'armed' }] })
  const day = await today()
  expect(day.drop_day).toMatchObject([{ targets: { armed: 1, registered: 1, lost: 1, ambiguous: 0 } }])
  expect(day.backorders).toMatchObject({ backordered: 1, successful: 1, failed: 1 })

  // Decided yesterday, by the time zone of the zone, is no more of this day; what is still to be decided is.
  await inDatabase(`alter table catch_target disable trigger all`)
  await inDatabase(
    `update catch_target set decided_at = decided_at - interval '1 day' where decided_at is not null`,
  )
  await inDatabase(
    `update catch_target set drop_from = drop_from - interval '1 day' where decided_at is null`,
  )
  expect((await today()).drop_day).toMatchObject([{ targets: { armed: 1, registered: 0, lost: 0 } }])
})

test('how many paid names of a window can be expected to be served, and why the others are not', async () => {
  const viewer = await givenPerson(world, 'viewer')
  const outlook = async () =>
    expectBody(await viewer.send({ path: '/api/order-of-service' }), 200, ServiceOutlook)
  await inDatabase(
    `update listing set drop_from = now() + interval '1 hour', drop_to = now() + interval '2 hours'`,
  )
  await inDatabase(
    `update catch_target set drop_from = now() + interval '1 hour', drop_to = now() + interval '2 hours', grace_until = now() + interval '3 hours' where decided_at is null`,
  )
  expect((await outlook()).windows).toMatchObject([
    { registry_id: REGISTRY, zone: ZONE, names: 1, unserved: 0, reasons: [] },
  ])
  await stopRegistry(asService(world.ctx), { registryId: REGISTRY, reason: 'another test' })
  expect(await outlook()).toMatchObject({
    is_whole: true,
    windows: [{ names: 1, unserved: 1, reasons: [{ reason: 'registry_stopped', names: 1 }] }],
  })
})
