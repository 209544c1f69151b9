import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { readInvariants } from '../../src/invariants.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeWithdrawal } from '../../src/proposals/propose-withdrawal.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import type { Attempt } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { recordOutcomes } from '../../src/targets/record-outcomes.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import { givenSecured } from '../support/held.ts'
import { contextOf, givenStaff, REGISTRY, REGISTRY_ACCOUNT } from '../support/world.ts'

const WON_MS = Date.UTC(2026, 10, 29, 12, 0, 0, 500)
const at = (ms: number) => new Date(WON_MS + ms)

async function givenFiring(ctx: Context, names: readonly string[] = ['wanted.test']) {
  const targets = await givenArmedTargets(ctx, names)
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  return targets
}

let created = 0

/** A create that was sent so long after the winner's, and answered 20 ms later, or never. */
function create(targetId: string, sentMs: number, code: number | null = 2302): Attempt {
  created += 1
  return {
    clTRID: `TEST-${created}`,
    targetId,
    registryAccountId: REGISTRY_ACCOUNT,
    command: 'create',
    sentAt: at(sentMs),
    answeredAt: code === null ? null : at(sentMs + 20),
    roundTripUs: code === null ? null : 20_000,
    outcome: code === null ? 'unknown' : 'answered',
    code,
    message: null,
    svTRID: null,
  }
}

const exact = { clockOffsetMs: 0, clockErrorMs: 0 }

const shown = async (ctx: Context, id: string) =>
  ctx.db
    .selectFrom('catch_target')
    .select(['creates', 'wasted_creates', 'lost_by_min_ms', 'lost_by_max_ms'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

const statistics = (ctx: Context) => ctx.db.selectFrom('order_statistic').selectAll().execute()

test('a lost name has the interval by which it was lost, of the winner’s date and the first creates after it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenFiring(ctx)
    if (target === undefined) throw new Error('no target')
    const { id, listing_id } = target
    const attempts = [
      create(id, -500),
      // Before it for certain, as its answer came before.
      create(id, -30),
      create(id, 40),
      create(id, 70, 2400),
      create(id, 90),
    ]
    const lost = { ...outcomeOf(id, listing_id, 'lost'), holderCrDate: at(0), ...exact, attempts }
    await recordOutcome(ctx, lost)
    // From 39 ms, as the date may be cut by one, to 60 ms and the digits that two readings lack.
    expect(await shown(ctx, id)).toEqual({
      creates: 5,
      wasted_creates: 3,
      lost_by_min_ms: 39,
      lost_by_max_ms: 62,
    })
    expect(await statistics(ctx)).toMatchObject([
      {
        outcome: 'lost',
        orders: 1n,
        creates: 5n,
        wasted_creates: 3n,
        lost_by_100ms: 1n,
        lost_by_unknown: 0n,
      },
    ])
  }))

test('an unanswered create may have been the first after the winner’s, and one under way at that moment too', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [one, other] = await givenFiring(ctx, ['one.test', 'other.test'])
    if (one === undefined || other === undefined) throw new Error('no targets')
    const unanswered = [create(one.id, -40, null), create(one.id, 50)]
    const underWay = [create(other.id, -10), create(other.id, 50)]
    await recordOutcomes(ctx, [
      { ...outcomeOf(one.id, one.listing_id, 'lost'), holderCrDate: at(0), ...exact, attempts: unanswered },
      { ...outcomeOf(other.id, other.listing_id, 'lost'), holderCrDate: at(0), ...exact, attempts: underWay },
    ])
    const interval = { lost_by_min_ms: 0, lost_by_max_ms: 72 }
    expect(await shown(ctx, one.id)).toMatchObject(interval)
    expect(await shown(ctx, other.id)).toMatchObject(interval)
  }))

test('creates of another account of ours say nothing about the margin, since its catcher may have another clock', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenFiring(ctx)
    if (target === undefined) throw new Error('no target')
    const { id, listing_id } = target
    const second = {
      id: `${REGISTRY}/second`,
      clid: 'second',
      hosts: [{ host: '127.0.0.1', port: 7700 }],
      isSimulator: true,
    }
    await defineRegistry(asService(ctx), { id: REGISTRY, profile: 'generic', zones: [], accounts: [second] })
    const other = [create(id, -10), create(id, 5), create(id, 6, 2400)]
    const attempts = [create(id, 40), ...other.map((each) => ({ ...each, registryAccountId: second.id }))]
    const lost = { ...outcomeOf(id, listing_id, 'lost'), holderCrDate: at(0), ...exact, attempts }
    await recordOutcome(ctx, lost)
    const interval = { lost_by_min_ms: 39, lost_by_max_ms: 62 }
    expect(await shown(ctx, id)).toEqual({ creates: 4, wasted_creates: 2, ...interval })
  }))

test.each([
  ['the registry does not say when the winner’s was created', { ...exact, holderCrDate: undefined }],
  ['the clock was not measured', { clockOffsetMs: 0, holderCrDate: at(0) }],
  ['no create of ours came after it', { ...exact, holderCrDate: at(60_000) }],
])('where %s, nothing is said about the margin', (_, facts) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenFiring(ctx)
    if (target === undefined) throw new Error('no target')
    const { id, listing_id } = target
    await recordOutcome(ctx, { ...outcomeOf(id, listing_id, 'lost'), ...facts, attempts: [create(id, 40)] })
    expect(await shown(ctx, id)).toMatchObject({ creates: 1, lost_by_min_ms: null, lost_by_max_ms: null })
    expect(await statistics(ctx)).toMatchObject([{ lost_by_unknown: 1n }])
  }),
)

test('orders of one group that are decided at once are all counted', async () => {
  const clone = await cloneDatabase({ connectionsMax: 8 })
  try {
    const ctx = contextOf(clone.db)
    const names = Array.from({ length: 24 }, (_, n) => `n${n}.test`)
    const targets = await givenFiring(ctx, names)
    const outcomes = targets.map(({ id, listing_id }, n) =>
      outcomeOf(id, listing_id, n % 3 === 0 ? 'registered' : 'lost'),
    )
    const batches = Array.from({ length: 6 }, (_, n) => outcomes.slice(4 * n, 4 * n + 4))
    await Promise.all(batches.map((batch) => recordOutcomes(ctx, batch)))
    const counted = (await statistics(ctx)).map(({ outcome, orders }) => [outcome, orders])
    expect(Object.fromEntries(counted)).toEqual({ registered: 8n, lost: 16n })
    expect(await readInvariants(ctx)).toMatchObject({ holds: true })
  } finally {
    await clone.drop()
  }
})

test('an order that is withdrawn without a drop is counted too', async () => {
  const clone = await cloneDatabase({ connectionsMax: 2 })
  try {
    const ctx = contextOf(clone.db)
    const { listingId } = await givenSecured(ctx)
    const withdrawal = { listingId, block: false, evidence: 'a case', reason: 'a court order' }
    const proposalId = await proposeWithdrawal(await givenStaff(ctx, 'operator'), withdrawal)
    await approveProposal(await givenStaff(ctx, 'operator'), { proposalId })
    expect(await statistics(ctx)).toMatchObject([{ outcome: 'withdrawn', orders: 1n, creates: 0n }])
    expect(await readInvariants(ctx)).toMatchObject({ holds: true })
  } finally {
    await clone.drop()
  }
})

test('statistics that miss an order, or count a create too many, are reported', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [one, other] = await givenFiring(ctx, ['one.test', 'other.test'])
    if (one === undefined || other === undefined) throw new Error('no targets')
    await recordOutcome(ctx, outcomeOf(one.id, one.listing_id, 'registered'))
    await recordOutcome(ctx, outcomeOf(other.id, other.listing_id, 'missed'))
    const violations = async () => {
      const { invariants } = await readInvariants(ctx)
      return invariants.find(({ name }) => name === 'statistics_equal_outcomes')?.violations
    }
    expect(await violations()).toBe(0)
    await sql`update order_statistic set creates = creates + 1 where outcome = 'missed'`.execute(tx)
    expect(await violations()).toBe(1)
    await sql`alter table order_statistic disable trigger user`.execute(tx)
    await sql`delete from order_statistic where outcome = 'registered'`.execute(tx)
    expect(await violations()).toBe(2)
  }))
