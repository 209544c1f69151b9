import type { BatchName, DriftBounds, WindowShift } from '@droplock/rules/schedule/drift'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A batch with the terms of its zone. */
export type Batch = {
  readonly zone: string
  /** The local day, `YYYY-MM-DD`. */
  readonly day: string
  readonly registryId: string
  readonly changeId: string | null
  readonly inForce: WindowShift
  readonly terms: { readonly earlySeconds: number; readonly lateSeconds: number }
  readonly bounds: DriftBounds
  /** False where creates are applications: they are sent for hours, and the date of an award says nothing about the drop. */
  readonly follows: boolean
  /** The expected starts of its windows are from the first and before the second. */
  readonly dayFrom: Date
  readonly dayTo: Date
}

/**
 * The next batch that is due to be measured, for this worker alone: it is due again `againMs` later, also where the worker ends. Undefined
 * where none is due.
 */
export async function claimDueBatch(db: Kysely<Database>, againMs: number): Promise<Batch | undefined> {
  const { rows } = await sql<{
    zone: string
    day: string
    registryId: string
    changeId: string | null
    fromSeconds: number
    toSeconds: number
    earlySeconds: number
    lateSeconds: number
    earlierSecondsMax: number
    laterSecondsMax: number
    follows: boolean
    dayFrom: Date
    dayTo: Date
  }>`
    with due as (
      select zone, day from batch_drift where measure_at <= statement_timestamp()
      order by measure_at limit 1 for update skip locked
    )
    update batch_drift as batch set measure_at = clock_timestamp() + ${againMs} * interval '1 millisecond'
    from due join zone on zone.name = due.zone
    where batch.zone = due.zone and batch.day = due.day
    returning batch.zone, batch.day::text, zone.registry_id as "registryId", batch.change_id as "changeId",
      from_shift_seconds as "fromSeconds", to_shift_seconds as "toSeconds",
      early_seconds as "earlySeconds", late_seconds as "lateSeconds",
      release <> 'applications' as follows, drift_earlier_seconds_max as "earlierSecondsMax", drift_later_seconds_max as "laterSecondsMax",
      batch.day::timestamp at time zone drop_time_zone as "dayFrom",
      (batch.day + 1)::timestamp at time zone drop_time_zone as "dayTo"`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { fromSeconds, toSeconds, earlySeconds, lateSeconds, earlierSecondsMax, laterSecondsMax, ...rest } =
    row
  return {
    ...rest,
    inForce: { fromSeconds, toSeconds },
    terms: { earlySeconds, lateSeconds },
    bounds: { earlierSecondsMax, laterSecondsMax },
  }
}

/** More names show no more about a batch. */
const NAMES_READ_MAX = 2_000

/** A name of a batch that has a target, or that a list showed. */
export type KnownName = BatchName & { readonly isOpen: boolean; readonly expectedFrom: Date }

/**
 * What is known of the names of a batch. A name that is being caught is still registered if `info` has shown it since its window began: an
 * answer that showed anything else would have ended its target. Where the registry hides others' names that is never known.
 */
export async function readNames(
  db: Kysely<Database>,
  { zone, day, registryId, dayFrom, dayTo }: Batch,
): Promise<readonly KnownName[]> {
  const { rows } = await sql<{
    from: Date
    to: Date
    isOpen: boolean
    isRegistered: boolean
    atFrom: Date | null
    atTo: Date | null
  }>`
    with target as materialized (
      select target.id, target.listing_id, target.expected_from, target.expected_to, target.state
      from catch_target as target join listing on listing.id = target.listing_id
      where target.registry_id = ${registryId} and target.expected_from >= ${dayFrom} and target.expected_from < ${dayTo}
        and listing.zone = ${zone} and target.state <> 'disarmed'
      order by target.id limit ${NAMES_READ_MAX}
    ), observed as materialized (
      select distinct on (listing_id) listing_id, expected_from, expected_to, at_from, at_to from observed_drop
      where zone = ${zone} and day = ${day}::date and in_batch and kind <> 'list'
      order by listing_id, at_to - at_from nulls last limit ${NAMES_READ_MAX}
    )
    select coalesce(target.expected_from, observed.expected_from) as from, coalesce(target.expected_to, observed.expected_to) as to,
      coalesce(target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award'), false) as "isOpen",
      target.state = 'firing' and observed.listing_id is null and exists (
        select from catch_attempt as attempt
        where attempt.target_id = target.id and attempt.sent_at >= target.expected_from
          and attempt.command = 'info' and attempt.code = 1000) as "isRegistered",
      observed.at_from as "atFrom", observed.at_to as "atTo"
    from target full join observed on observed.listing_id = target.listing_id`.execute(db)
  return rows.map((row) => ({
    dropFrom: row.from,
    dropTo: row.to,
    expectedFrom: row.from,
    wentAt: row.atTo === null ? undefined : wentAt(row.atFrom, row.atTo),
    isRegistered: row.isRegistered,
    isOpen: row.isOpen,
  }))
}

/** An interval that is longer does not say when a name went. Ten minutes, as a name that is asked about slowly is (rule 25). */
const INTERVAL_MS_MAX = 600_000

/**
 * The middle of the interval. Where nobody looked before, its end: a name that is contested is registered in its first seconds. Undefined
 * where the interval is too long.
 */
function wentAt(from: Date | null, to: Date): Date | undefined {
  if (from === null) return to
  const ms = to.getTime() - from.getTime()
  return ms > INTERVAL_MS_MAX ? undefined : new Date(from.getTime() + ms / 2)
}
