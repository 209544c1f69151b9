import {
  type Drift,
  type FollowedDrift,
  followDrift,
  measureDrift,
  type WindowShift,
} from '@droplock/rules/schedule/drift'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { moveSubmissions } from './move-submissions.ts'
import { type Batch, claimDueBatch, type KnownName, readNames } from './read-batch.ts'

export type FollowRule = {
  /** How often a batch that is under way is measured. Milliseconds. */
  readonly everyMs: number
}

export type Followed = {
  readonly zone: string
  readonly day: string
  readonly shift: WindowShift
  /** Targets whose submission window moved. */
  readonly moved: number
}

/**
 * Measures the next batch that is due, and lets the submission windows of its remaining names follow, within the bounds of the zone and
 * never across a cut-off. Call again until it returns undefined. A worker that dies leaves a batch that is due again, and windows that
 * the next one completes. Rule 26.
 */
export async function followNextBatch(ctx: Context, { everyMs }: FollowRule): Promise<Followed | undefined> {
  const batch = await claimDueBatch(ctx.db, everyMs)
  if (batch === undefined) return undefined
  const names = await readNames(ctx.db, batch)
  const now = await databaseTime(ctx.db)
  const drift = measureDrift(names, batch.terms)
  const followed = batch.follows
    ? followDrift(names, batch.terms, batch.bounds, batch.inForce, now)
    : { shift: batch.inForce, beyond: false }
  const changeId = await record(ctx, batch, { names, drift, followed, now, everyMs })
  const moved = changeId === null ? 0 : await moveSubmissions(ctx, { ...batch, changeId })
  return { zone: batch.zone, day: batch.day, shift: followed.shift, moved }
}

type Measured = {
  readonly names: readonly KnownName[]
  readonly drift: Drift
  readonly followed: FollowedDrift
  readonly now: Date
  readonly everyMs: number
}

/** Writes the measurement, and a change of schedules where the shift is another. Returns the change in force. */
async function record(ctx: Context, batch: Batch, measured: Measured): Promise<string | null> {
  const { names, drift, followed, now, everyMs } = measured
  const open = names.filter(({ isOpen }) => isOpen)
  const isUnderWay = open.some((name) => isNear(name, batch, now))
  const { shift } = followed
  const isMoved =
    isUnderWay &&
    (shift.fromSeconds !== batch.inForce.fromSeconds || shift.toSeconds !== batch.inForce.toSeconds)
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql`
      update batch_drift set measure_at = ${nextMeasure(open, batch, isUnderWay, everyMs, now)}::timestamptz, measured_at = ${now},
        names = ${names.length}, open = ${open.length}, observed = ${drift.observed}, median_seconds = ${drift.median},
        spread_seconds = ${drift.spread}, earliest_seconds = ${drift.earliest}, latest_seconds = ${drift.latest},
        beyond = ${followed.beyond}
      where zone = ${batch.zone} and day = ${batch.day}::date and change_id is not distinct from ${batch.changeId}::uuid
      returning zone`.execute(tx)
    // Another worker has moved it meanwhile.
    if (rows.length === 0) return null
    return isMoved ? recordShift(tx, ctx, batch, measured) : batch.changeId
  })
}

async function recordShift(
  tx: Transaction<Database>,
  ctx: Context,
  { zone, day }: Batch,
  { drift, followed, now }: Measured,
): Promise<string> {
  const id = ctx.newId()
  const { fromSeconds, toSeconds } = followed.shift
  await tx
    .insertInto('schedule_change')
    .values({
      id,
      kind: 'drift',
      from_shift_seconds: fromSeconds,
      to_shift_seconds: toSeconds,
      filter: { zone, dropDate: day },
      preview: {},
      state: 'applied',
      reason: reasonOf(drift),
      made_by_name: 'droplock',
      made_at: now,
      applied_at: now,
      finished_at: now,
    })
    .execute()
  await sql`
    update batch_drift set from_shift_seconds = ${fromSeconds}, to_shift_seconds = ${toSeconds}, change_id = ${id}::uuid
    where zone = ${zone} and day = ${day}::date`.execute(tx)
  return id
}

function reasonOf({ median, observed }: Drift): string {
  if (median === null) return 'Names of this day are not released yet.'
  const seconds = Math.abs(median)
  const by = seconds < 60 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`
  return `Names of this day go ${by} ${median < 0 ? 'earlier' : 'later'} than expected (median of ${observed}).`
}

/** Whether a name may go now, by the bounds of the zone: then its batch is under way. */
function isNear({ dropFrom, dropTo }: KnownName, { bounds }: Batch, now: Date): boolean {
  return (
    startsToMatterMs(dropFrom, bounds.earlierSecondsMax) <= now.getTime() &&
    now.getTime() <= dropTo.getTime() + 1_000 * bounds.laterSecondsMax + BEYOND_MS
  )
}

/** After the bounds a batch is watched for so long, until what is beyond them is an alarm. Milliseconds. */
const BEYOND_MS = 60_000

function startsToMatterMs(dropFrom: Date, earlierSecondsMax: number): number {
  return dropFrom.getTime() - 1_000 * earlierSecondsMax
}

/** Again soon while names may go; else when the next ones may. Null: nothing is expected, and what is observed then says so. */
function nextMeasure(
  open: readonly KnownName[],
  { bounds }: Batch,
  isUnderWay: boolean,
  everyMs: number,
  now: Date,
): Date | null {
  if (isUnderWay) return new Date(now.getTime() + everyMs)
  const next = open
    .map(({ dropFrom }) => startsToMatterMs(dropFrom, bounds.earlierSecondsMax))
    .filter((ms) => ms > now.getTime())
  return next.length === 0 ? null : new Date(Math.min(...next))
}
