import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { asService, type Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { getChange, listChangedListings } from '../../src/schedule-changes/read.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { inMinutes } from '../support/held.ts'
import { untilAnswered } from '../support/waiting.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY_ACCOUNT,
  ZONE,
} from '../support/world.ts'

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
})
afterEach(() => clone.drop())

const reason = 'the registry announced it'
const shift = (minutes: number) => ({ kind: 'shift', seconds: 60 * minutes }) as const
const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}.test`)

async function advanceAll() {
  while ((await untilAnswered(() => advanceScheduleChange(ctx, 3))) !== undefined);
}

/** Names that drop now, each with its firing target. */
async function givenFiring(all: readonly string[]) {
  await givenListings(ctx, { names: all, purgeAt: inMinutes(60) })
  const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
  for (const name of all) await placeBackorder(buyer, { name, payment: 'balance' })
  await sql`update listing set cutoff_at = clock_timestamp()`.execute(ctx.db)
  while ((await closeDue(ctx)).closed > 0);
  const targets = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id', 'name', 'arming'])
    .execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  return targets
}

test('two operators who change the same listings at once: each listing is moved by one of them, and the other is told what changed', async () => {
  const all = names(12)
  await givenListings(ctx, { names: all, purgeAt: inMinutes(600) })
  const operator = asService(ctx)
  const before = await clone.db.selectFrom('listing').select(['id', 'drop_from']).execute()
  const drafts = [
    await previewChange(operator, { action: shift(60), filter: { zone: ZONE } }),
    await previewChange(operator, { action: shift(120), filter: { zone: ZONE } }),
  ]
  for (const { id: changeId } of drafts) await applyChange(operator, { changeId, reason })
  await Promise.all([advanceAll(), advanceAll(), advanceAll()])

  const rows = await Promise.all(
    drafts.map(({ id: changeId }) => listChangedListings(operator, { changeId, offset: 0, limit: 100 })),
  )
  for (const { id, drop_from } of before) {
    const results = rows.map(({ items }) => items.find(({ listingId }) => listingId === id))
    expect(results.map((row) => row?.result).toSorted()).toEqual(['applied', 'skipped'])
    const applied = results.findIndex((row) => row?.result === 'applied')
    expect(results[1 - applied]).toMatchObject({
      skippedFor: 'changed',
      changed: ['cutoff_at', 'drop_from', 'drop_to'],
    })
    const listing = await clone.db
      .selectFrom('listing')
      .select('drop_from')
      .where('id', '=', id)
      .executeTakeFirst()
    expect(Number(listing?.drop_from) - Number(drop_from)).toBe((applied + 1) * 3_600_000)
  }
  for (const { id } of drafts) expect(await getChange(operator, id)).toMatchObject({ state: 'applied' })
})

test('several workers apply one change: each listing once, each holder notified once', async () => {
  const all = names(20)
  await givenListings(ctx, { names: all, purgeAt: inMinutes(600) })
  const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
  for (const name of all) await placeBackorder(buyer, { name, payment: 'balance' })
  const operator = asService(ctx)
  const { id: changeId } = await previewChange(operator, { action: shift(60), filter: { zone: ZONE } })
  await applyChange(operator, { changeId, reason })
  await Promise.all([advanceAll(), advanceAll(), advanceAll(), advanceAll()])
  expect(await getChange(operator, changeId)).toMatchObject({ state: 'applied', progress: { applied: 20 } })
  const events = await clone.db
    .selectFrom('event')
    .select('subject_id')
    .where('topic', '=', 'backorder.rescheduled')
    .execute()
  expect(new Set(events.map(({ subject_id }) => subject_id)).size).toBe(20)
  expect(events).toHaveLength(20)
})

test('orders, the sweep, a change and its undoing at once leave every secured name with a target that fits its listing', async () => {
  const all = names(8)
  await givenListings(ctx, { names: all, purgeAt: inMinutes(60) })
  const operator = asService(ctx)
  for (let round = 0; round < 6; round += 1) {
    const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
    const action = { kind: 'cutoff_lead', seconds: round % 2 === 0 ? 3_700 : 60 } as const
    const { id: changeId } = await previewChange(operator, { action, filter: { zone: ZONE } })
    await applyChange(operator, { changeId, reason })
    await Promise.allSettled([
      ...all.slice(round, round + 2).map((name) => placeBackorder(buyer, { name, payment: 'balance' })),
      advanceAll(),
      closeDue(ctx),
    ])
    await advanceAll()
    if (round % 3 === 2) {
      await undoChange(operator, { changeId, reason })
      await Promise.allSettled([advanceAll(), closeDue(ctx)])
      await advanceAll()
    }
    const held = await clone.db
      .selectFrom('listing')
      .leftJoin('catch_target', 'catch_target.backorder_id', 'listing.holder')
      .select(['listing.name', 'listing.state', 'catch_target.state as target'])
      .select(sql<boolean>`catch_target.drop_from = listing.drop_from`.as('fits'))
      .where('holder', 'is not', null)
      .execute()
    for (const { state, target, fits } of held) {
      expect([state, target ?? 'disarmed']).toEqual(
        state === 'closed' ? ['closed', 'armed'] : ['open', 'disarmed'],
      )
      if (target === 'armed') expect(fits).toBe(true)
    }
  }
  expect(await proveLedger(clone.db)).toMatchObject({ escrowDifferenceMinor: { USD: 0n } })
})

test('a name that is registered while its day is skipped stays registered, whoever is first', async () => {
  const targets = await givenFiring(names(12))
  const operator = asService(ctx)
  const { id: changeId } = await previewChange(operator, {
    action: { kind: 'skip_day' },
    filter: { zone: ZONE },
  })
  await applyChange(operator, { changeId, reason })
  const outcome = (target: (typeof targets)[number]) => ({
    targetId: target.id,
    listingId: target.listing_id,
    arming: target.arming,
    registryAccountId: REGISTRY_ACCOUNT,
    outcome: 'registered' as const,
    basis: 'create' as const,
    code: 1000,
    holderClid: 'droplock',
    crDate: new Date(),
    attempts: [],
  })
  const [skippedFirst, ...others] = targets
  if (skippedFirst === undefined) throw new Error('a target')
  await Promise.all([
    advanceAll(),
    ...others.slice(0, 8).map((target) => untilAnswered(() => recordOutcome(ctx, outcome(target)))),
  ])
  for (const target of [skippedFirst, ...others.slice(8)])
    expect(await recordOutcome(ctx, outcome(target))).toBe(true)
  const listings = await clone.db.selectFrom('listing').select(['state']).distinct().execute()
  expect(listings).toEqual([{ state: 'caught' }])
  const backorders = await clone.db.selectFrom('backorder').select('state').distinct().execute()
  expect(backorders).toEqual([{ state: 'successful' }])
  expect(await proveLedger(clone.db)).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
})

test('that a name was not released in the skipped window does not end it; that another registrar has it does', async () => {
  const [missed, lost, presumed] = await givenFiring(names(3))
  const operator = asService(ctx)
  const { id: changeId } = await previewChange(operator, {
    action: { kind: 'skip_day' },
    filter: { zone: ZONE },
  })
  await applyChange(operator, { changeId, reason })
  await advanceAll()
  const late = (target: typeof missed, outcome: 'missed' | 'lost', basis: 'info' | 'presumed') =>
    recordOutcome(ctx, {
      targetId: target?.id ?? '',
      listingId: target?.listing_id ?? '',
      arming: 1,
      registryAccountId: REGISTRY_ACCOUNT,
      outcome,
      basis,
      code: null,
      holderClid: null,
      attempts: [],
    })
  expect(await late(missed, 'missed', 'info')).toBe(false)
  expect(await late(presumed, 'lost', 'presumed')).toBe(false)
  expect(await late(lost, 'lost', 'info')).toBe(true)
  const states = await clone.db.selectFrom('catch_target').select(['name', 'state']).orderBy('name').execute()
  expect(states.map(({ state }) => state).toSorted()).toEqual(['armed', 'armed', 'lost'])
})
