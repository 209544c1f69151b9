import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { acquireLease, releaseLease, renewLease } from '../../src/leases.ts'
import { readFailedCreates } from '../../src/registries/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets } from '../support/drop.ts'
import { contextOf, REGISTRY_ACCOUNT } from '../support/world.ts'

const FAILED = 12_000

/** Writes failed creates of the last 24 hours, the oldest first. */
async function givenFailed(ctx: Context, targetId: string): Promise<void> {
  await sql`
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, outcome, code)
    select 'C-' || n, ${targetId}, ${REGISTRY_ACCOUNT}, 'create',
      clock_timestamp() - interval '23 hours' + n * interval '1 millisecond', 'answered', 2302
    from generate_series(1, ${FAILED}::int) as n`.execute(ctx.db)
}

test('after a restart every failed create is counted, also for a budget of more than 10,000', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    await givenFailed(ctx, target?.id ?? '')
    expect(await readFailedCreates(ctx, REGISTRY_ACCOUNT, 20_000)).toHaveLength(FAILED)
    expect(await readFailedCreates(ctx, REGISTRY_ACCOUNT, 11_000)).toHaveLength(11_000)
  }))

test('what an earlier holder had reserved and did not record counts as failed, for a day', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
    if (lease === undefined) throw new Error('the lease was not to be had')
    const counted = async () => (await readFailedCreates(ctx, REGISTRY_ACCOUNT, 20_000)).length
    await renewLease(ctx, lease, 60_000, FAILED + 7)
    expect(await counted()).toBe(FAILED + 7)
    await givenFailed(ctx, target?.id ?? '')
    expect(await counted()).toBe(FAILED + 7)
    expect(await readFailedCreates(ctx, REGISTRY_ACCOUNT, 5)).toHaveLength(5)
    await renewLease(ctx, lease, 60_000)
    expect(await counted()).toBe(FAILED + 7)
    await releaseLease(ctx, lease, FAILED)
    expect(await counted()).toBe(FAILED)
    await sql`update registry_account set failures_reserved = ${FAILED + 7},
      failures_reserved_at = clock_timestamp() - interval '25 hours'`.execute(tx)
    expect(await counted()).toBe(FAILED)
  }))
