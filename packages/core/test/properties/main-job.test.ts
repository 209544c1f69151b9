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
import { ACCOUNTS, doStep, NAMES, type Step, startSequence } from './steps.ts'

/** Enough to reach every state many times. The file takes about ten seconds, more on a busy machine. */
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
/** With the first value the cut-off is past already. */
const hours = fc.constantFrom(0.01, 1, 2, 3)
const usually = fc.constantFrom(true, true, true, false)
const rarely = fc.constantFrom(false, false, false, true)

/** Weighted so that names reach late states and are also disturbed before. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: kind('list'), names, hours, snapshot: rarely }) },
  { weight: 9, arbitrary: fc.record({ kind: kind('place'), name, account }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('top_up'), account }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('reach_cut_off'), names, swept: usually }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('reach_drop_end'), names }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('sweep') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('prepare'), pick }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('fire') }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('mark_ambiguous'), pick }) },
  { weight: 7, arbitrary: fc.record({ kind: kind('settle'), pick, outcome }) },
)

let clone: Clone
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 1 })
})
afterEach(() => clone.drop())

class RollBack extends Error {}

/** Runs a sequence in a transaction that is rolled back. Records the states that are reached. */
async function runSequence(
  db: Kysely<Database>,
  steps: readonly Step[],
  reached: Set<string>,
): Promise<void> {
  const done = db.transaction().execute(async (tx) => {
    const sequence = await startSequence(contextOf(tx))
    for (const next of steps) {
      await doStep(sequence, next).catch(mustBeRefusal)
      expect(await brokenInvariants(tx)).toEqual([])
      for (const state of await statesOf(tx)) reached.add(state)
    }
    throw new RollBack()
  })
  await done.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error
  })
}

/** A step may be refused or not possible now. Anything else is an error, above all a violated constraint. */
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

async function runMany(): Promise<ReadonlySet<string>> {
  const reached = new Set<string>()
  const sequences = fc.array(step, { minLength: STEPS_MAX, maxLength: STEPS_MAX, size: 'max' })
  const property = fc.asyncProperty(sequences, (steps) => runSequence(clone.db, steps, reached))
  await fc.assert(property, { numRuns: SEQUENCES, examples: [[toAmbiguous]] })
  return reached
}

/** Reaches the state that is the rarest in what is made at random. */
const toAmbiguous: Step[] = [
  { kind: 'list', names: [...NAMES], hours: 1, snapshot: false },
  { kind: 'place', name: NAMES[0], account: 0 },
  { kind: 'reach_cut_off', names: [...NAMES], swept: true },
  { kind: 'fire' },
  { kind: 'mark_ambiguous', pick: 0 },
]

/** The states that a useful run has reached; one failure stands for all, as they are alike. */
const EVERYWHERE = [
  'second cycle',
  ...['backordered', 'registering', 'successful', 'failed'].map((state) => `backorder ${state}`),
  ...['armed', 'disarmed', 'firing', 'ambiguous'].map((state) => `target ${state}`),
]

test(
  'whatever happens in whatever order, money, holders and outcomes agree after every step',
  async () => {
    expect([...(await runMany())]).toEqual(expect.arrayContaining(EVERYWHERE))
  },
  MS_MAX,
)

test(
  'the same is true of the use cases alone, with the backstops of the schema dropped',
  async () => {
    for (const [table, constraint] of backstops) await dropConstraint(clone.db, table, constraint)
    expect([...(await runMany())]).toEqual(expect.arrayContaining(EVERYWHERE))
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
