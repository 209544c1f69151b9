import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findUncaughtTargets, findUndecidedTargets, TARGETS_MAX } from '../../src/alarms/find.ts'
import { followAlarms } from '../../src/alarms/raise.ts'
import type { Context } from '../../src/context.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets } from '../support/drop.ts'
import { contextOf, openAlarms } from '../support/world.ts'

const names = Array.from({ length: TARGETS_MAX + 1 }, (_, index) => `wanted-${index}.test`)

/** Time is moved, not waited for. */
async function dropAgo(ctx: Context, seconds: number, targetId?: string): Promise<void> {
  await sql`
    update catch_target set drop_from = at, drop_to = at + interval '1 second', grace_until = at + interval '2 seconds'
    from (select clock_timestamp() - make_interval(secs => ${seconds}) as at) as moved
    where id = coalesce(${targetId ?? null}::uuid, id)`.execute(ctx.db)
}

test('where more targets are undecided than are read, no alarm is cleared because other targets come first', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const targets = await givenArmedTargets(ctx, names)
    for (const table of ['registry_host', 'registry_account'] as const) await tx.deleteFrom(table).execute()
    const follow = async () => {
      await followAlarms(ctx, 'target_undecided', await findUndecidedTargets(ctx, 60_000))
      await followAlarms(ctx, 'target_uncaught', await findUncaughtTargets(ctx))
    }
    await dropAgo(ctx, 100)
    await follow()
    const open = await openAlarms(ctx)
    expect(open).toHaveLength(2 * TARGETS_MAX)

    const beyond = targets.find(({ id }) => !open.includes(`target_undecided ${id}`))?.id ?? ''
    await dropAgo(ctx, 200, beyond)
    await follow()
    const closed = await tx.selectFrom('alarm').select('id').where('closed_at', 'is not', null).execute()
    expect(closed).toEqual([])
    expect(await openAlarms(ctx)).toHaveLength(2 * (TARGETS_MAX + 1))

    await dropAgo(ctx, -100, beyond)
    await follow()
    const after = await openAlarms(ctx)
    expect(after).toHaveLength(2 * TARGETS_MAX + 1)
    expect(after).not.toContain(`target_undecided ${beyond}`)
    expect(after).toContain(`target_uncaught ${beyond}`)
  }))
