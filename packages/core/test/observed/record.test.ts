import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { recordObserved } from '../../src/lists/observe.ts'
import { stageList } from '../../src/lists/stage.ts'
import { listDrift, listObservedDrops } from '../../src/observed/read.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import type { Attempt } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, moveBatch, outcomeOf } from '../support/drop.ts'
import { contextOf, REGISTRY, REGISTRY_ACCOUNT, ZONE } from '../support/world.ts'

/** Whole milliseconds, and no whole second: some registries cut fractions. */
const START = Math.floor(Date.now() / 60_000) * 60_000 + 500
const at = (seconds: number) => new Date(START + Math.round(1_000 * seconds))

/** A firing target whose window is the next minute. */
async function givenFiring(ctx: Context) {
  const [target] = await givenArmedTargets(ctx)
  if (target === undefined) throw new Error('no target')
  await sql`update listing set cutoff_at = ${at(-60)}, drop_from = ${at(0)}, drop_to = ${at(60)}`.execute(
    ctx.db,
  )
  await sql`update catch_target set drop_from = ${at(0)}, drop_to = ${at(60)}, grace_until = ${at(120)}`.execute(
    ctx.db,
  )
  await moveBatch(ctx)
  await beginFiring(ctx, [target.id])
  return target
}

/** A command that was sent so many seconds after the start and answered 100 ms later. */
function attempt(targetId: string, command: Attempt['command'], code: number, sent: number): Attempt {
  return {
    clTRID: `TEST-${command}-${sent}`,
    targetId,
    registryAccountId: REGISTRY_ACCOUNT,
    command,
    sentAt: at(sent),
    answeredAt: at(sent + 0.1),
    roundTripUs: 100_000,
    outcome: 'answered',
    code,
    message: null,
    svTRID: null,
  }
}

async function observed(ctx: Context) {
  const rows = await ctx.db.selectFrom('observed_drop').selectAll().orderBy('kind').execute()
  return rows.map(({ kind, at_from, at_to, in_batch }) => ({
    kind,
    from: at_from === null ? null : (at_from.getTime() - START) / 1_000,
    to: (at_to.getTime() - START) / 1_000,
    inBatch: in_batch,
  }))
}

test('a name that we registered went between our last refused create and its creation', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const attempts = [
      attempt(id, 'create', 2302, 10),
      attempt(id, 'create', 2302, 11),
      attempt(id, 'create', 1000, 12),
    ]
    const decided = { ...outcomeOf(id, listing_id, 'registered', at(12.05)), basis: 'create' as const }
    await recordOutcome(ctx, { ...decided, attempts, decidingClTRID: 'TEST-create-12' })
    expect(await observed(ctx)).toEqual([{ kind: 'create', from: 11, to: 12.05, inBatch: true }])
  }))

test('times are by the clock of the registry, and a date in whole seconds is true to a second, up to its answer', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const attempts = [attempt(id, 'create', 2302, 11), attempt(id, 'create', 1000, 12)]
    // At the registry it is 3 s later.
    const decided = { ...outcomeOf(id, listing_id, 'registered', at(14.5)), basis: 'create' as const }
    const rest = { attempts, decidingClTRID: 'TEST-create-12', clockOffsetMs: 3_000 }
    await recordOutcome(ctx, { ...decided, ...rest })
    expect(await observed(ctx)).toEqual([{ kind: 'create', from: 14, to: 15.1, inBatch: true }])
  }))

test('of a name that another registered the creation date counts; what answers said after it does not', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const attempts = [
      attempt(id, 'create', 2302, 10),
      attempt(id, 'create', 2302, 20),
      attempt(id, 'info', 1000, 21),
    ]
    const decided = { ...outcomeOf(id, listing_id, 'lost'), basis: 'info' as const }
    const rest = { attempts, decidingClTRID: 'TEST-info-21', holderCrDate: at(15.25) }
    await recordOutcome(ctx, { ...decided, ...rest })
    expect(await observed(ctx)).toEqual([{ kind: 'creation_date', from: 10, to: 15.25, inBatch: true }])
  }))

test('a name that was registered days later is not of the batch', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const decided = { ...outcomeOf(id, listing_id, 'lost'), basis: 'rdap' as const }
    await recordOutcome(ctx, { ...decided, holderCrDate: at(200_000) })
    expect(await observed(ctx)).toMatchObject([{ kind: 'creation_date', from: null, inBatch: false }])
  }))

test('a name that info showed registered, and then free, went in between', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const attempts = [attempt(id, 'info', 1000, 10), attempt(id, 'info', 2303, 20)]
    const decided = { ...outcomeOf(id, listing_id, 'refused'), basis: 'create' as const }
    await recordOutcome(ctx, { ...decided, attempts })
    expect(await observed(ctx)).toEqual([{ kind: 'flip', from: 10, to: 20.1, inBatch: true }])
  }))

test('what was only presumed, or shows no drop, is not recorded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { id, listing_id } = await givenFiring(ctx)
    const attempts = [attempt(id, 'create', 2302, 10)]
    await recordOutcome(ctx, { ...outcomeOf(id, listing_id, 'lost'), basis: 'presumed' as const, attempts })
    expect(await observed(ctx)).toEqual([])
  }))

test('a list of deletions records the day of each name that was listed, once, and operators read it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenFiring(ctx)
    const day = at(0).toISOString().slice(0, 10)
    for (let times = 0; times < 2; times += 1) {
      const run = await stageList(ctx, {
        registryId: REGISTRY,
        source: 'deleted',
        format: 'test',
        purpose: 'observed',
        contentSha256: () => Buffer.from(randomUUID()),
        scope: () => ({ kind: 'increment', zones: [ZONE] }),
        entries: deleted(['wanted.test', 'unknown.test'], day),
      })
      await recordObserved(ctx, run.id)
    }
    const midnight = Date.parse(day)
    expect(await observed(ctx)).toEqual([
      {
        kind: 'list',
        from: (midnight - START) / 1_000,
        to: (midnight + 86_400_000 - START) / 1_000,
        inBatch: true,
      },
    ])
    const page = { limit: 10, offset: 0 }
    const { items } = await listObservedDrops(asService(ctx), { zone: ZONE, day, ...page })
    expect(items).toMatchObject([{ name: 'wanted.test', kind: 'list', inBatch: true }])
    expect((await listDrift(asService(ctx), { zone: ZONE, ...page })).items).toMatchObject([
      { zone: ZONE, day, inLists: 1 },
    ])
  }))

async function* deleted(names: readonly string[], dropDate: string) {
  for (const [index, name] of names.entries())
    yield { kind: 'row' as const, line: index + 1, name, zone: ZONE, dropDate }
}
