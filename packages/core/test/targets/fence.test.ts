import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { acquireLease, type Lease, LeaseLost } from '../../src/leases.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { prepareTargets } from '../../src/targets/prepare.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import { contextOf, REGISTRY_ACCOUNT } from '../support/world.ts'

const LEASE_MS = 60_000

async function leased(ctx: Context): Promise<Lease> {
  const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), LEASE_MS)
  if (lease === undefined) throw new Error('the lease was not acquired')
  return lease
}

async function givenArmed(ctx: Context) {
  await givenArmedTargets(ctx)
  return readTarget(ctx)
}

const readTarget = (ctx: Context) => ctx.db.selectFrom('catch_target').selectAll().executeTakeFirstOrThrow()

/** It has expired, or a successor has acquired it. */
const ends: Record<string, (ctx: Context) => Promise<unknown>> = {
  'has expired': (ctx) =>
    sql`update registry_account set lease_expires_at = clock_timestamp()`.execute(ctx.db),
  'has passed to a successor': async (ctx) => {
    await sql`update registry_account set lease_expires_at = clock_timestamp()`.execute(ctx.db)
    await leased(ctx)
  },
}

test.each(Object.keys(ends))(
  'a catcher whose lease %s cannot prepare, fire, mark or record anything',
  (how) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const target = await givenArmed(ctx)
      const lease = await leased(ctx)
      await ends[how]?.(ctx)
      const prior = {
        targetId: target.id,
        priorClid: 'someone',
        priorCrDate: null,
        priorUpdatedAt: null,
        priorRoid: null,
      }
      await expect(prepareTargets(ctx, [prior], lease)).rejects.toThrow(LeaseLost)
      await expect(beginFiring(ctx, [target.id], lease)).rejects.toThrow(LeaseLost)
      expect(await readTarget(ctx)).toEqual(target)
      await beginFiring(ctx, [target.id])
      await expect(markAmbiguous(ctx, [target.id], lease)).rejects.toThrow(LeaseLost)
      const missed = { ...outcomeOf(target.id, target.listing_id, 'missed'), lease }
      await expect(recordOutcome(ctx, missed)).rejects.toThrow(LeaseLost)
      expect(await readTarget(ctx)).toMatchObject({ state: 'firing' })
    }),
)

test('a catcher whose lease runs can do all of it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const target = await givenArmed(ctx)
    const lease = await leased(ctx)
    await prepareTargets(
      ctx,
      [
        {
          targetId: target.id,
          priorClid: 'someone',
          priorCrDate: null,
          priorUpdatedAt: null,
          priorRoid: null,
        },
      ],
      lease,
    )
    expect(await beginFiring(ctx, [target.id], lease)).toEqual([target.id])
    await markAmbiguous(ctx, [target.id], lease)
    expect(await recordOutcome(ctx, { ...outcomeOf(target.id, target.listing_id, 'missed'), lease })).toBe(
      true,
    )
  }))
