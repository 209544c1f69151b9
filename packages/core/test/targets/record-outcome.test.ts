import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { listTransactions } from '../../src/accounts/statement.ts'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import type { Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { getListing } from '../../src/listings/read.ts'
import { closeDue, endUnsold } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { prepareTargets } from '../../src/targets/prepare.ts'
import { listUndecidedTargets } from '../../src/targets/read.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import type { TargetOutcome } from '../../src/targets/target-outcome.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  OUR_ACCOUNT,
  PRICE_MINOR,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

const NAME = 'wanted.test'
const BALANCE = 10_000n
const CR_DATE = new Date('2026-11-24T12:00:00.123Z')
const FAILURES: readonly Exclude<Outcome, 'registered'>[] = [
  'lost',
  'missed',
  'premium',
  'withdrawn',
  'refused',
]

/** A secured backorder whose cut-off is past and whose target is armed. */
async function givenArmed(ctx: Context) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: BALANCE })
  const backorder = await placeBackorder(buyer, { name: NAME, payment: 'balance' })
  await ctx.db.updateTable('listing').set({ cutoff_at: sql`clock_timestamp()` }).execute()
  await closeDue(ctx)
  const [target] = await listUndecidedTargets(ctx, OUR_ACCOUNT, new Date(Date.now() + 86_400_000))
  if (target === undefined) throw new Error('no target was armed')
  return { buyer, backorder, target }
}

async function givenFiring(ctx: Context) {
  const armed = await givenArmed(ctx)
  expect(await beginFiring(ctx, [armed.target.id])).toEqual([armed.target.id])
  return armed
}

function outcomeFor(target: { id: string; listing_id: string }, outcome: Outcome): TargetOutcome {
  const common = {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId: REGISTRY_ACCOUNT,
    code: outcome === 'registered' ? 1000 : 2302,
    holderClid: outcome === 'registered' ? 'droplock' : null,
    attempts: [],
  }
  return outcome === 'registered' ? { ...common, outcome, crDate: CR_DATE } : { ...common, outcome }
}

test('a registered name makes its backorder successful, settled at crDate, and its price revenue', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorder, target } = await givenFiring(ctx)

    expect(await recordOutcome(ctx, outcomeFor(target, 'registered'))).toBe(true)

    expect(await getBackorder(buyer, backorder.id)).toMatchObject({
      state: 'successful',
      settledAt: CR_DATE,
      refunds: [],
    })
    expect(await getListing(buyer, NAME)).toMatchObject({ state: 'caught' })
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: BALANCE - PRICE_MINOR, escrowMinor: 0n })
    expect(await proveLedger(tx)).toEqual({
      ledgerSumMinor: { USD: 0n },
      escrowMinor: { USD: 0n },
      escrowDifferenceMinor: { USD: 0n },
      balanceMismatches: 0,
      misplacedPayments: 0,
      unrefundedFailures: 0,
    })
  }))

for (const outcome of FAILURES) {
  test(`a name that is ${outcome} fails its backorder with that reason and refunds it in full`, () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { buyer, backorder, target } = await givenFiring(ctx)

      await recordOutcome(ctx, outcomeFor(target, outcome))

      expect(await getBackorder(buyer, backorder.id)).toMatchObject({
        state: 'failed',
        failureReason: outcome,
        settledAt: null,
        refunds: [{ state: 'succeeded', amountMinor: PRICE_MINOR }],
      })
      expect(await getListing(buyer, NAME)).toMatchObject({ state: outcome })
      expect(await getBalance(buyer)).toMatchObject({ balanceMinor: BALANCE, escrowMinor: 0n })
      const { items } = await listTransactions(buyer, { limit: 10 })
      expect(items.map((item) => [item.cause, item.amountMinor])).toEqual([
        ['refund', PRICE_MINOR],
        ['secure', -PRICE_MINOR],
        ['top_up', BALANCE],
      ])
    }))
}

test('a name that is withdrawn before the first create fails from armed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorder, target } = await givenArmed(ctx)
    await recordOutcome(ctx, outcomeFor(target, 'withdrawn'))
    expect(await getBackorder(buyer, backorder.id)).toMatchObject({
      state: 'failed',
      failureReason: 'withdrawn',
    })
  }))

test('an outcome is recorded once, whatever else is reported at the same time', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    const { buyer, target } = await givenFiring(ctx)
    const outcomes: readonly Outcome[] = [
      'registered',
      'lost',
      'missed',
      'lost',
      'registered',
      'refused',
      'lost',
      'premium',
    ]
    const decided = await Promise.all(
      outcomes.map((outcome) => recordOutcome(ctx, outcomeFor(target, outcome))),
    )
    expect(decided.filter(Boolean)).toHaveLength(1)
    const proof = await proveLedger(clone.db)
    expect(proof).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0, balanceMismatches: 0 })
    const refunds = await clone.db.selectFrom('refund').select('id').execute()
    expect(refunds.length).toBeLessThanOrEqual(1)
    const { balanceMinor } = await getBalance(buyer)
    expect(balanceMinor).toBe(refunds.length === 1 ? BALANCE : BALANCE - PRICE_MINOR)
  } finally {
    await clone.drop()
  }
})

test('a win whose crDate is not newer than the deleted registration cannot be written', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenArmed(ctx)
    await prepareTargets(ctx, [
      {
        targetId: target.id,
        priorClid: 'droplock',
        priorCrDate: CR_DATE,
        priorUpdatedAt: null,
        priorRoid: null,
      },
    ])
    await beginFiring(ctx, [target.id])
    await expect(recordOutcome(ctx, outcomeFor(target, 'registered'))).rejects.toMatchObject({
      constraint: 'a_win_is_newer_than_the_deleted',
    })
  }))

test('an outcome with another listing than the target’s is refused and changes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenFiring(ctx)
    await givenListings(ctx, { names: ['other.test'] })
    const other = await tx
      .selectFrom('listing')
      .select('id')
      .where('name', '=', 'other.test')
      .executeTakeFirstOrThrow()
    await expect(recordOutcome(ctx, { ...outcomeFor(target, 'lost'), listingId: other.id })).rejects.toThrow(
      'is not of',
    )
    expect(await tx.selectFrom('catch_target').select('state').execute()).toEqual([{ state: 'firing' }])
  }))

test('an ambiguous target is not refunded, and its outcome is recorded like a firing one’s', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, target } = await givenFiring(ctx)
    await markAmbiguous(ctx, [target.id])
    expect(await getBalance(buyer)).toMatchObject({ escrowMinor: PRICE_MINOR })
    expect(await recordOutcome(ctx, outcomeFor(target, 'registered'))).toBe(true)
  }))

test('evidence is recorded once, also for a target that is decided already', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorder, target } = await givenFiring(ctx)
    const attempt = {
      clTRID: 'DL-1',
      targetId: target.id,
      registryAccountId: REGISTRY_ACCOUNT,
      command: 'create',
      sentAt: new Date('2026-11-24T12:00:00.123Z'),
      answeredAt: new Date('2026-11-24T12:00:00.125Z'),
      roundTripUs: 2_000,
      outcome: 'answered',
      code: 2302,
      message: 'Object exists',
      svTRID: 'SV-1',
    } as const
    await recordOutcome(ctx, { ...outcomeFor(target, 'lost'), attempts: [attempt] })
    await recordOutcome(ctx, { ...outcomeFor(target, 'lost'), attempts: [attempt] })
    const shown = await getBackorder(buyer, backorder.id)
    expect(shown.evidence).toMatchObject({
      outcome: 'lost',
      decidedCode: 2302,
      attempts: { items: [{ clTRID: 'DL-1', code: 2302 }] },
    })
    expect(shown.evidence?.attempts.items).toHaveLength(1)
  }))

test('a listing that nobody ordered drops and ends unsold', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], purgeAt: new Date(Date.now() + 3_600_000) })
    const past = new Date(Date.now() - 1_000)
    await tx.updateTable('listing').set({ cutoff_at: past, drop_from: past, drop_to: past }).execute()
    expect(await closeDue(ctx)).toEqual({ closed: 1, armed: 0 })
    expect(await endUnsold(ctx)).toBe(1)
    expect(await endUnsold(ctx)).toBe(1)
    expect(await getListing(await givenAccount(ctx), NAME)).toMatchObject({ state: 'unsold' })
  }))

test.each([
  [
    'what its answer said',
    { amountMinor: 750n, currency: 'EUR' },
    { amount_minor: 750n, currency: 'EUR', basis: 'answered' },
  ],
  [
    'the fees of its zone, where it said nothing',
    undefined,
    { amount_minor: 800n, currency: 'USD', basis: 'configured' },
  ],
] as const)('the registry’s charge for a caught name is recorded as %s', (_, charged, booked) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenFiring(ctx)
    await recordOutcome(ctx, { ...outcomeFor(target, 'registered'), charged } as TargetOutcome)
    expect(await tx.selectFrom('registry_charge').selectAll().execute()).toMatchObject([booked])
  }),
)

test('recording the outcome clears the alarms of an undecided target', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { target } = await givenFiring(ctx)
    for (const kind of ['settlement_stuck', 'target_undecided'] as const)
      await raiseAlarms(ctx, [{ kind, subject: target.id }])
    await recordOutcome(ctx, outcomeFor(target, 'lost'))
    const open = tx.selectFrom('alarm').selectAll().where('closed_at', 'is', null)
    expect(await open.execute()).toEqual([])
  }))
