import type { Outcome } from '@droplock/rules/machines/catch-target'
import { IllegalTransition } from '@droplock/rules/machines/machine'
import { Refusal } from '@droplock/rules/refusals'
import * as fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { contextOf } from '../support/world.ts'
import { brokenInvariants } from './invariants.ts'
import { ACCOUNTS, givenWorld, NAMES, type Step, take } from './world.ts'

/** Enough that every state is reached many times over; the file takes some ten seconds, more on a busy machine. */
const SEQUENCES = 40
const MS_MAX = 120_000
const STEPS_MAX = 30

const OUTCOMES: readonly Outcome[] = ['registered', 'lost', 'missed', 'premium', 'withdrawn', 'refused']

const name = fc.constantFrom(...NAMES)
const account = fc.nat({ max: ACCOUNTS - 1 })
const kind = <Kind extends string>(value: Kind) => fc.constant(value)

const names = fc.subarray([...NAMES], { minLength: 1 })
const pick = fc.constantFrom(0, 0, 0, 1, 1, 2)
const outcome = fc.constantFrom(...OUTCOMES, 'registered', 'registered')
/** The first is after its cut-off already. */
const hours = fc.constantFrom(0.01, 1, 2, 3)
const usually = fc.constantFrom(true, true, true, false)
const rarely = fc.constantFrom(false, false, false, true)

/** Weighed so that names get far, and are disturbed on their way. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: kind('list'), names, hours, snapshot: rarely }) },
  { weight: 9, arbitrary: fc.record({ kind: kind('place'), name, account }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('top_up'), account }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('reach_cut_off'), names, swept: usually }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('reach_drop_end'), names }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('sweep') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('prepare'), pick }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('fire') }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('doubt'), pick }) },
  { weight: 7, arbitrary: fc.record({ kind: kind('settle'), pick, outcome }) },
)

let clone: Clone
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 1 })
})
afterEach(() => clone.drop())

class RollBack extends Error {}

/** Runs a sequence in a transaction of its own, which is undone. Notes the states that are reached. */
async function play(db: Kysely<Database>, steps: readonly Step[], reached: Set<string>): Promise<void> {
  const done = db.transaction().execute(async (tx) => {
    const world = await givenWorld(contextOf(tx))
    for (const next of steps) {
      await take(world, next).catch(mustBeRefusal)
      expect(await brokenInvariants(tx)).toEqual([])
      for (const state of await statesOf(tx)) reached.add(state)
    }
    throw new RollBack()
  })
  await done.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error
  })
}

/** A step may be refused, or make no sense now. Anything else is a fault: a broken constraint above all. */
function mustBeRefusal(error: unknown): void {
  if (!(error instanceof Refusal) && !(error instanceof IllegalTransition)) throw error
}

async function statesOf(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ state: string }>`
    select distinct 'backorder ' || state as state from backorder
    union select distinct 'target ' || state from catch_target
    union select 'second cycle' from listing where cycle > 1`.execute(db)
  return rows.map((row) => row.state)
}

async function playMany(): Promise<ReadonlySet<string>> {
  const reached = new Set<string>()
  const sequences = fc.array(step, { minLength: STEPS_MAX, maxLength: STEPS_MAX, size: 'max' })
  const property = fc.asyncProperty(sequences, (steps) => play(clone.db, steps, reached))
  await fc.assert(property, { numRuns: SEQUENCES })
  return reached
}

/** What a run that proves something has been through; the failures are alike, so one of them will do. */
const EVERYWHERE = [
  'second cycle',
  ...['backordered', 'registering', 'successful', 'failed'].map((state) => `backorder ${state}`),
  ...['armed', 'disarmed', 'firing', 'ambiguous'].map((state) => `target ${state}`),
]

test(
  'whatever happens in whatever order, money, holders and outcomes agree after every step',
  async () => {
    expect([...(await playMany())]).toEqual(expect.arrayContaining(EVERYWHERE))
  },
  MS_MAX,
)

test(
  'the same is true of the use cases alone, with the backstops of the schema dropped',
  async () => {
    for (const [table, constraint] of backstops) await dropConstraint(clone.db, table, constraint)
    expect([...(await playMany())]).toEqual(expect.arrayContaining(EVERYWHERE))
  },
  MS_MAX,
)

const backstops = [
  ['listing', 'one_live_listing_per_name'],
  ['listing', 'listing_cycle_unique'],
  ['backorder', 'one_live_backorder_per_name'],
  ['backorder', 'one_backorder_per_listing'],
  ['backorder', 'escrow_holds_the_undecided'],
  ['posting', 'escrow_holds_the_undecided'],
  ['posting', 'posting_set_sums_to_zero'],
  ['payment', 'one_payment_secures_a_backorder'],
  ['refund', 'one_automatic_refund_per_cause'],
  ['refund', 'refunds_within_captured'],
] as const
