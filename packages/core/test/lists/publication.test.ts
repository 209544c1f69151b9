import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { carryOut } from '../../src/lists/carry-out.ts'
import { compareRun } from '../../src/lists/compare.ts'
import { discardRun } from '../../src/lists/discard.ts'
import { isListKnown } from '../../src/lists/identity.ts'
import { PublicationLost } from '../../src/lists/publication.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { publishQuarantined } from '../../src/lists/publish-quarantined.ts'
import { getRun } from '../../src/lists/read.ts'
import { resumePublication } from '../../src/lists/resume.ts'
import { stageList } from '../../src/lists/stage.ts'
import { beginPublication } from '../../src/lists/turn.ts'
import { lockForPublication } from '../../src/locks.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { beforeTheGate } from '../support/paused-gate.ts'
import { contextOf, givenAccount, givenRegistry, givenStaff, REGISTRY, ZONE } from '../support/world.ts'

const AT_ONCE = new Date(0)
const never = new AbortController().signal
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const early = inHours(30)
const late = inHours(33)

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 8 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
})
afterEach(() => clone.drop())

type List = {
  readonly names: Readonly<Record<string, Date>>
  readonly kind?: 'snapshot' | 'increment'
  readonly source?: string
  readonly precedence?: number
}

async function staged({ names, kind = 'snapshot', source = 'https://a.example/', precedence = 0 }: List) {
  async function* entries(): AsyncGenerator<DropEntry> {
    for (const [index, [name, purgeAt]] of Object.entries(names).entries()) {
      const dropDate = purgeAt.toISOString().slice(0, 10)
      yield { kind: 'row', line: index + 1, name: `${name}.test`, zone: ZONE, purgeAt, dropDate }
    }
  }
  const content = ctx.newId()
  const run = await stageList(ctx, {
    registryId: REGISTRY,
    source,
    format: 'test',
    contentSha256: () => Buffer.from(content),
    scope: () => ({ kind, zones: [ZONE] }),
    entries: entries(),
  })
  await ctx.db.updateTable('sync_run').set({ precedence }).where('id', '=', run.id).execute()
  return run.id
}

const publish = (runId: string) => publishOrQuarantine(ctx, { runId, opensAt: AT_ONCE })
const many = (count: number, at: Date, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`name-${from + n}`, at]))
const runOf = (id: string) =>
  ctx.db.selectFrom('sync_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const shown = async () =>
  Object.fromEntries(
    (
      await ctx.db.selectFrom('listing').select(['name', 'drop_from', 'suspect']).orderBy('name').execute()
    ).map((row) => [row.name.replace('.test', ''), row.suspect ? 'suspect' : row.drop_from]),
  )

/** Begins the publication of a compared run and leaves it at once. */
async function begun(runId: string): Promise<void> {
  await compareRun(ctx, await runOf(runId))
  await inTransaction(ctx.db, async (tx) => {
    const { run } = await lockForPublication(tx, runId)
    await beginPublication(tx, run, { publisher: ctx.newId(), opensAt: AT_ONCE })
    await tx.updateTable('sync_run').set({ released_at: new Date() }).where('id', '=', runId).execute()
  })
}

/** Lets a process begin so many batches before it is to stop. Four: nothing to move, nothing absent, names, and names. */
function afterBatches(count: number): AbortSignal {
  let looks = 0
  return Object.defineProperty(new AbortController().signal, 'aborted', { get: () => (looks += 1) > count })
}

test('a publication that is stopped again and again is completed by other processes, with the same counts', async () => {
  await publishRun(ctx, { runId: await staged({ names: many(900, early) }), opensAt: AT_ONCE })
  const buyer = await givenAccount(ctx)
  await placeBackorder(buyer, { name: 'name-350.test', payment: 'balance' })
  // Of 900 names 300 are gone, 200 move and 400 stay; 12,000 are new.
  const names = { ...many(200, late, 300), ...many(400, early, 500), ...many(12_000, early, 1_000) }
  const runId = await staged({ names })
  await begun(runId)
  const results: string[] = []
  for (;;) {
    const resumed = await resumePublication(ctx, afterBatches(results.length < 3 ? 1 : 3))
    if (resumed === undefined) break
    results.push(resumed.kind)
  }
  expect(results.filter((kind) => kind === 'left').length).toBeGreaterThanOrEqual(6)
  expect(results.at(-1)).toBe('published')
  expect(await runOf(runId)).toMatchObject({
    state: 'published',
    listings_added: 12_000,
    listings_moved: 200,
    listings_suspected: 300,
    listings_unchanged: 400,
  })
  const { rows } = await sql<{ topic: string; count: bigint }>`
    select topic, count(*) as count from event where topic = 'backorder.rescheduled' group by topic`.execute(
    ctx.db,
  )
  expect(rows).toEqual([{ topic: 'backorder.rescheduled', count: 1n }])
  expect(await ctx.db.selectFrom('pending_change').selectAll().execute()).toEqual([])
})

test('a process that stood still while another one took its publication over writes nothing more', async () => {
  const runId = await staged({ names: many(20, early) })
  await begun(runId)
  const frozen = { runId, publisher: ctx.newId() }
  await sql`update sync_run set publisher = ${frozen.publisher}, released_at = null,
    alive_at = alive_at - interval '31 seconds'`.execute(ctx.db)
  expect(await resumePublication(ctx, afterBatches(1))).toEqual({ runId, kind: 'left' })
  // Its list is not read again meanwhile.
  const run = await runOf(runId)
  const [source, contentSha256] = ['https://a.example/', run.content_sha256]
  expect(await isListKnown(ctx, { ...run, registryId: REGISTRY, source, contentSha256, declared: {} })).toBe(
    true,
  )
  await expect(carryOut(ctx, frozen)).rejects.toThrow(PublicationLost)
  expect(await shown()).toEqual({})
  expect(await resumePublication(ctx, never)).toEqual({ runId, kind: 'published' })
  expect(await runOf(runId)).toMatchObject({ listings_added: 20 })
})

test('lists of a registry wait for each other without a lock or a connection, and each is compared with what the others left', async () => {
  await publish(await staged({ names: many(30, early) }))
  const [one, two] = [await staged({ names: many(31, early) }), await staged({ names: many(32, early) })]
  let waiting: Promise<unknown> | undefined
  await beforeTheGate(
    clone,
    ctx,
    () => publish(one),
    async () => {
      waiting = publish(two)
      await expect(
        publishQuarantined(await givenStaff(ctx, 'operator'), { runId: two, reason: 'x', opensAt: AT_ONCE }),
      ).rejects.toMatchObject({ code: 'try_again' })
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`.execute(
        ctx.db,
      )
      expect(rows).toEqual([])
      expect((await runOf(two)).state).toBe('ready')
    },
  )
  expect(await waiting).toMatchObject({ kind: 'published', publication: { added: 1, unchanged: 31 } })
})

test('an upload whose answer is due is completed by a worker, whether it was its turn or not', async () => {
  const [one, two] = [await staged({ names: many(30, early) }), await staged({ names: many(31, early) })]
  const due = new AbortController()
  await beforeTheGate(
    clone,
    ctx,
    () => publish(one),
    async () => {
      const answer = publishOrQuarantine(ctx, { runId: two, opensAt: AT_ONCE, answerBy: due.signal })
      await expect.poll(async () => (await runOf(two)).state).toBe('ready')
      due.abort(new Error('the answer is due'))
      expect(await answer).toEqual({ kind: 'publishing' })
    },
  )
  expect((await runOf(two)).state).toBe('ready')
  expect(await resumePublication(ctx, never)).toEqual({ runId: two, kind: 'published' })
  expect(await resumePublication(ctx, never)).toBeUndefined()
})

test('a held list cannot be published after a later one that says otherwise, and moves nothing back', async () => {
  await publish(await staged({ names: many(40, early) }))
  const operator = await givenStaff(ctx, 'operator')
  const held = await staged({ names: { ...many(20, early), ...many(20, late, 20) } })
  expect(await publish(held)).toMatchObject({ kind: 'quarantined', reasons: ['too_many_moved'] })
  const later = await staged({ names: { ...many(35, early), ...many(5, inHours(35), 35) } })
  expect(await publish(later)).toMatchObject({ kind: 'published', publication: { moved: 5 } })
  const before = await shown()
  await expect(
    publishQuarantined(operator, { runId: held, reason: 'it is so', opensAt: AT_ONCE }),
  ).rejects.toMatchObject({ code: 'sync_run_outdated', facts: { later_run: later } })
  expect(await shown()).toEqual(before)
  expect(await getRun(operator, held)).toMatchObject({ state: 'quarantined' })
  await discardRun(operator, { runId: held, reason: 'a later list is published' })
})

test('a dry run is published by nobody', async () => {
  const runId = await staged({ names: { a: early } })
  await ctx.db.updateTable('sync_run').set({ dry_run: true }).where('id', '=', runId).execute()
  const refused = { code: 'sync_run_not_publishable' }
  await expect(publish(runId)).rejects.toMatchObject(refused)
  const decision = { runId, reason: 'it is so', opensAt: AT_ONCE }
  await expect(publishQuarantined(await givenStaff(ctx, 'operator'), decision)).rejects.toMatchObject(refused)
  expect((await runOf(runId)).state).toBe('ready')
})

test('a list that was read before one that says otherwise, and has its turn after it, is discarded', async () => {
  const older = await staged({ names: { a: early, b: early } })
  const newer = await staged({ names: { a: late } })
  expect(await publish(newer)).toMatchObject({ kind: 'published' })
  expect(await publish(older)).toEqual({ kind: 'outdated' })
  expect(await shown()).toEqual({ a: late })
  // Two increments that agree complement each other, whatever their order.
  const [first, second] = [
    await staged({ names: { c: early }, kind: 'increment', source: 'https://b.example/' }),
    await staged({ names: { d: early }, kind: 'increment', source: 'https://b.example/' }),
  ]
  expect([(await publish(second)).kind, (await publish(first)).kind]).toEqual(['published', 'published'])
})

test('of two suppliers the one with the higher precedence is followed, whichever comes last', async () => {
  const [strong, weak] = [
    { source: 'https://strong.example/', precedence: 1 },
    { source: 'https://weak.example/' },
  ]
  await publish(await staged({ ...weak, names: { a: early, b: early } }))
  // It confirms `a`, which the other may not move from then on, and says nothing of `b`.
  await publish(await staged({ ...strong, names: { a: early }, kind: 'increment' }))
  expect(await publish(await staged({ ...weak, names: { a: late, b: late } }))).toMatchObject({
    publication: { moved: 1, unchanged: 1 },
  })
  expect(await shown()).toEqual({ a: early, b: late })
  // Nor does a snapshot without it make it suspect.
  expect(await publish(await staged({ ...weak, names: { b: late } }))).toMatchObject({
    publication: { suspected: 0 },
  })
  expect(await publish(await staged({ ...strong, names: { a: late, b: early } }))).toMatchObject({
    publication: { moved: 2 },
  })
  expect(await shown()).toEqual({ a: late, b: early })
})

/** Of each listing's row: another one is written wherever it is updated. */
const versions = () => sql`select xmin::text, ctid::text, id from listing order by id`.execute(ctx.db)

test('a listing is not written when its list says the same again', async () => {
  await publish(await staged({ names: many(5, early) }))
  const { rows } = await versions()
  expect(await publish(await staged({ names: { ...many(5, early), more: early } }))).toMatchObject({
    publication: { added: 1, unchanged: 5 },
  })
  expect((await versions()).rows).toEqual(expect.arrayContaining(rows))
})
