import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { beforeAll, expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { isListKnown, type ListIdentity } from '../../src/lists/identity.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { type StageList, stageList } from '../../src/lists/stage.ts'
import { uploadList } from '../../src/lists/upload.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, givenStaff, REGISTRY, ZONE } from '../support/world.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)
let early: Date
let late: Date
beforeAll(() => {
  early = inHours(24)
  late = inHours(30)
})

type List = {
  /** Each name and when it drops. */
  readonly names: Readonly<Record<string, Date>>
  readonly source?: string
  readonly kind?: 'snapshot' | 'increment'
  readonly day?: string
  readonly declared?: StageList['declared']
}

/** A list whose content is its names, with what is declared about it. */
function listOf({
  names,
  source = 'https://lists.example/drop.csv',
  kind = 'snapshot',
  day,
  declared,
}: List) {
  async function* entries(): AsyncGenerator<DropEntry> {
    for (const [index, [name, purgeAt]] of Object.entries(names).entries()) {
      const dropDate = purgeAt.toISOString().slice(0, 10)
      yield { kind: 'row', line: index + 1, name: `${name}.test`, zone: ZONE, purgeAt, dropDate }
    }
  }
  return {
    registryId: REGISTRY,
    source,
    format: 'test',
    contentSha256: () => Buffer.from(JSON.stringify(names)),
    scope: () => ({ kind, zones: [ZONE], ...(day !== undefined && { from: day, to: day }) }),
    entries: entries(),
    ...(declared !== undefined && { declared }),
  }
}

async function fetched(ctx: Context, list: List) {
  const run = await stageList(ctx, listOf(list))
  return publishOrQuarantine(ctx, { runId: run.id, opensAt: new Date(0) })
}

const A = () => ({ names: { both: early, moved: early, gone: early } })
/** A wrong list: one name has moved, one is missing and one was added. */
const B = () => ({ names: { both: early, moved: late, extra: early } })

/** The listings, each with its window and whether it is suspect. */
async function listings({ db }: Context) {
  const rows = await db
    .selectFrom('listing')
    .select(['name', 'drop_from', 'suspect'])
    .orderBy('name')
    .execute()
  return rows.map((row) => [row.name, row.drop_from, row.suspect ? 'suspect' : 'sure'])
}

test('after the lists A, B and A again of one source, the listings are as A says', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await fetched(ctx, A())
    await fetched(ctx, B())
    expect(await listings(ctx)).toEqual([
      ['both.test', early, 'sure'],
      ['extra.test', early, 'sure'],
      ['gone.test', early, 'suspect'],
      ['moved.test', late, 'sure'],
    ])
    expect(await fetched(ctx, A())).toMatchObject({
      kind: 'published',
      publication: { moved: 1, suspected: 1 },
    })
    expect(await listings(ctx)).toEqual([
      ['both.test', early, 'sure'],
      // A missing name is only suspect: it cannot be ordered, and is withdrawn only on evidence.
      ['extra.test', early, 'suspect'],
      ['gone.test', early, 'sure'],
      ['moved.test', early, 'sure'],
    ])
    expect(await fetched(ctx, A())).toEqual({ kind: 'unchanged' })
  }))

test('uploaded lists are one source, whatever their file names: after A, B and A again A is in force', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const upload = async (list: List) =>
      (await uploadList(operator, { ...listOf(list), opensAt: new Date(0) })).settlement.kind
    expect(await upload({ ...A(), source: 'a.csv' })).toBe('published')
    expect(await upload({ ...A(), source: 'the-same.csv' })).toBe('unchanged')
    expect(await upload({ ...B(), source: 'b.csv' })).toBe('published')
    expect(await upload({ ...A(), source: 'a.csv' })).toBe('published')
    expect((await listings(ctx))[3]).toEqual(['moved.test', early, 'sure'])
  }))

test('a list that is uploaded again is in force again, also after one of the registry’s own source', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const upload = async () =>
      (await uploadList(operator, { ...listOf(A()), opensAt: new Date(0) })).settlement.kind
    expect(await upload()).toBe('published')
    expect((await fetched(ctx, B())).kind).toBe('published')
    expect(await upload()).toBe('published')
    // The source still serves B, its latest list: the upload stays in force.
    expect(await fetched(ctx, B())).toEqual({ kind: 'unchanged' })
  }))

const part = (name: string, purgeAt = early): List => ({ names: { [name]: purgeAt }, kind: 'increment' })

test('of two increments that share no name neither supersedes the other', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await fetched(ctx, part('one'))
    await fetched(ctx, part('two'))
    expect(await fetched(ctx, part('one'))).toEqual({ kind: 'unchanged' })
    // One that states another time for a name does, whatever the days of their scopes.
    await fetched(ctx, { ...part('one', late), day: inHours(30).toISOString().slice(0, 10) })
    expect(await fetched(ctx, part('one'))).toMatchObject({ kind: 'published', publication: { moved: 1 } })
  }))

test('lists of other days, other zones or another source do not supersede a list', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const first = { ...A(), day: '2080-05-01' }
    await fetched(ctx, first)
    await fetched(ctx, { names: { other: early }, day: '2080-05-02' })
    await fetched(ctx, { ...B(), source: 'https://mirror.example/', day: '2080-05-01' })
    expect(await fetched(ctx, first)).toEqual({ kind: 'unchanged' })
  }))

test('the same octets with another declared date or scope are another list', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const list = (declared: List['declared']): List => ({ ...A(), declared })
    const identity: ListIdentity = {
      registryId: REGISTRY,
      source: listOf(A()).source,
      format: 'test',
      contentSha256: listOf(A()).contentSha256(),
      declared: { dropDate: '2026-05-01' },
    }
    await fetched(ctx, list({ dropDate: '2026-05-01' }))
    expect(await isListKnown(ctx, identity)).toBe(true)
    for (const declared of [{ dropDate: '2026-05-02' }, { scopeKind: 'increment' }, {}] as const) {
      expect(await isListKnown(ctx, { ...identity, declared })).toBe(false)
      expect((await fetched(ctx, list(declared))).kind).toBe('published')
    }
    expect((await fetched(ctx, list({ dropDate: '2026-05-01' }))).kind).toBe('published')
  }))

test('of two lists of one source that are published at once, one is the latest', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    for (let round = 0; round < 10; round += 1) {
      const lists = [{ names: { [`a-${round}`]: early } }, { names: { [`b-${round}`]: early } }]
      await Promise.all(lists.map((list) => fetched(ctx, list)))
      const inForce = await clone.db
        .selectFrom('sync_run')
        .select('id')
        .where('state', '=', 'published')
        .where('superseded_at', 'is', null)
        .execute()
      expect(inForce).toHaveLength(1)
    }
  } finally {
    await clone.drop()
  }
})
