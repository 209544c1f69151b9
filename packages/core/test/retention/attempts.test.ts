import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getCase } from '../../src/cases/read.ts'
import type { Context } from '../../src/context.ts'
import { prune } from '../../src/retention/prune.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmed } from '../support/held.ts'
import { contextOf, givenStaff } from '../support/world.ts'
import { DAYS, givenTried, keptAttempts, passDays } from './support.ts'

async function pruneAll(ctx: Context, days = DAYS): Promise<number> {
  let batches = 0
  while ((await prune(ctx, 'attempt', days)) > 0) batches += 1
  return batches
}

const removals = (ctx: Context) =>
  ctx.db
    .selectFrom('attempt_removal')
    .select(['target_id', 'removed', 'first_sent_at', 'last_sent_at'])
    .orderBy('id')
    .execute()

test('of the attempts of a target decided long ago the first and the deciding one stay, and the number of the others', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, targetId, armedAt } = await givenTried(ctx, 10)
    await passDays(ctx, DAYS + 1)
    await pruneAll(ctx)
    expect(await keptAttempts(ctx)).toEqual(['DL-0', 'DL-8'])
    expect(await removals(ctx)).toEqual([
      {
        target_id: targetId,
        removed: 8,
        first_sent_at: new Date(armedAt.getTime() + 1),
        last_sent_at: new Date(armedAt.getTime() + 9),
      },
    ])
    expect(await pruneAll(ctx)).toBe(0)
    const shown = await getCase(await givenStaff(ctx, 'viewer'), backorderId)
    expect(shown).toMatchObject({ attemptsTotal: 10, attemptsRemoved: { count: 8 } })
    expect(shown.timeline.filter(({ kind }) => kind === 'attempt')).toHaveLength(2)
  }))

test('nothing is removed before its time', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenTried(ctx, 5)
    await passDays(ctx, DAYS - 1)
    expect(await pruneAll(ctx)).toBe(0)
    expect(await keptAttempts(ctx)).toHaveLength(5)
  }))

test('the attempt that a registry charge refers to stays, also where another one decided', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenTried(ctx, 6, 'registered')
    await sql`update catch_target set deciding_cltrid = 'DL-5'`.execute(tx)
    await passDays(ctx, DAYS + 1)
    await pruneAll(ctx)
    expect(await keptAttempts(ctx)).toEqual(['DL-0', 'DL-4', 'DL-5'])
  }))

test('a long list of attempts is removed in bounded batches, each counted', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenTried(ctx, 2_500)
    await passDays(ctx, DAYS + 1)
    expect(await prune(ctx, 'attempt', DAYS)).toBe(1)
    expect(await keptAttempts(ctx)).toHaveLength(1_500)
    expect(await pruneAll(ctx)).toBe(2)
    expect((await removals(ctx)).map(({ removed }) => removed)).toEqual([1_000, 1_000, 498])
  }))

test('two at once remove everything once: locked targets are skipped', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    await givenTried(ctx, 1_500)
    await passDays(ctx, DAYS + 1)
    await Promise.all([pruneAll(ctx), pruneAll(ctx), pruneAll(ctx)])
    await pruneAll(ctx)
    expect(await keptAttempts(ctx)).toEqual(['DL-0', 'DL-1498'])
    const counted = (await removals(ctx)).reduce((sum, { removed }) => sum + removed, 0)
    expect(counted).toBe(1_498)
  } finally {
    await clone.drop()
  }
})

test.each(['delete from catch_attempt', 'truncate catch_attempt', `update catch_attempt set code = 1000`])(
  '"%s" is refused: attempts leave by a removal alone',
  (statement) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenTried(ctx, 5)
      await passDays(ctx, DAYS + 1)
      await expect(sql.raw(statement).execute(tx)).rejects.toMatchObject({
        constraint: expect.stringMatching(/^attempt_is_(append_only|never_truncated)$/),
      })
    }),
)

test('a removal records exactly what it removed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { targetId } = await givenTried(ctx, 5)
    await sql`insert into attempt_removal (id, target_id, attempts_max, removed, removed_at)
      values (${ctx.newId()}, ${targetId}, 2, 77, '2001-01-01Z')`.execute(tx)
    expect(await removals(ctx)).toMatchObject([{ removed: 2 }])
    expect(await keptAttempts(ctx)).toEqual(['DL-0', 'DL-3', 'DL-4'])
  }))

test('a target without attempts is handled once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmed(ctx)
    await sql`update catch_target set state = 'withdrawn', decided_at = clock_timestamp() - interval '1 year'`.execute(
      tx,
    )
    expect(await pruneAll(ctx)).toBe(1)
    expect(await removals(ctx)).toEqual([])
  }))
