import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { closeAlarm, wasClosedByPerson } from '../../src/alarms/close.ts'
import { findUndecidedTargets, findUnheldLeases } from '../../src/alarms/find.ts'
import { clearAlarms, raiseAlarms } from '../../src/alarms/raise.ts'
import { listAlarms } from '../../src/alarms/read.ts'
import type { Context } from '../../src/context.ts'
import { databaseTime } from '../../src/database/time.ts'
import { acquireLease, releaseLease } from '../../src/leases.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import { contextOf, givenStaff, REGISTRY_ACCOUNT } from '../support/world.ts'

/** Moves the windows of all targets: they begin in `seconds`, last one second and have a grace of one second. */
async function dropIn(ctx: Context, seconds: number): Promise<void> {
  await sql`
    update catch_target set drop_from = at, drop_to = at + interval '1 second', grace_until = at + interval '2 seconds'
    from (select clock_timestamp() + make_interval(secs => ${seconds}) as at) as moved`.execute(ctx.db)
}

const unheld = async (ctx: Context) => (await findUnheldLeases(ctx)).map(({ subject }) => subject)

test('an account with names that drop within the hour or have dropped is reported until a catcher has its lease', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmedTargets(ctx, ['one.test', 'two.test'])
    await dropIn(ctx, 3_700)
    expect(await unheld(ctx)).toEqual([])
    for (const seconds of [3_500, -86_400]) {
      await dropIn(ctx, seconds)
      expect(await findUnheldLeases(ctx)).toMatchObject([
        { subject: REGISTRY_ACCOUNT, facts: { targets: 2 } },
      ])
    }
    const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
    expect(await unheld(ctx)).toEqual([])
    await sql`update registry_account set lease_expires_at = clock_timestamp()`.execute(tx)
    expect(await unheld(ctx)).toEqual([REGISTRY_ACCOUNT])
    if (lease !== undefined) await releaseLease(ctx, lease)
    expect(await unheld(ctx)).toEqual([REGISTRY_ACCOUNT])
  }))

test('an account whose names are all decided is not reported', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    await dropIn(ctx, -10)
    expect(await unheld(ctx)).toHaveLength(1)
    const { id = '', listing_id: listingId = '' } = target ?? {}
    await beginFiring(ctx, [id])
    await recordOutcome(ctx, outcomeOf(id, listingId, 'missed'))
    expect(await unheld(ctx)).toEqual([])
    expect(await findUndecidedTargets(ctx, 0)).toEqual([])
  }))

test('a target is reported as undecided when its grace ended longer ago than deciding takes', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    await dropIn(ctx, -30)
    expect(await findUndecidedTargets(ctx, 60_000)).toEqual([])
    await dropIn(ctx, -70)
    expect(await findUndecidedTargets(ctx, 60_000)).toMatchObject([
      { subject: target?.id, facts: { name: 'wanted.test', state: 'armed' } },
    ])
  }))

test('only an alarm that a person closed lets what had stopped try again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const alarm = { kind: 'login_refused', subject: REGISTRY_ACCOUNT } as const
    const since = await databaseTime(tx)
    await raiseAlarms(ctx, [alarm])
    expect(await wasClosedByPerson(ctx, alarm, since)).toBe(false)
    await clearAlarms(ctx, [alarm])
    expect(await wasClosedByPerson(ctx, alarm, since)).toBe(false)
    await raiseAlarms(ctx, [alarm])
    const [open] = (await listAlarms(operator, { offset: 0, limit: 1 })).items
    await closeAlarm(operator, open?.id ?? '', 'the password is right now')
    expect(await wasClosedByPerson(ctx, alarm, since)).toBe(true)
    expect(await wasClosedByPerson(ctx, alarm, await databaseTime(tx))).toBe(false)
  }))
