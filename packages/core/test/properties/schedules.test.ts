import { Refusal } from '@droplock/rules/refusals'
import type { ScheduleAction } from '@droplock/rules/schedule/change'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lapseHolds } from '../../src/backorders/expire.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { type AccountContext, asService, type Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { closeDue, endUnsold } from '../../src/schedule/steps.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, zone } from '../support/world.ts'
import { list, type Model, operate, stopDrop, sweep, type Times, takesOrder, undo } from './schedule-model.ts'

/** A sequence takes about half a second. */
const SEQUENCES = 20
const STEPS_MAX = 20
const MS_MAX = 120_000

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** Orders close ten minutes before the window, which lasts two. */
const LEAD_SECONDS = 600
const LASTS_MS = 2 * MINUTE

const NAMES = ['a.test', 'b.test', 'c.test'] as const
const names = fc.subarray([...NAMES], { minLength: 1 })
const name = fc.constantFrom(...NAMES)
const kind = <Kind extends string>(value: Kind) => fc.constant(value)
/** Half minutes, so that no time of a step is now. */
const minutes = (min: number, max: number) => fc.integer({ min, max }).map((whole) => whole + 0.5)

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kind('list'), names, inMinutes: minutes(5, 60) }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('shift'), names, by: minutes(-12, 40) }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('lead'), names, by: minutes(0, 40) }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('window'), names, inMinutes: minutes(1, 60) }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('skip_day'), names }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('drop_moved'), names, inMinutes: minutes(1, 60) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('undo'), back: fc.nat({ max: 2 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('order'), name }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('hold'), name }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('pass'), minutes: minutes(1, 30) }) },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** So that most sequences have a paid order and an unpaid hold to move, and reach their drop. */
const BEGINNING: readonly Step[] = [
  { kind: 'list', names: [...NAMES], inMinutes: 25.5 },
  { kind: 'order', name: 'a.test' },
  { kind: 'hold', name: 'b.test' },
]

type Sequence = {
  readonly ctx: Context
  readonly buyer: AccountContext
  readonly model: Model
  readonly changes: string[]
}

test(
  'whatever lists, operators, orders and time do: cut-offs move by lists and operators alone, and no holder is lost',
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: STEPS_MAX }), (steps) =>
        rolledBack(async (tx) => {
          const ctx = contextOf(tx)
          await givenRegistry(ctx, [
            zone({ cutoffLeadSeconds: LEAD_SECONDS, lateSeconds: LASTS_MS / 1_000, graceSeconds: 172_800 }),
          ])
          const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
          const sequence: Sequence = { ctx, buyer, model: new Map(), changes: [] }
          for (const each of [...BEGINNING, ...steps]) {
            await doStep(sequence, each)
            await compare(sequence)
          }
        }),
      ),
      { numRuns: SEQUENCES },
    ),
  MS_MAX,
)

/** By both clocks in whole milliseconds, as lists have them. */
async function databaseNow(ctx: Context): Promise<number> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(ctx.db)
  return rows[0]?.at.getTime() ?? 0
}

async function doStep(sequence: Sequence, each: Step): Promise<void> {
  const { ctx, model } = sequence
  const now = await databaseNow(ctx)
  switch (each.kind) {
    case 'list': {
      const from = now + each.inMinutes * MINUTE
      await givenListings(ctx, { names: each.names, purgeAt: new Date(from) })
      for (const id of each.names) list(model, id, timesAt(from, LEAD_SECONDS * 1_000), now)
      return
    }
    case 'shift':
    case 'lead':
    case 'window':
    case 'skip_day':
    case 'drop_moved':
      return operateAll(sequence, each, now)
    case 'undo': {
      const change = sequence.changes.at(-1 - each.back)
      if (change === undefined) return
      sequence.changes.splice(sequence.changes.indexOf(change), 1)
      await undoChange(asService(ctx), { changeId: change, reason: 'a mistake' })
      await advanceAll(ctx)
      for (const known of model.values()) undo(known, change, now)
      return
    }
    case 'order':
      return order(sequence, each.name, now)
    case 'hold':
      return hold(sequence, each.name, now)
    case 'pass':
      return pass(sequence, each.minutes * MINUTE)
  }
}

const timesAt = (from: number, lead: number): Times => ({ cutoff: from - lead, from, to: from + LASTS_MS })

type Operation = Extract<Step, { kind: 'shift' | 'lead' | 'window' | 'skip_day' | 'drop_moved' }>

async function operateAll({ ctx, model, changes }: Sequence, each: Operation, now: number): Promise<void> {
  const operator = asService(ctx)
  const { id } = await previewChange(operator, { action: actionOf(each, now), filter: { names: each.names } })
  await applyChange(operator, { changeId: id, reason: 'the registry said so' })
  await advanceAll(ctx)
  changes.push(id)
  for (const one of each.names) {
    const known = model.get(one)
    if (known === undefined || known.state === 'unsold') continue
    const after = timesAfter(each, known.times, now)
    const stops = each.kind === 'skip_day' || each.kind === 'drop_moved'
    if (!isPossible(after, now) || (known.state === 'dropping' && !stops)) continue
    if (known.state !== 'dropping' && isSame(after, known.times)) continue
    if (stops) stopDrop(known, id, after, now)
    else operate(known, id, after, now)
  }
}

const windowAt = (from: number) => ({ dropFrom: new Date(from), dropTo: new Date(from + LASTS_MS) })

function actionOf(each: Operation, now: number): ScheduleAction {
  switch (each.kind) {
    case 'shift':
      return { kind: 'shift', seconds: each.by * 60 }
    case 'lead':
      return { kind: 'cutoff_lead', seconds: each.by * 60 }
    case 'window':
    case 'drop_moved':
      return { kind: each.kind, ...windowAt(now + each.inMinutes * MINUTE) }
    case 'skip_day':
      return { kind: 'skip_day' }
  }
}

function timesAfter(each: Operation, { cutoff, from, to }: Times, now: number): Times {
  switch (each.kind) {
    case 'shift': {
      const by = each.by * MINUTE
      return { cutoff: cutoff + by, from: from + by, to: to + by }
    }
    case 'lead':
      return { cutoff: from - each.by * MINUTE, from, to }
    case 'window':
      return timesAt(now + each.inMinutes * MINUTE, LEAD_SECONDS * 1_000)
    case 'drop_moved':
      return { ...timesAt(now + each.inMinutes * MINUTE, 0), cutoff }
    case 'skip_day': {
      // Until the window is not past: sequences of skipped days lie within weeks.
      const days = Math.max(1, Math.floor((now - to) / DAY) + 1)
      return { cutoff, from: from + days * DAY, to: to + days * DAY }
    }
  }
}

/** A window must end in the future, begin after its cut-off, and lie within 60 days. */
function isPossible({ cutoff, from, to }: Times, now: number): boolean {
  return cutoff <= from && to > now && to - now <= 60 * DAY && from - cutoff <= 60 * DAY
}

const isSame = (one: Times, other: Times) =>
  one.cutoff === other.cutoff && one.from === other.from && one.to === other.to

async function advanceAll(ctx: Context): Promise<void> {
  while ((await advanceScheduleChange(ctx, 2)) !== undefined);
}

async function order({ buyer, model }: Sequence, id: string, now: number): Promise<void> {
  const known = model.get(id)
  const expected = takesOrder(known, now)
  const accepted = await placeBackorder(buyer, { name: id, payment: 'balance' }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )
  expect(accepted).toBe(expected)
  if (accepted && known !== undefined) known.holder = 'secured'
}

/** An unpaid hold, written as a row. */
async function hold({ ctx, buyer, model }: Sequence, id: string, now: number): Promise<void> {
  const known = model.get(id)
  if (known === undefined || !takesOrder(known, now)) return
  const payBy = Math.min(now + 15 * MINUTE, known.times.cutoff - 5 * MINUTE)
  if (payBy <= now) return
  const backorderId = ctx.newId()
  const { rows } = await sql<{ id: string }>`
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by)
    select ${backorderId}, id, name, ${buyer.actor.accountId}, 'pending_payment', 1900, 'USD', ${new Date(now)}, ${new Date(payBy)}
    from listing where name = ${id} and ended_at is null
      and not exists (select from backorder where listing_id = listing.id and pay_by is not null)
    returning listing_id as id`.execute(ctx.db)
  if (rows[0] === undefined) return
  await ctx.db.updateTable('listing').set({ holder: backorderId }).where('id', '=', rows[0].id).execute()
  known.holder = 'unpaid'
  known.payBy = payBy
}

/** Time passes: all stored times are that much earlier, for both; then what is due is done. */
async function pass({ ctx, model }: Sequence, ms: number): Promise<void> {
  const earlier = sql`- ${ms} * interval '1 millisecond'`
  await sql`update listing set cutoff_at = cutoff_at ${earlier}, drop_from = drop_from ${earlier}, drop_to = drop_to ${earlier},
    listed_cutoff_at = listed_cutoff_at ${earlier}, listed_drop_from = listed_drop_from ${earlier},
    listed_drop_to = listed_drop_to ${earlier}`.execute(ctx.db)
  await sql`update catch_target set drop_from = drop_from ${earlier}, drop_to = drop_to ${earlier},
    grace_until = grace_until ${earlier}`.execute(ctx.db)
  await sql`update backorder set pay_by = pay_by ${earlier} where state = 'pending_payment'`.execute(ctx.db)
  for (const known of model.values()) {
    const back = ({ cutoff, from, to }: Times): Times => ({
      cutoff: cutoff - ms,
      from: from - ms,
      to: to - ms,
    })
    known.times = back(known.times)
    if (known.listed !== undefined) known.listed = back(known.listed)
    if (known.payBy !== undefined) known.payBy -= ms
  }
  await lapseHolds(ctx)
  while ((await closeDue(ctx)).closed > 0);
  const due = await ctx.db
    .selectFrom('catch_target')
    .select('id')
    .where('state', '=', 'armed')
    .where('drop_from', '<=', sql<Date>`clock_timestamp()`)
    .execute()
  await beginFiring(
    ctx,
    due.map(({ id }) => id),
  )
  while ((await endUnsold(ctx)) > 0);
  sweep(model, await databaseNow(ctx))
}

/** The database has what the model has, and what follows from it. */
async function compare({ ctx, model }: Sequence): Promise<void> {
  const rows = await ctx.db
    .selectFrom('listing')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .leftJoin('catch_target as target', 'target.backorder_id', 'listing.holder')
    .selectAll('listing')
    .select([
      'backorder.state as backorder',
      'backorder.pay_by',
      'target.state as target',
      'target.drop_from as aimed',
    ])
    .distinctOn('listing.name')
    .orderBy('listing.name')
    .orderBy('listing.cycle', 'desc')
    .execute()
  expect(rows.map((row) => row.name)).toEqual([...model.keys()].toSorted())
  for (const row of rows) {
    const known = model.get(row.name)
    const holder =
      row.backorder === null ? 'none' : row.backorder === 'pending_payment' ? 'unpaid' : 'secured'
    expect({
      name: row.name,
      times: { cutoff: +row.cutoff_at, from: +row.drop_from, to: +row.drop_to },
      listed: row.listed_drop_from === null ? undefined : +row.listed_drop_from,
      state: row.state,
      holder,
      payBy: holder === 'unpaid' && row.pay_by !== null ? +row.pay_by : undefined,
    }).toEqual({
      name: row.name,
      times: known?.times,
      listed: known?.listed?.from,
      state: known?.state,
      holder: known?.holder,
      payBy: known?.payBy,
    })
    if (holder !== 'secured') continue
    expect(row.backorder).toBe(row.state === 'dropping' ? 'registering' : 'backordered')
    const expected = { open: 'disarmed', closed: 'armed', dropping: 'firing' }[
      row.state as 'open' | 'closed' | 'dropping'
    ]
    expect(row.target ?? 'disarmed').toBe(expected)
    if (expected !== 'disarmed') expect(row.aimed).toEqual(row.drop_from)
  }
  const ledger = await proveLedger(ctx.db)
  expect(ledger).toMatchObject({ unrefundedFailures: 0 })
  expect(await ctx.db.selectFrom('refund').select('id').execute()).toEqual([])
}
