import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { listUndecidedTargets } from '../../src/targets/read.ts'
import { markAmbiguous, markAwaitingAward } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { outcomeOf } from '../support/drop.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  OUR_ACCOUNT,
  ZONE,
  zone,
} from '../support/world.ts'

async function givenFiring(ctx: Context) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['wanted.test'] })
  const buyer = await givenAccount(ctx)
  const backorder = await placeBackorder(buyer, { name: 'wanted.test', payment: 'balance' })
  await ctx.db.updateTable('listing').set({ cutoff_at: sql`clock_timestamp()` }).execute()
  await closeDue(ctx)
  const target = await ctx.db.selectFrom('catch_target').selectAll().executeTakeFirstOrThrow()
  await beginFiring(ctx, [target.id])
  return { buyer, backorder, target }
}

test('a decided target keeps what showed its outcome', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorder, target } = await givenFiring(ctx)

    await recordOutcome(ctx, { ...outcomeOf(target.id, target.listing_id, 'lost'), basis: 'presumed' })

    expect((await getBackorder(buyer, backorder.id)).evidence).toMatchObject({
      outcome: 'lost',
      basis: 'presumed',
    })
  }))

test('a target whose create was accepted as an application awaits its award, also from ambiguous, and can end from there', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenFiring(ctx)
    const stateOf = async () =>
      (
        await tx
          .selectFrom('catch_target')
          .select('state')
          .where('id', '=', target.id)
          .executeTakeFirstOrThrow()
      ).state
    await markAmbiguous(ctx, [target.id])
    await markAwaitingAward(ctx, [target.id])
    expect(await stateOf()).toBe('awaiting_award')
    await markAmbiguous(ctx, [target.id])
    expect(await stateOf()).toBe('awaiting_award')

    await recordOutcome(ctx, outcomeOf(target.id, target.listing_id, 'registered'))

    await markAwaitingAward(ctx, [target.id])
    expect(await stateOf()).toBe('registered')
  }))

test('a target is read with the settings of its zone, and its fee cap follows them until it is decided', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenFiring(ctx)
    const read = async () => (await listUndecidedTargets(ctx, OUR_ACCOUNT, new Date('9000-01-01')))[0]
    expect(await read()).toMatchObject({
      zone: ZONE,
      fee_max_minor: 800n,
      may_have_premium: true,
      rdap_url: null,
    })

    const rdapUrl = 'https://rdap.test/v1'
    await givenRegistry(ctx, [zone({ standardFeeMinor: 900n, mayHavePremium: false, rdapUrl })])
    expect(await read()).toMatchObject({ fee_max_minor: 900n, may_have_premium: false, rdap_url: rdapUrl })

    await givenRegistry(ctx, [zone({ standardFeeMinor: 900n })])
    expect(await read()).toMatchObject({ may_have_premium: false, rdap_url: rdapUrl })

    await recordOutcome(ctx, outcomeOf(target.id, target.listing_id, 'lost'))
    await givenRegistry(ctx, [zone({ standardFeeMinor: 1_000n })])
    expect(await tx.selectFrom('catch_target').select('fee_max_minor').execute()).toEqual([
      { fee_max_minor: 900n },
    ])
  }))
