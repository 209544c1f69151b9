import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { advanceScheduleChange } from '@droplock/core/schedule-changes/advance'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenListings, givenRegistry, zone } from '../../../packages/core/test/support/world.ts'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
  const ctx = asService({ db: database.db, newId })
  await givenRegistry(ctx, [zone({ name: 'test' })])
  await givenListings(ctx, { names: ['one.test', 'two.test'], purgeAt: new Date(Date.now() + 36_000_000) })
})
afterAll(() => database.drop())

const advance = async () => {
  while ((await advanceScheduleChange({ db: database.db, newId }, 10)) !== undefined);
}
const because = ['--reason', 'the registry is late'] as const

test('a zone is shifted by a command: previewed, applied by the worker, listed and undone', async () => {
  const preview = await admin.one('schedule', 'preview', 'shift', '--zone', 'test', '--minutes', '60')
  expect(preview).toMatchObject({ moves: 2, not_movable: 0, holders_notified: 0 })
  expect(await admin.one('schedule', 'apply', preview.id, ...because)).toMatchObject({
    state: 'applying',
    waiting: 2,
  })
  await advance()
  expect(await admin.one('schedule', 'show', preview.id)).toMatchObject({ state: 'applied', applied: 2 })
  expect(await admin.list('schedule', 'listings', preview.id)).toMatchObject([
    { result: 'applied' },
    { result: 'applied' },
  ])
  const [first] = await admin.list('schedule', 'list')
  expect(first).toMatchObject({
    kind: 'shift',
    reason: because[1],
    made_by: expect.stringMatching(/^command:/),
  })
  expect(await admin.one('schedule', 'preview-undo', preview.id)).toMatchObject({ id: preview.id, moves: 2 })
  await admin.one('schedule', 'undo', preview.id, ...because)
  await advance()
  expect(await admin.one('schedule', 'show', preview.id)).toMatchObject({ state: 'undone', undone: 2 })
  const { rows } = { rows: await database.db.selectFrom('schedule_override').selectAll().execute() }
  expect(rows).toMatchObject([
    { applied_by: null, undone_by: null, undone_by_name: expect.stringMatching(/^command:/) },
    {},
  ])
})

test('what is missing or impossible is one line with its code', async () => {
  expect(await admin.refused('schedule', 'preview', 'shift', '--zone', 'test')).toMatchObject({
    code: 'invalid_request',
  })
  expect(await admin.refused('schedule', 'preview', 'shift', '--minutes', '5')).toMatchObject({
    code: 'invalid_request',
  })
  expect(await admin.refused('schedule', 'show', newId())).toMatchObject({
    code: 'schedule_change_not_found',
  })
  const { id } = await admin.one('schedule', 'preview', 'skip-day', '--names', 'one.test')
  expect(await admin.refused('schedule', 'stop', id, ...because)).toMatchObject({
    code: 'schedule_change_not_possible',
  })
})

test('the policy of a zone is shown and changed, and a dry run changes nothing', async () => {
  expect(await admin.one('zone', 'policy', 'test')).toMatchObject({ release: 'exact_instant', also_at: [] })
  const change = [
    'zone',
    'change',
    'test',
    '--cutoff-lead-seconds',
    '7200',
    '--also-at',
    '09:00',
    '16:00',
    ...because,
  ] as const
  expect(await admin.one(...change, '--dry-run')).toMatchObject({
    changed: false,
    live_listings_that_differ: 2,
  })
  expect(await admin.one('zone', 'policy', 'test')).toMatchObject({ cutoff_lead_seconds: 60 })
  expect(await admin.one(...change)).toMatchObject({ changed: true, live_listings_that_differ: 2 })
  expect(await admin.one('zone', 'policy', 'test')).toMatchObject({
    cutoff_lead_seconds: 7_200,
    also_at: ['09:00:00', '16:00:00'],
  })
  expect(
    await admin.refused('zone', 'change', 'test', '--grace-share-percent', '0', ...because),
  ).toMatchObject({
    code: 'invalid_policy',
  })
})
