import { AuditList } from '@droplock/contracts/console/audit'
import { Invariants, RegistryList, Today } from '@droplock/contracts/console/overview'
import { beforeAll, expect, test } from 'vitest'
import { givenDecided } from '../../../packages/core/test/support/held.ts'
import { givenListings, REGISTRY, stage, ZONE } from '../../../packages/core/test/support/world.ts'
import { expectBody } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let admin: Person
beforeAll(async () => {
  await givenDecided(world.ctx, 'lost')
  await givenListings(world.ctx, { names: ['later.test'] })
  await stage(world.ctx, { names: ['staged.test'] })
  admin = await givenPerson(world, 'admin')
})

test('today counts by state and shows the next windows, the last sync and what needs attention', async () => {
  const today = await expectBody(await admin.send({ path: '/api/today' }), 200, Today)
  expect(today).toMatchObject({
    listings: { open: 1, lost: 1, caught: 0 },
    backorders: { failed: 1, backordered: 0 },
    drop_day: [{ zone: ZONE, registry_id: REGISTRY, targets: { lost: 1, armed: 0, registered: 0 } }],
    next_windows: [{ zone: ZONE, listings: 1, held: 0 }],
    syncs: { last_published: { state: 'published', source: 'test' }, running: 0, ready: 1, sources: 0 },
    waiting: { quarantined_runs: 0, proposed_refunds: 0 },
  })
})

test('registries are listed with the zones they serve', async () => {
  const registries = await expectBody(await admin.send({ path: '/api/registries' }), 200, RegistryList)
  expect(registries).toEqual({ items: [{ id: REGISTRY, zones: [ZONE] }], total: 1 })
})

test('what the service promises is proven, with the sums', async () => {
  const proof = await expectBody(await admin.send({ path: '/api/invariants' }), 200, Invariants)
  expect(proof).toMatchObject({
    holds: true,
    backorders: { undecided: 0, successful: 0, failed: 1 },
    listings_won: 1,
    ledger_sum: [{ amount_minor: 0, currency: 'USD' }],
  })
  expect(proof.invariants.length).toBeGreaterThan(5)
})

test('the audit shows who did what, newest first, each entry chained to the one before', async () => {
  const { total, items } = await expectBody(await admin.send({ path: '/api/audit' }), 200, AuditList)
  expect(total).toBe(items.length)
  expect(items[0]).toMatchObject({
    action: 'staff.signed_in',
    actor_id: admin.id,
    after: { session_id: expect.any(String) },
  })
  for (const [index, entry] of items.entries()) expect(entry.prev_hash).toBe(items[index + 1]?.hash)
  const signedIn = await admin.send({ path: `/api/audit?action=staff.signed_in&actor_id=${admin.id}` })
  expect((await expectBody(signedIn, 200, AuditList)).total).toBe(1)
})
