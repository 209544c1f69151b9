import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { prepareTargets } from '../../src/targets/prepare.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

/** Several catchers may write the same targets, each in its own order. */
const TARGETS = 60
const ROUNDS = 25

let clone: Clone
let ctx: Context
let targetIds: readonly string[]

beforeEach(async () => {
  clone = await cloneDatabase()
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  const names = Array.from({ length: TARGETS }, (_, index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  await clone.db.updateTable('listing').set({ cutoff_at: sql`clock_timestamp()` }).execute()
  await closeDue(ctx)
  targetIds = (await clone.db.selectFrom('catch_target').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  )
})

afterEach(() => clone.drop())

const preparations = (ids: readonly string[]) =>
  ids.map((targetId) => ({
    targetId,
    priorClid: 'other',
    priorCrDate: new Date(0),
    priorUpdatedAt: null,
    priorRoid: null,
  }))

test('catchers that prepare the same targets or mark them ambiguous at once, in different orders, do not deadlock', async () => {
  const turned = targetIds.toReversed()
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all([
      prepareTargets(ctx, preparations(targetIds)),
      prepareTargets(ctx, preparations(turned)),
      prepareTargets(ctx, preparations(targetIds)),
      prepareTargets(ctx, preparations(turned)),
    ])
  }
  await Promise.all([
    beginFiring(ctx, turned),
    prepareTargets(ctx, preparations(targetIds)),
    beginFiring(ctx, targetIds),
  ])
  await Promise.all([
    markAmbiguous(ctx, targetIds),
    markAmbiguous(ctx, turned),
    markAmbiguous(ctx, targetIds),
  ])
  const states = await clone.db.selectFrom('catch_target').select('state').distinct().execute()
  expect(states).toEqual([{ state: 'ambiguous' }])
})
