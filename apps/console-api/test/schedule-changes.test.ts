import {
  ChangeDetail,
  ChangedListingList,
  ChangeList,
  ChangePreview,
} from '@droplock/contracts/console/schedule-changes'
import { Policy, PolicyPreview } from '@droplock/contracts/console/zone-policy'
import { advanceScheduleChange } from '@droplock/core/schedule-changes/advance'
import { beforeAll, expect, test } from 'vitest'
import { givenListings, givenRegistry } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { inHours } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let ann: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  ann = await givenPerson(world, 'operator')
  await givenListings(world.ctx, { names: ['one.test', 'two.test'], purgeAt: new Date(inHours(10)) })
})

const post = (path: string, body: unknown) => ann.send({ method: 'POST', path, body })
const advance = async () => {
  while ((await advanceScheduleChange(world.ctx, 10)) !== undefined);
}
const reason = 'the registry announced it'

test('a day is moved over HTTP: preview, apply, progress, listings, undo', async () => {
  const action = { kind: 'window', drop_from: inHours(30), drop_to: inHours(31) }
  const filter = { zone: 'test', drop_date: inHours(10).slice(0, 10) }
  const preview = await expectBody(
    await post('/api/schedule-changes', { action, filter }),
    201,
    ChangePreview,
  )
  expect(preview).toMatchObject({
    counts: { listings: 2, effects: { moves: 2 }, not_movable: { dropping: 0 } },
    first: [{ effect: 'moves', after: { drop_from: action.drop_from } }, {}],
  })
  const path = `/api/schedule-changes/${preview.id}`
  const applying = await expectBody(await post(`${path}/apply`, { reason }), 200, ChangeDetail)
  expect(applying).toMatchObject({ state: 'applying', made_by: 'operator', filter, progress: { waiting: 2 } })
  await advance()
  const applied = await expectBody(await ann.send({ path }), 200, ChangeDetail)
  expect(applied).toMatchObject({
    state: 'applied',
    reason,
    counts: { listings: 2 },
    progress: { applied: 2 },
  })
  const listings = await expectBody(
    await ann.send({ path: `${path}/listings?result=applied` }),
    200,
    ChangedListingList,
  )
  expect(listings).toMatchObject({
    total: 2,
    items: [{ result: 'applied', after: { drop_to: action.drop_to } }, {}],
  })
  const all = await expectBody(await ann.send({ path: '/api/schedule-changes' }), 200, ChangeList)
  expect(all.items).toMatchObject([{ id: preview.id, action: { kind: 'window' } }])
  await expectProblem(await post(`${path}/stop`, { reason }), 'schedule_change_not_possible')
  const undo = await expectBody(await ann.send({ path: `${path}/undo` }), 200, ChangePreview)
  expect(undo).toMatchObject({
    id: preview.id,
    counts: { listings: 2, effects: { moves: 2 }, cutoffs_before: preview.counts.cutoffs_after },
    first: [{ effect: 'moves', before: { drop_from: action.drop_from } }, {}],
  })
  expect(undo.counts.cutoffs_after).toEqual(preview.counts.cutoffs_before)
  await expectBody(await post(`${path}/undo`, { reason: 'a false alarm' }), 200, ChangeDetail)
  await expectProblem(await ann.send({ path: `${path}/undo` }), 'schedule_change_not_possible')
  await advance()
  expect(await expectBody(await ann.send({ path }), 200, ChangeDetail)).toMatchObject({
    state: 'undone',
    undo_reason: 'a false alarm',
    progress: { undone: 2 },
  })
})

test('a change that names no listings is refused, and an unknown one is not found', async () => {
  const action = { kind: 'skip_day' }
  await expectProblem(await post('/api/schedule-changes', { action, filter: {} }), 'invalid_request')
  const unknown = '/api/schedule-changes/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
  await expectProblem(await ann.send({ path: unknown }), 'schedule_change_not_found')
})

test('a policy is previewed, changed and read', async () => {
  const path = '/api/zones/test/policy'
  const seen = await expectBody(await post(`${path}/preview`, { late_seconds: 90 }), 200, PolicyPreview)
  expect(seen).toMatchObject({
    before: { late_seconds: 60 },
    after: { late_seconds: 90 },
    counts: { listings: 2 },
  })
  const changed = await expectBody(await post(path, { late_seconds: 90, version: 1, reason }), 200, Policy)
  expect(changed).toMatchObject({ late_seconds: 90, release: 'exact_instant' })
  expect(await expectBody(await ann.send({ path }), 200, Policy)).toEqual(changed)
  await expectProblem(
    await post(path, { drop_time_zone: 'Nowhere/At_All', version: 2, reason }),
    'invalid_policy',
  )
})
