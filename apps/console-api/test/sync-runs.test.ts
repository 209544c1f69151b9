import {
  listFormats,
  SyncRunChangeList,
  SyncRunDetail,
  SyncRunList,
  SyncRunRejectList,
  Upload,
} from '@droplock/contracts/console/sync-runs'
import { resumePublication } from '@droplock/core/lists/resume'
import { onServer } from '@droplock/core/testing/server'
import { formats } from '@droplock/feeds/formats/formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { countWaiting } from '../../../packages/core/test/support/waiting.ts'
import { givenListings, givenRegistry, REGISTRY } from '../../../packages/core/test/support/world.ts'
import { zipOf } from '../../../packages/feeds/test/zip.ts'
import { type Ask, createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { dateIn, inHours } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld({ uploadBytesMax: 100_000 })
let operator: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  operator = await givenPerson(world, 'operator')
})

const csvOf = (names: readonly string[], purged = inHours(72)) =>
  `TLD,DOMAIN,EXPIRED,PURGED\n${names.map((name) => `test,${name},,${purged}\n`).join('')}`

function upload(file: Ask['file'], query: Readonly<Record<string, string>> = {}): Promise<Response> {
  const parameters = new URLSearchParams({ registry_id: REGISTRY, file_name: 'list.csv', ...query })
  return operator.send({
    method: 'POST',
    path: `/api/sync-runs?${parameters}`,
    ...(file !== undefined && { file }),
  })
}

const decide = (id: string, what: 'publish' | 'discard', reason = 'looked at it') =>
  operator.send({ method: 'POST', path: `/api/sync-runs/${id}/${what}`, body: { reason } })

/** A run that is held back: it would move every one of many live listings. */
async function givenHeldBack(prefix: string) {
  const names = Array.from({ length: 30 }, (_, index) => `${prefix}-${index}.test`)
  await givenListings(world.ctx, { names })
  const { sync_run } = await expectBody(await upload(csvOf(names)), 201, Upload)
  expect(sync_run.state).toBe('quarantined')
  return sync_run
}

/** The first drop date of a list whose rows carry none, uploaded with this query. */
async function dateOf(name: string, query: Readonly<Record<string, string>>) {
  const { sync_run: run } = await expectBody(await upload(`${name}\n`, query), 201, Upload)
  return run.scope.from
}

function readRuns() {
  return world.ctx.db.selectFrom('sync_run').select('id').execute()
}

async function pageOf(query: string) {
  const list = await expectBody(await operator.send({ path: `/api/sync-runs?${query}` }), 200, SyncRunList)
  return { total: list.total, sources: list.items.map(({ source }) => source) }
}

/** What is left of the one list that was uploaded under this name. */
async function leftOf(source: string) {
  const run = await world.ctx.db
    .selectFrom('sync_run')
    .select(['id', 'state', 'failure'])
    .where('source', '=', source)
    .executeTakeFirstOrThrow()
  const rows = await world.ctx.db.selectFrom('sync_row').select('name').where('run_id', '=', run.id).execute()
  const listed = await world.ctx.db
    .selectFrom('listing')
    .select('name')
    .where('sync_run_id', '=', run.id)
    .execute()
  return { state: run.state, failure: run.failure, rows: rows.length, listed: listed.length }
}

test('the formats of the contract are those that can be read', () => {
  expect([...listFormats].toSorted()).toEqual(Object.keys(formats).toSorted())
})

describe('an uploaded list', () => {
  test('is staged, compared and published, and its rejects are listed', async () => {
    const file = csvOf(['up-1.test', 'up-2.test', 'not a name', 'up-1.test'])
    const { settlement, sync_run: run } = await expectBody(await upload(file), 201, Upload)
    expect(settlement).toBe('published')
    expect(run).toMatchObject({
      state: 'published',
      source: 'list.csv',
      format: 'ietf-csv',
      uploaded_by: 'operator',
      rows_read: 4,
      rows_rejected: 2,
      counts: { added: 2, moved: 0 },
      diff: { added: 2 },
      rejects_by_reason: [
        { reason: 'duplicate', count: 1 },
        { reason: 'invalid_name', count: 1 },
      ],
    })
    const changes = await expectBody(
      await operator.send({ path: `/api/sync-runs/${run.id}/changes?kind=added&q=up-2` }),
      200,
      SyncRunChangeList,
    )
    expect(changes).toMatchObject({ total: 1, items: [{ name: 'up-2.test', kind: 'added' }] })
    expect(changes.items[0]?.from).toBeUndefined()
    expect(changes.items[0]?.to).toBeDefined()
    const rejects = await operator.send({
      path: `/api/sync-runs/${run.id}/rejects?reason=duplicate&per_page=1`,
    })
    expect(await expectBody(rejects, 200, SyncRunRejectList)).toMatchObject({
      total: 1,
      items: [{ line: 5, reason: 'duplicate' }],
    })
  })

  test('that was uploaded before changes nothing', async () => {
    const file = csvOf(['up-1.test', 'up-2.test', 'twice.test'])
    await expectBody(await upload(file), 201, Upload)
    const again = await expectBody(await upload(file), 201, Upload)
    expect(again).toMatchObject({ settlement: 'unchanged', sync_run: { state: 'discarded' } })
  })

  test('without dates of its own drops on the date given, else on that of its name', async () => {
    const named = { file_name: `${dateIn(4)}.txt` }
    expect(await dateOf('dated-1.test', named)).toBe(dateIn(4))
    expect(await dateOf('dated-2.test', { ...named, drop_date: dateIn(6) })).toBe(dateIn(6))
  })

  test('arrives in pieces of any size, and is never held whole', async () => {
    const octets = new TextEncoder().encode(csvOf(['pieces-1.test', 'pieces-2.test']))
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const octet of octets) controller.enqueue(Uint8Array.of(octet))
        controller.close()
      },
    })
    expect(await expectBody(await upload(pieces), 201, Upload)).toMatchObject({
      sync_run: { rows_read: 2, rows_rejected: 0 },
    })
  })
})

describe('an uploaded list', () => {
  test('is only compared in a dry run: it ends as ready, shows what it would change, and can never be published', async () => {
    const { settlement, sync_run: run } = await expectBody(
      await upload(csvOf(['dry-1.test', 'dry-2.test']), { dry_run: 'true' }),
      201,
      Upload,
    )
    expect(settlement).toBe('compared')
    expect(run).toMatchObject({ state: 'ready', dry_run: true, diff: { added: 2 }, rows_read: 2 })
    const listed = await world.ctx.db
      .selectFrom('listing')
      .select('name')
      .where('name', 'like', 'dry-%')
      .execute()
    expect(listed).toEqual([])
    await expectProblem(await decide(run.id, 'publish'), 'sync_run_not_publishable')
  })

  test('of names that were deleted is recorded, and none is listed', async () => {
    const list = `${dateIn(0)} 08:10:56 UTC\n\ngone-1.test\ngone-2.test\n`
    const { settlement, sync_run: run } = await expectBody(
      await upload(list, { file_name: 'deleted.txt' }),
      201,
      Upload,
    )
    expect(settlement).toBe('observed')
    expect(run).toMatchObject({
      state: 'published',
      purpose: 'observed',
      format: 'pl-deleted',
      counts: { added: 0 },
    })
    const names = await world.ctx.db.selectFrom('observed_list_name').select('name').execute()
    expect(names.map(({ name }) => name).toSorted()).toEqual(['gone-1.test', 'gone-2.test'])
  })

  test('in a zip archive is received whole and read as the file within', async () => {
    const archive = zipOf({ name: 'list.csv', text: csvOf(['zip-1.test']) })
    // A dry run, because other tests' listings would be missing from it.
    const sent = await upload(bytesOf(archive), { file_name: 'list.zip', dry_run: 'true' })
    expect(await expectBody(sent, 201, Upload)).toMatchObject({
      sync_run: { format: 'ietf-csv', rows_read: 1, rows_rejected: 0, diff: { added: 1 } },
    })
    const refused = await upload(bytesOf(zipOf()), { file_name: 'empty.zip' })
    await expectProblem(refused, 'list_format_unknown')
  })
})

function bytesOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
}

describe('an uploaded list that', () => {
  test('would change too much is held back, and published on a person’s word', async () => {
    const run = await givenHeldBack('published')
    expect(run).toMatchObject({
      quarantine_reasons: ['too_many_moved'],
      diff: { moved: 30 },
    })
    expect(run.counts).toBeUndefined()
    await expectProblem(await decide(run.id, 'publish', '  '), 'reason_required')
    const published = await expectBody(await decide(run.id, 'publish'), 200, SyncRunDetail)
    expect(published).toMatchObject({
      state: 'published',
      decided_by: 'operator',
      decision_reason: 'looked at it',
      counts: { moved: 30 },
    })
    await expectProblem(await decide(run.id, 'publish'), 'sync_run_not_publishable')
    await expectProblem(await decide(run.id, 'discard'), 'sync_run_not_discardable')
  })

  test('was held back can be discarded', async () => {
    const run = await givenHeldBack('discarded')
    const discarded = await expectBody(await decide(run.id, 'discard'), 200, SyncRunDetail)
    expect(discarded).toMatchObject({ state: 'discarded', decision_reason: 'looked at it' })
  })

  test.each([
    ['nothing', undefined, {}, 'unsupported_media_type'],
    ['an empty file', '', {}, 'body_required'],
    ['a file that is no list', '<html></html>\n', {}, 'list_format_unknown'],
    ['a registry that is none', csvOf(['x.test']), { registry_id: 'nowhere' }, 'registry_not_found'],
    ['a format that is none', csvOf(['x.test']), { format: 'xml' }, 'invalid_request'],
    ['a date that is none', csvOf(['x.test']), { drop_date: '2026-02-30' }, 'invalid_request'],
    ['a file that is too large', 'x'.repeat(100_001), {}, 'request_too_large'],
  ] as const)('is %s is refused, and leaves no run', async (_, file, query, code) => {
    const before = await readRuns()
    await expectProblem(await upload(file, query), code)
    expect(await readRuns()).toEqual(before)
  })

  test('turns out too large on the way is refused, and its run has failed', async () => {
    const line = 'test,endless.test,,\n'
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('TLD,DOMAIN,EXPIRED,PURGED\n')),
      pull: (controller) => controller.enqueue(new TextEncoder().encode(line.repeat(500))),
    })
    await expectProblem(await upload(endless), 'request_too_large')
    const runs = await expectBody(
      await operator.send({ path: '/api/sync-runs?state=failed' }),
      200,
      SyncRunList,
    )
    expect(runs).toMatchObject({ total: 1, items: [{ state: 'failed' }] })
  })
})

describe('an upload that takes too long', () => {
  /** Less than a statement waits for a lock, and enough for a busy machine to begin the run. */
  const inTime = { uploadMsMax: 1_500 }

  const uploadInTime = (source: string, file: Ask['file']) =>
    createTestApp(world.ctx, inTime).send({
      method: 'POST',
      path: `/api/sync-runs?${new URLSearchParams({ registry_id: REGISTRY, file_name: source })}`,
      file: file ?? '',
      headers: { Cookie: operator.cookie, 'X-CSRF-Token': operator.csrfToken },
    })

  test('is answered by a refusal, and is published neither then nor later', async () => {
    await onServer(world.url, async (blocker) => {
      await blocker.query('begin')
      await blocker.query('lock table listing in access exclusive mode')
      const uploading = uploadInTime('slow.csv', csvOf(['slow.test']))
      await expect.poll(() => countWaiting(world.ctx.db)).toBe(1)
      // The upload has begun: its time is over before this.
      const outOfTime = AbortSignal.timeout(inTime.uploadMsMax + 50)
      await new Promise((resolve) => outOfTime.addEventListener('abort', resolve))
      await blocker.query('rollback')
      await expectProblem(await uploading, 'unavailable')
    })
    expect(await leftOf('slow.csv')).toMatchObject({ state: 'failed', rows: 0, listed: 0 })
  })

  test('because its sender fell silent is answered all the same, and nothing of it stays', async () => {
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(csvOf(['silent.test']).repeat(500))),
    })
    await expectProblem(await uploadInTime('silent.csv', silent), 'unavailable')
    expect(await leftOf('silent.csv')).toMatchObject({ state: 'failed', rows: 0, listed: 0 })
  })
})

/** Sends it to a server that waits for a publication only briefly. */
const sendSoon = (ask: Ask) =>
  createTestApp(world.ctx, { publicationMsMax: 200 }).send({
    ...ask,
    method: 'POST',
    headers: { Cookie: operator.cookie, 'X-CSRF-Token': operator.csrfToken },
  })

describe('while another list of the registry is being published', () => {
  test('an upload is answered in time, and a held list is not published; a worker goes on with the upload', async () => {
    const held = await givenHeldBack('waits')
    const other = world.ctx.newId()
    await world.ctx.db
      .insertInto('sync_run')
      .values({
        id: other,
        registry_id: REGISTRY,
        source: 'other',
        format: 'x',
        content_sha256: Buffer.alloc(0),
        scope_kind: 'increment',
        scope_zones: [],
        state: 'running',
      })
      .execute()
    for (const state of ['ready', 'publishing'] as const) {
      const begun = world.ctx.db.updateTable('sync_run').set({ state, opens_at: new Date() })
      await begun.where('id', '=', other).execute()
    }
    const query = new URLSearchParams({ registry_id: REGISTRY, file_name: 'later.csv' })
    const names = Array.from({ length: 30 }, (_, index) => `waits-${index}.test`)
    const file = csvOf([...names, 'later.test'])
    const body = await expectBody(await sendSoon({ path: `/api/sync-runs?${query}`, file }), 202, Upload)
    expect(body).toMatchObject({ settlement: 'publishing', sync_run: { state: 'ready' } })
    const publish = { path: `/api/sync-runs/${held.id}/publish`, body: { reason: 'looked at it' } }
    await expectProblem(await sendSoon(publish), 'try_again')
    await world.ctx.db.deleteFrom('sync_run').where('id', '=', other).execute()
    const resumed = await resumePublication(world.ctx, new AbortController().signal)
    expect(resumed).toMatchObject({ runId: body.sync_run.id })
    expect((await leftOf('later.csv')).state).not.toBe('ready')
  })
})

describe('the list of runs', () => {
  test('is sorted, filtered and cut into pages by the server', async () => {
    for (const name of ['page-a.csv', 'page-b.csv', 'page-c.csv']) {
      await expectBody(await upload(csvOf([name.replace('.csv', '.test')]), { file_name: name }), 201, Upload)
    }
    const sorted = 'q=page-&sort=source&order=asc&per_page=2'
    expect(await pageOf(sorted)).toEqual({ total: 3, sources: ['page-a.csv', 'page-b.csv'] })
    expect(await pageOf(`${sorted}&page=2`)).toEqual({ total: 3, sources: ['page-c.csv'] })
    expect(await pageOf(`${sorted}&page=3`)).toEqual({ total: 3, sources: [] })
    expect(await pageOf('q=page-&per_page=1')).toEqual({ total: 3, sources: ['page-c.csv'] })
  })

  test.each(['sort=id', 'page=0', 'per_page=201', 'order=up', 'state=gone', 'colour=red'])(
    'refuses %s',
    async (query) => {
      await expectProblem(await operator.send({ path: `/api/sync-runs?${query}` }), 'invalid_request')
    },
  )

  test('has no run of an id that is none', async () => {
    const path = '/api/sync-runs/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
    await expectProblem(await operator.send({ path }), 'sync_run_not_found')
    await expectProblem(await operator.send({ path: '/api/sync-runs/1' }), 'invalid_request')
  })
})
