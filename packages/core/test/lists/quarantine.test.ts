import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { stageList } from '../../src/lists/stage.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, REGISTRY, zone as zoneOf } from '../support/world.ts'

const AT_ONCE = new Date(0)
const tomorrow = new Date(Date.now() + 86_400_000)
const later = new Date(Date.now() + 90_000_000)

type List = {
  /** How many names of each zone, from which number on, and when they drop. */
  readonly rows: readonly {
    readonly zone: string
    readonly count: number
    readonly from?: number
    readonly at?: Date
  }[]
  readonly malformed?: number
  readonly outOfZone?: number
  readonly kind?: 'snapshot' | 'increment'
  readonly source?: string
}

function stageOf(
  ctx: Context,
  { rows, malformed = 0, outOfZone = 0, kind = 'snapshot', source = 'a' }: List,
) {
  async function* entries(): AsyncGenerator<DropEntry> {
    let line = 0
    for (const { zone, count, from = 0, at = tomorrow } of rows) {
      for (let n = from; n < from + count; n += 1) {
        line += 1
        const dropDate = at.toISOString().slice(0, 10)
        yield { kind: 'row', line, name: `name-${n}.${zone}`, zone, purgeAt: at, dropDate }
      }
    }
    for (let n = 0; n < malformed + outOfZone; n += 1) {
      line += 1
      yield { kind: 'reject', line, raw: 'x', reason: n < malformed ? 'malformed' : 'zone_not_served' }
    }
  }
  const content = ctx.newId()
  return stageList(ctx, {
    registryId: REGISTRY,
    source: `https://${source}.example/`,
    format: 'test',
    contentSha256: () => Buffer.from(content),
    scope: () => ({ kind, zones: [...new Set(rows.map((each) => each.zone))] }),
    entries: entries(),
  })
}

/** `published`, or why the list is held back. */
async function resultOf(ctx: Context, list: List): Promise<unknown> {
  const { id } = await stageOf(ctx, list)
  const result = await publishOrQuarantine(ctx, { runId: id, opensAt: AT_ONCE })
  return result.kind === 'quarantined' ? result.reasons : result.kind
}

/** A registry of two zones; its first list is published, whatever would be said of it. */
const withListed = (list: List, work: (ctx: Context) => Promise<void>) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx, [zoneOf(), zoneOf({ name: 'rare' })])
    await publishRun(ctx, { runId: (await stageOf(ctx, list)).id, opensAt: AT_ONCE })
    await work(ctx)
  })

test('a list that empties a zone is held back, though the zone has one name only', () =>
  withListed(
    {
      rows: [
        { zone: 'test', count: 50 },
        { zone: 'rare', count: 1 },
      ],
    },
    async (ctx) => {
      const other = { zone: 'rare', count: 1, from: 7 }
      expect(await resultOf(ctx, { rows: [{ zone: 'test', count: 50 }, other] })).toEqual(['zone_emptied'])
      const both = { zone: 'rare', count: 2 }
      expect(await resultOf(ctx, { rows: [{ zone: 'test', count: 50 }, both] })).toBe('published')
    },
  ))

test('a list without any name of a zone that its source usually has many of is held back; a rare zone may be missing', () => {
  const usual = [
    { zone: 'test', count: 60 },
    { zone: 'rare', count: 30 },
  ]
  return withListed({ rows: usual, kind: 'increment' }, async (ctx) => {
    const rest = [{ zone: 'test', count: 80, from: 200 }]
    expect(await resultOf(ctx, { rows: rest, kind: 'increment' })).toEqual(['zone_emptied'])
    const few = [...rest, { zone: 'rare', count: 1, from: 300 }]
    expect(await resultOf(ctx, { rows: few, kind: 'increment' })).toBe('published')
  })
})

test('a list of which two thirds cannot be read is held back; rows of zones that are not served do not count', () =>
  withListed({ rows: [{ zone: 'test', count: 30 }], kind: 'increment' }, async (ctx) => {
    const rows = [{ zone: 'test', count: 30, from: 100 }]
    expect(await resultOf(ctx, { rows, malformed: 60, kind: 'increment' })).toEqual(['too_many_rejects'])
    const others = [{ zone: 'test', count: 30, from: 200 }]
    expect(await resultOf(ctx, { rows: others, outOfZone: 60, kind: 'increment' })).toBe('published')
  }))

test('an increment that is cut at 1 % is held back, also as the first of its source', () =>
  withListed({ rows: [{ zone: 'test', count: 500 }], kind: 'increment' }, async (ctx) => {
    const cut = { rows: [{ zone: 'test', count: 5, from: 900 }], kind: 'increment' } as const
    expect(await resultOf(ctx, cut)).toEqual(['too_few_rows'])
    expect(await resultOf(ctx, { ...cut, source: 'new' })).toEqual(['too_few_rows'])
    // Of another kind no list was published before: judged by the names of a day that its zones have.
    expect(
      await resultOf(ctx, { rows: [{ zone: 'test', count: 5, from: 900, at: later }], source: 'new' }),
    ).toEqual(expect.arrayContaining(['too_few_rows']))
  }))

test('a published list without rows does not lower what is usual', () =>
  withListed({ rows: [{ zone: 'test', count: 100 }], kind: 'increment' }, async (ctx) => {
    for (let times = 0; times < 3; times += 1) {
      const { id } = await stageOf(ctx, { rows: [], kind: 'increment' })
      await publishRun(ctx, { runId: id, opensAt: AT_ONCE })
    }
    const cut = { rows: [{ zone: 'test', count: 20, from: 200 }], kind: 'increment' } as const
    expect(await resultOf(ctx, cut)).toEqual(['too_few_rows'])
  }))

test('an increment whose names have mostly moved is held back, one that adds far more than it moves is not', () =>
  withListed({ rows: [{ zone: 'test', count: 40 }], kind: 'increment' }, async (ctx) => {
    const moved = { zone: 'test', count: 40, at: later }
    expect(await resultOf(ctx, { rows: [moved], kind: 'increment' })).toEqual(['too_many_moved'])
    const added = { zone: 'test', count: 400, from: 1_000 }
    expect(await resultOf(ctx, { rows: [moved, added], kind: 'increment' })).toBe('published')
  }))
