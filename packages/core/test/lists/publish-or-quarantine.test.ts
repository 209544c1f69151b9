import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { verifyAuditChain } from '../../src/audit/verify.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { diffRun, listChanges } from '../../src/lists/changes.ts'
import { discardRun } from '../../src/lists/discard.ts'
import { isListKnown } from '../../src/lists/identity.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { publishQuarantined } from '../../src/lists/publish-quarantined.ts'
import { getRun, listRejects, listRuns } from '../../src/lists/read.ts'
import { uploadList } from '../../src/lists/upload.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, givenStaff, REGISTRY, stage, ZONE } from '../support/world.ts'

const AT_ONCE = new Date(0)
const tomorrow = new Date(Date.now() + 86_400_000)
const names = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `name-${from + n}.test`)

type List = {
  readonly names: readonly string[]
  readonly scope?: 'snapshot' | 'increment'
  readonly purgeAt?: Date
  readonly content?: string
  readonly rejects?: readonly DropEntry[]
}

async function* entries({
  names: listed,
  purgeAt = tomorrow,
  rejects = [],
}: List): AsyncGenerator<DropEntry> {
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of listed.entries()) {
    yield { kind: 'row', line: index + 1, name, zone: ZONE, purgeAt, dropDate }
  }
  yield* rejects
}

const upload = (ctx: StaffContext, list: List) =>
  uploadList(ctx, {
    registryId: REGISTRY,
    source: 'upload.csv',
    format: 'test',
    contentSha256: () => Buffer.from(list.content ?? ctx.newId()),
    scope: () => ({ kind: list.scope ?? 'snapshot', zones: [ZONE] }),
    entries: entries(list),
    opensAt: AT_ONCE,
  })

async function givenOperator(ctx: Context): Promise<StaffContext> {
  await givenRegistry(ctx)
  return givenStaff(ctx, 'operator')
}

async function suspects(ctx: Context): Promise<number> {
  const rows = await ctx.db.selectFrom('listing').select('id').where('suspect', '=', true).execute()
  return rows.length
}

const actions = async (ctx: Context) =>
  (await ctx.db.selectFrom('audit_entry').select('action').orderBy('seq').execute()).map(
    ({ action }) => action,
  )

test('publication changes exactly the names that the diff counted before', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(100) })
    // Of 100 names: 10 left the list, 10 move, 5 are new, 1 is new and too late.
    const later = new Date(tomorrow.getTime() + 3_600_000)
    const run = await stage(operator, { names: names(80), purgeAt: tomorrow, scope: 'snapshot' })
    const more = async (listed: readonly string[], purgeAt: Date) => {
      const other = await stage(operator, { names: listed, purgeAt, scope: 'snapshot' })
      await sql`update sync_row set run_id = ${run.id}, line = line + ${listed.length * 100} where run_id = ${other.id}`.execute(
        tx,
      )
    }
    await more(names(10, 80), later)
    await more(names(5, 200), tomorrow)
    await more(['late.test'], new Date())

    const diff = await diffRun(operator, run.id)
    expect(diff).toEqual({
      added: 5,
      moved: 10,
      suspected: 10,
      overridden: 0,
      too_late: 1,
      blocked: 0,
      unchanged: 80,
      live: 100,
    })
    const before = await listChanges(operator, { runId: run.id, offset: 0, limit: 100 })
    const settled = await publishOrQuarantine(operator, { runId: run.id, opensAt: AT_ONCE })
    expect(settled).toMatchObject({ kind: 'published' })

    expect(await diffRun(operator, run.id)).toEqual({ ...diff, live: 100 })
    const after = await listChanges(operator, { runId: run.id, offset: 0, limit: 100 })
    expect(after.total).toBe(26)
    const withoutIds = ({ items }: typeof before) => items.map((item) => ({ ...item, listingId: null }))
    expect(withoutIds(after)).toEqual(withoutIds(before))
  }))

test('the diff is paged, and filtered by kind and by a part of the name', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const { run } = await upload(operator, { names: names(30) })
    const page = (offset: number) =>
      listChanges(operator, { runId: run.id, kind: 'added', q: 'name-1', offset, limit: 5 })
    const [first, second] = [await page(0), await page(5)]
    expect([first.total, first.items.length, second.items.length]).toEqual([11, 5, 5])
    expect(new Set([...first.items, ...second.items].map(({ name }) => name)).size).toBe(10)
    expect(await page(50)).toEqual({ items: [], total: 11 })
    expect(await listChanges(operator, { runId: run.id, kind: 'moved', offset: 0, limit: 5 })).toEqual({
      items: [],
      total: 0,
    })
  }))

test('the same file twice changes nothing, and its run says so', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(30), content: 'the same' })
    const before = await tx.selectFrom('listing').selectAll().orderBy('id').execute()
    const again = await upload(operator, { names: names(30), content: 'the same' })
    expect(again.settlement).toEqual({ kind: 'unchanged' })
    expect(await tx.selectFrom('listing').selectAll().orderBy('id').execute()).toEqual(before)
    expect(await getRun(operator, again.run.id)).toMatchObject({ state: 'discarded', counts: null })
  }))

test('where the same file is handled ten times at once, one run is published and nine change nothing', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => stage(ctx, { names: names(20), content: 'the same' })),
    )
    const settled = await Promise.all(
      runs.map((run) => publishOrQuarantine(ctx, { runId: run.id, opensAt: AT_ONCE })),
    )
    const kinds = settled.map(({ kind }) => kind).toSorted()
    expect(kinds).toEqual(['published', ...Array.from({ length: 9 }, () => 'unchanged')].toSorted())
  } finally {
    await clone.drop()
  }
})

test('a list with 2 % of yesterday’s names is quarantined, and no name is suspect before a person publishes it', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(100) })
    const broken = await upload(operator, { names: names(2) })
    expect(broken.settlement).toMatchObject({
      kind: 'quarantined',
      reasons: ['too_many_suspected', 'too_few_rows'],
      diff: { suspected: 98, unchanged: 2 },
    })
    expect(await suspects(operator)).toBe(0)

    await discardRun(operator, { runId: broken.run.id, reason: 'a broken download' })
    expect(await suspects(operator)).toBe(0)
    expect(await getRun(operator, broken.run.id)).toMatchObject({
      state: 'discarded',
      decidedBy: 'operator',
      decisionReason: 'a broken download',
    })
  }))

test('a list that is published, quarantined or discarded by a person is known; so is a repetition', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const known = (content: string) =>
      isListKnown(operator, {
        registryId: REGISTRY,
        source: null,
        format: 'test',
        contentSha256: Buffer.from(content),
        declared: {},
      })
    await upload(operator, { names: names(100), content: 'whole' })
    await upload(operator, { names: names(100), content: 'whole' })
    const { run } = await upload(operator, { names: names(2), content: 'broken' })
    expect([await known('whole'), await known('broken'), await known('new')]).toEqual([true, true, false])
    await discardRun(operator, { runId: run.id, reason: 'a broken download' })
    expect(await known('broken')).toBe(true)
  }))

test('a quarantined run is published when a person decides so, once', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(100) })
    const { run } = await upload(operator, { names: names(2) })
    const decision = { runId: run.id, reason: 'the registry confirms it', opensAt: AT_ONCE }
    expect(await publishQuarantined(operator, decision)).toMatchObject({ suspected: 98, unchanged: 2 })
    expect(await suspects(operator)).toBe(98)
    await expect(publishQuarantined(operator, decision)).rejects.toMatchObject({
      code: 'sync_run_not_publishable',
    })
    await expect(discardRun(operator, decision)).rejects.toMatchObject({ code: 'sync_run_not_discardable' })
    expect((await actions(operator)).filter((action) => action.startsWith('sync_run.'))).toEqual([
      'sync_run.uploaded',
      'sync_run.published',
      'sync_run.uploaded',
      'sync_run.quarantined',
      'sync_run.published',
    ])
    expect(await verifyAuditChain(tx)).toMatchObject({ breaks: [] })
  }))

test('a list that moves a whole day is quarantined, whether uploaded or fetched', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(30) })
    const run = await stage(operator, { names: names(30), purgeAt: new Date(Date.now() + 7_200_000) })
    const settled = await publishOrQuarantine(contextOf(tx), { runId: run.id, opensAt: AT_ONCE })
    expect(settled).toMatchObject({ kind: 'quarantined', reasons: ['too_many_moved'] })
  }))

test('each registry has its own limits', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(30) })
    const quarantine = {
      suspectedPercentMax: 20,
      movedPercentMax: 100,
      rowsPercentMin: 30,
      rejectsPercentMax: 50,
    }
    const limits = { profile: 'generic', accounts: [], zones: [], quarantine, reason: 'lists move often' }
    await defineRegistry(operator, { id: REGISTRY, ...limits })
    const { settlement } = await upload(operator, {
      names: names(30),
      purgeAt: new Date(Date.now() + 7_200_000),
    })
    expect(settlement).toMatchObject({ kind: 'published', publication: { moved: 30 } })
  }))

test('a truncated list is quarantined, with its rejects and their reasons', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const rejects = [
      { kind: 'reject', line: 31, raw: 'b@d', reason: 'invalid_name' },
      { kind: 'reject', line: 32, raw: '', reason: 'truncated' },
    ] as const
    const { run, settlement } = await upload(operator, { names: names(30), rejects })
    expect(settlement).toMatchObject({ kind: 'quarantined', reasons: ['truncated'] })
    expect(await getRun(operator, run.id)).toMatchObject({
      rowsRead: 32,
      rowsRejected: 2,
      rejectsByReason: [
        { reason: 'invalid_name', count: 1 },
        { reason: 'truncated', count: 1 },
      ],
      uploadedBy: 'operator',
    })
    expect(
      await listRejects(operator, { runId: run.id, reason: 'invalid_name', offset: 0, limit: 9 }),
    ).toEqual({
      items: [{ line: 31, raw: 'b@d', reason: 'invalid_name' }],
      total: 1,
      totalIsExact: true,
    })
  }))

test('runs are listed by state, newest first', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(100) })
    const { run } = await upload(operator, { names: names(2) })
    const all = await listRuns(operator, { offset: 0, limit: 10 })
    expect(all.items.map(({ state }) => state)).toEqual(['quarantined', 'published'])
    const waiting = await listRuns(operator, { state: 'quarantined', offset: 0, limit: 10 })
    expect(waiting).toMatchObject({ total: 1, items: [{ id: run.id }] })
  }))

test('a viewer uploads, publishes and discards nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenOperator(ctx)
    await upload(operator, { names: names(100) })
    const { run } = await upload(operator, { names: names(2) })
    const viewer = await givenStaff(ctx, 'viewer')
    const decision = { runId: run.id, reason: 'why not', opensAt: AT_ONCE }
    const before = await actions(ctx)
    for (const action of [
      () => upload(viewer, { names: names(1) }),
      () => publishQuarantined(viewer, decision),
      () => discardRun(viewer, decision),
    ]) {
      await expect(action()).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await actions(ctx)).toEqual(before)
    expect(await getRun(viewer, run.id)).toMatchObject({ state: 'quarantined' })
  }))

test('a decision without a reason is refused', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    await upload(operator, { names: names(100) })
    const { run } = await upload(operator, { names: names(2) })
    await expect(discardRun(operator, { runId: run.id, reason: '  ' })).rejects.toMatchObject({
      code: 'reason_required',
    })
  }))

test('a quarantined list is an alarm until a person publishes or discards it', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const open = () =>
      tx.selectFrom('alarm').select(['kind', 'subject']).where('closed_at', 'is', null).execute()
    await upload(operator, { names: names(100) })
    for (const decide of [
      (runId: string) => discardRun(operator, { runId, reason: 'a broken download' }),
      (runId: string) => publishQuarantined(operator, { runId, reason: 'it is so', opensAt: AT_ONCE }),
    ]) {
      const { run } = await upload(operator, { names: names(2) })
      expect(await open()).toEqual([{ kind: 'list_quarantined', subject: run.id }])
      await decide(run.id)
      expect(await open()).toEqual([])
    }
  }))

test('for a list without a valid row all rejects are counted, the commonest reason first, and some of each reason are kept', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const rejects = Array.from({ length: 12_000 }, (_, index) => ({
      kind: 'reject' as const,
      line: index + 1,
      raw: 'x',
      reason: index === 11_999 ? ('empty' as const) : ('past_date' as const),
    }))
    const { run, settlement } = await upload(operator, { names: [], rejects })
    expect(settlement).toMatchObject({ kind: 'quarantined', reasons: ['nothing_to_list'] })
    expect((await getRun(operator, run.id)).rejectsByReason).toEqual([
      { reason: 'past_date', count: 11_999 },
      { reason: 'empty', count: 1 },
    ])
    const kept = (reason: string) => listRejects(operator, { runId: run.id, reason, offset: 0, limit: 1 })
    expect([(await kept('past_date')).total, (await kept('empty')).total]).toEqual([1_000, 1])
  }))

test('a list whose names are all too late is quarantined; the same list with a future date is published', () =>
  rolledBack(async (tx) => {
    const operator = await givenOperator(contextOf(tx))
    const late = await upload(operator, { names: names(3), purgeAt: new Date() })
    expect(late.settlement).toMatchObject({ kind: 'quarantined', reasons: ['nothing_to_list'] })
    const again = await upload(operator, { names: names(3), purgeAt: tomorrow })
    expect(again.settlement).toMatchObject({ kind: 'published', publication: { added: 3 } })
  }))
