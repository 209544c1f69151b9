import { IllegalTransition } from '@droplock/rules/machines/machine'
import { Refusal } from '@droplock/rules/refusals'
import * as fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { DatabaseError } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { reportTrust } from '../../src/testing/trust-part.ts'
import type { TrustCell, TrustControl } from '../../src/testing/trust-result.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { dropConstraint, readConstraints } from '../constraints/catalog.ts'
import { contextOf } from '../support/world.ts'
import { brokenInvariants } from './invariants.ts'
import { isFault, type Step, sequences } from './steps.ts'
import { nameOf, type Violation } from './violations/violation.ts'
import { violations } from './violations/violations.ts'
import { givenWorld, take } from './world.ts'

/**
 * Money under everything that can happen to it, on a real database, with what must be true checked after each step. Every
 * constraint is tried by a faulty write; and without it, the same property fails.
 *
 * How many sequences is a matter of patience: few with every run of the tests, as many as DROPLOCK_SEQUENCES says otherwise;
 * `npm run trust -- money` says 500.
 */
const SEQUENCES = Number(process.env['DROPLOCK_SEQUENCES'] ?? 4)
const STEPS = 50
/** So many reach every state there is; with fewer that is a matter of luck. */
const SEQUENCES_TO_BE_EVERYWHERE_MIN = 100
/** Without a constraint a few sequences are enough to fall; so many are tried before it is said that nothing fell. */
const SEQUENCES_UNTIL_FALL_MAX = 60
/** Fixed where a fall is awaited: chance must not fail the test. */
const SEED = 20_261_124
const given = process.env['DROPLOCK_MONEY_SEED']
/** Others in each run, unless one is to be repeated. */
const seeded = given === undefined ? {} : { seed: Number(given) }
const MS_MAX = 120_000 + SEQUENCES * 10_000

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase({ connectionsMax: 1 })
})
afterAll(() => clone.drop())

const cells: TrustCell[] = []
const controls: TrustControl[] = []
let faults = 0
afterAll(() => reportTrust({ trust: 'money', cells, controls, simulatedFaults: faults, ...seeded }))

/** Plays sequences until one breaks something, which it throws. */
async function tryAll(step: string, property: fc.IAsyncProperty<[Step[]]>): Promise<void> {
  const details = await fc.check(property, { ...seeded, numRuns: SEQUENCES, endOnFailure: true })
  const wrong = details.failed ? [fc.defaultReportMessage(details) ?? String(details.errorInstance)] : []
  cells.push({ fault: 'random steps and faults', step, runs: details.numRuns, violations: wrong })
  expect(wrong).toEqual([])
}

class RollBack extends Error {}

type Prepare = (tx: Kysely<Database>) => Promise<void>

/** Runs a sequence in a transaction of its own, which is undone. Notes the states that are reached. */
async function play(steps: readonly Step[], reached: Set<string>, prepare: Prepare): Promise<void> {
  const done = clone.db.transaction().execute(async (tx) => {
    const world = await givenWorld(contextOf(tx))
    await prepare(tx)
    for (const step of steps) {
      if (isFault(step)) faults += 1
      await take(world, step).catch((error: unknown) => mustBeRefusal(step, error))
      expect(await brokenInvariants(tx, world.provider)).toEqual([])
      if (reached.size < EVERYWHERE.length) for (const state of await statesOf(tx)) reached.add(state)
    }
    throw new RollBack()
  })
  await done.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error
  })
}

/** A step may be refused, or make no sense now, and a violation must be. Anything else is a fault. */
function mustBeRefusal(step: Step, error: unknown): void {
  if (error instanceof Refusal || error instanceof IllegalTransition) return
  const isIntegrity = error instanceof DatabaseError && error.code?.startsWith('23') === true
  if (step.kind !== 'careless' || !isIntegrity) throw error
}

async function statesOf(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ state: string }>`
    select distinct 'backorder ' || state as state from backorder where price_minor > 1
    union select distinct 'renewal ' || state from renewal where price_minor > 1
    union select distinct 'payment ' || state from payment where method = 'card'
    union select distinct 'refund ' || state from refund
    union select distinct 'refund of ' || cause from refund
    union select distinct 'dispute ' || state from dispute
    union select 'a claim by late money' from backorder where reclaims is not null
    union select 'a retry' from refund where retries_refund_id is not null
    union select 'a debt' from account where balance_minor < 0
    union select 'transfer ' || state from bank_transfer
    union select 'a refund alone' from refund where alone_limit_minor is not null
    union select 'a refund by hand of a ' || purpose from refund join payment on payment.id = refund.payment_id
      where refund.cause = 'manual' and refund.state = 'succeeded'`.execute(db)
  return rows.map((row) => row.state)
}

/** What a long run has been through. */
const EVERYWHERE = [
  ...['pending_payment', 'backordered', 'successful', 'failed', 'expired'].map(
    (state) => `backorder ${state}`,
  ),
  ...['pending_payment', 'paid', 'successful', 'failed', 'expired'].map((state) => `renewal ${state}`),
  ...['requires_action', 'processing', 'failed', 'succeeded', 'canceled', 'disputed', 'charged_back'].map(
    (state) => `payment ${state}`,
  ),
  ...['proposed', 'approved', 'processing', 'succeeded', 'failed', 'rejected', 'expired'].map(
    (state) => `refund ${state}`,
  ),
  ...['backorder_failed', 'late_payment', 'duplicate_payment', 'renewal_failed', 'manual'].map(
    (cause) => `refund of ${cause}`,
  ),
  ...['open', 'won', 'lost'].map((state) => `dispute ${state}`),
  ...['credited', 'reversed'].map((state) => `transfer ${state}`),
  'a claim by late money',
  'a retry',
  'a debt',
  'a refund alone',
  ...['backorder', 'renewal', 'top_up'].map((purpose) => `a refund by hand of a ${purpose}`),
]

test(
  `over ${SEQUENCES} sequences of ${STEPS} steps money, orders, refunds and the provider's book agree after every step`,
  async () => {
    const reached = new Set<string>()
    const property = fc.asyncProperty(sequences(STEPS, violations.map(nameOf)), (steps) =>
      play(steps, reached, unwatchMachines),
    )
    await tryAll('use cases and constraints', property)
    if (SEQUENCES >= SEQUENCES_TO_BE_EVERYWHERE_MIN) {
      expect([...reached]).toEqual(expect.arrayContaining(EVERYWHERE))
    }
  },
  MS_MAX,
)

/** These a use case needs: it spends or opens up to the limit and hears no, it posts and the balance follows. */
const NEEDED: ReadonlySet<string> = new Set([
  'balance_within_credit',
  'balance_follows_postings',
  'open_payments_within_limit',
])

test(
  'the same is true of the use cases alone, which keep to the machines, with the other constraints dropped',
  async () => {
    const backstops = violations.filter(
      ({ constraint, fall }) => !NEEDED.has(constraint) && fall === undefined,
    )
    expect(backstops.length).toBeGreaterThan(30)
    const property = fc.asyncProperty(sequences(STEPS, []), (steps) =>
      play(steps, new Set(EVERYWHERE), async (tx) => {
        for (const { table, constraint } of backstops) await takeAway(tx, { table, constraint })
      }),
    )
    await tryAll('use cases, without the constraints', property)
  },
  MS_MAX,
)

describe('the property fails', () => {
  test.each(violations.map((violation) => [nameOf(violation), violation] as const))(
    'without %s',
    async (_, violation) => {
      const property = fc.asyncProperty(sequences(STEPS, [nameOf(violation)]), (steps) =>
        play(steps, new Set(EVERYWHERE), async (tx) => {
          await unwatchMachines(tx)
          await takeAway(tx, violation)
        }),
      )
      const options = { numRuns: SEQUENCES_UNTIL_FALL_MAX, endOnFailure: true, seed: SEED }
      const { failed, errorInstance } = await fc.check(property, options)
      // It is an invariant that fell, not the harness.
      const said = String(errorInstance)
      const isFall = ['to deeply equal []', violation.fall ?? 'to deeply equal []'].some((fall) =>
        said.includes(fall),
      )
      controls.push({ name: `without ${nameOf(violation)}`, caught: failed && isFall })
      expect(failed).toBe(true)
      expect(isFall).toBe(true)
    },
    MS_MAX,
  )
})

const MONEY: ReadonlySet<string> = new Set([
  'account',
  'backorder',
  'posting',
  'payment',
  'refund',
  'dispute',
  'provider_event',
  'provider_task',
  'finance_task',
  'registration',
  'renewal',
  'registry_request',
  'registry_charge',
  'bank_transfer',
])

/**
 * What moves no money: a registry request for a contact, a change or a question; for whom an order is, to whom its name is registered,
 * and what a sub-account may spend of its account's balance. These constraints are tested in `test/constraints`.
 */
const WITHOUT_MONEY: ReadonlySet<string> = new Set([
  'registry_request: one_request_per_contact',
  'registry_request: requested_contact_is_of_the_account',
  'registry_request: one_open_info_request_per_listing',
  'registry_request: one_registry_request_per_change',
  'backorder: order_is_of_own_sub_account',
  'backorder: order_names_own_contacts',
  'payment: payment_is_of_own_sub_account',
  'payment: sub_account_within_limit',
])

/** No step closes a month or an account: `test/months`, `test/accounts/close.test.ts` and `test/constraints` try these. */
const OF_WHAT_HAS_ENDED: ReadonlySet<string> = new Set([
  'account: closed_account_was_empty',
  'bank_transfer: closed_account_gets_no_transfer',
  'payment: closed_account_opens_no_payment',
  'posting: nothing_is_posted_in_a_closed_month',
])

test('every key and trigger of the money tables has a violation here; the values a row may hold are tested in `test/constraints`', async () => {
  const { rows } = await sql<{ name: string }>`
    select conrelid::regclass::text || ': ' || conname as name from pg_constraint where contype = 'c'`.execute(
    clone.db,
  )
  const words = new Set(rows.map((row) => row.name))
  const constraints = (await readConstraints(clone.db))
    .filter(({ table, trivial }) => MONEY.has(table) && !trivial)
    .map(({ table, name }) => `${table}: ${name}`)
    .filter((name) => !words.has(name) && !WITHOUT_MONEY.has(name) && !OF_WHAT_HAS_ENDED.has(name))
  const tried = new Set(violations.map(nameOf))
  expect(constraints.length).toBeGreaterThan(30)
  expect(constraints.filter((name) => !tried.has(name))).toEqual([])
})

async function takeAway(
  tx: Kysely<Database>,
  { table, constraint, backstops = [] }: Pick<Violation, 'table' | 'constraint' | 'backstops'>,
): Promise<void> {
  await sql`set constraints all immediate`.execute(tx)
  await sql`set constraints all deferred`.execute(tx)
  for (const [otherTable, other] of backstops) await dropConstraint(tx, otherTable, other)
  await dropConstraint(tx, table, constraint)
}
