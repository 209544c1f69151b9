import { BATCH_SECONDS_MAX } from '@droplock/rules/schedule/drift'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'

/** What the end of a target says about when its name went. */
type EndedDrop = {
  readonly targetId: string
  readonly outcome: string
  readonly basis?: string | undefined
  readonly decidingClTRID?: string | undefined
  readonly crDate?: Date | undefined
  readonly holderCrDate?: Date | undefined
  readonly clockOffsetMs?: number
}

/**
 * Records when the name of a target that ended went, if that is known: by the creation date of the registration that followed, or by
 * `info`, which showed the name free. It went after our last command that found the old registration, by the clock of the registry. A
 * date in whole seconds is true to a second, and never later than the answer that had it. The caller holds the target's lock and has
 * written the evidence. Rule 26.
 */
export async function recordDrop(tx: Transaction<Database>, ended: EndedDrop): Promise<void> {
  const { targetId, outcome, basis, clockOffsetMs = 0 } = ended
  const crDate = outcome === 'registered' ? ended.crDate : ended.holderCrDate
  if (basis === 'presumed') return
  const kind = crDate === undefined ? 'flip' : basis === 'create' ? 'create' : 'creation_date'
  const offset = sql`${clockOffsetMs} * interval '1 millisecond'`
  const { rows } = await sql<{ zone: string; day: string }>`
    with ended as (
      select target.listing_id, target.id, target.expected_from, target.expected_to, zone.name as zone,
        (target.expected_from at time zone zone.drop_time_zone)::date as day
      from catch_target as target join listing on listing.id = target.listing_id join zone on zone.name = listing.zone
      where target.id = ${targetId}
    ), shown as (${crDate === undefined ? firstFree(targetId, offset) : createdAt(ended, crDate, offset)}
    ), before as (
      select max(sent_at) + ${offset} as at from catch_attempt, shown
      where target_id = ${targetId} and answered_at + ${offset} <= shown.since
        and ((command = 'create' and code = 2302) or (command = 'info' and code = 1000))
    )
    insert into observed_drop (listing_id, kind, zone, day, expected_from, expected_to, at_from, at_to, in_batch, evidence, recorded_at)
    select listing_id, ${kind}, zone, day, expected_from, expected_to, before.at, shown.at,
      ${isInBatch(sql`shown.at`)}, coalesce(shown.evidence, ended.id::text), clock_timestamp()
    from ended, shown, before
    where shown.at is not null
    on conflict do nothing
    returning zone, day::text`.execute(tx)
  const [batch] = rows
  if (batch === undefined) return
  await measureAgain(tx, batch)
}

/** Whether a name that went at `at` is of the batch in which it was expected, by the columns `expected_from` and `expected_to`. */
export function isInBatch(at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`${at} between expected_from - make_interval(secs => ${BATCH_SECONDS_MAX}::integer)
    and expected_to + make_interval(secs => ${BATCH_SECONDS_MAX}::integer)`
}

/** `since`: it was certainly created at or after this; `at`: at or before this. */
function createdAt(
  { decidingClTRID }: EndedDrop,
  crDate: Date,
  offset: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const isWhole = crDate.getUTCMilliseconds() === 0
  const until = sql`${crDate}::timestamptz + ${isWhole ? 1_000 : 0}::integer * interval '1 millisecond'`
  return sql`
    select ${crDate}::timestamptz as since, greatest(${crDate}::timestamptz, least(${until}, max(answered_at) + ${offset})) as at,
      ${decidingClTRID ?? null}::text as evidence
    from catch_attempt where cltrid = ${decidingClTRID ?? null}::text`
}

function firstFree(targetId: string, offset: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select sent_at + ${offset} as since, answered_at + ${offset} as at, cltrid as evidence
    from catch_attempt where target_id = ${targetId} and command = 'info' and code = 2303
    order by sent_at limit 1`
}

type Batch = { readonly zone: string; readonly day: string }

/** A batch that is under way is measured every second anyway: only one that is over is written, so that outcomes do not wait for each other. */
async function measureAgain(tx: Transaction<Database>, { zone, day }: Batch): Promise<void> {
  noteWork(tx)
  await sql`
    update batch_drift set measure_at = clock_timestamp()
    where zone = ${zone} and day = ${day}::date and measure_at is null`.execute(tx)
}
