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
 * Records when the names of targets that ended went, if that is known: by the creation date of the registration that followed, or by
 * `info`, which showed the name free. It went after our last command that found the old registration, by the clock of the registry. A
 * date in whole seconds is true to a second, and never later than the answer that had it. The caller holds the targets' locks and has
 * written the evidence. Rule 26.
 */
export async function recordDrops(tx: Transaction<Database>, ended: readonly EndedDrop[]): Promise<void> {
  const shown = ended
    .filter(({ basis }) => basis !== 'presumed')
    .map((each) => ({ ...each, ...datedBy(each) }))
  if (shown.length === 0) return
  const { rows } = await sql<Batch>`
    with ended as (
      select target.listing_id, target.id, target.expected_from, target.expected_to, zone.name as zone,
        (target.expected_from at time zone zone.drop_time_zone)::date as day,
        given.kind, given.cr_date, given.cltrid, given.clock_offset * interval '1 millisecond' as clock_offset
      from unnest(
        ${shown.map((each) => each.targetId)}::uuid[], ${shown.map((each) => each.kind)}::text[],
        ${shown.map((each) => each.createdAt ?? null)}::timestamptz[],
        ${shown.map((each) => each.decidingClTRID ?? null)}::text[],
        ${shown.map((each) => each.clockOffsetMs ?? 0)}::float8[])
        as given (id, kind, cr_date, cltrid, clock_offset)
      join catch_target as target using (id) join listing on listing.id = target.listing_id
      join zone on zone.name = listing.zone
    ), shown as (
      select ended.*, went.since, went.at, went.evidence from ended, lateral (${createdAt} union all ${firstFree}) as went
    )
    insert into observed_drop (listing_id, kind, zone, day, expected_from, expected_to, at_from, at_to, in_batch, evidence, recorded_at)
    select listing_id, kind, zone, day, expected_from, expected_to, before.at, shown.at,
      ${isInBatch(sql`shown.at`)}, coalesce(shown.evidence, shown.id::text), clock_timestamp()
    from shown, lateral (
      select max(sent_at) + shown.clock_offset as at from catch_attempt
      where target_id = shown.id and answered_at + shown.clock_offset <= shown.since
        and ((command = 'create' and code = 2302) or (command = 'info' and code = 1000))
    ) as before
    where shown.at is not null
    on conflict do nothing
    returning zone, day::text`.execute(tx)
  await measureAgain(tx, rows)
}

/** What dates the drop of a name: a registration of ours, or another's, or else `info` alone. */
function datedBy({ outcome, basis, crDate, holderCrDate }: EndedDrop) {
  const createdAt = outcome === 'registered' ? crDate : holderCrDate
  const kind = createdAt === undefined ? 'flip' : basis === 'create' ? 'create' : 'creation_date'
  return { createdAt, kind }
}

/** Whether a name that went at `at` is of the batch in which it was expected, by the columns `expected_from` and `expected_to`. */
export function isInBatch(at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`${at} between expected_from - make_interval(secs => ${BATCH_SECONDS_MAX}::integer)
    and expected_to + make_interval(secs => ${BATCH_SECONDS_MAX}::integer)`
}

/** `since`: it was certainly created at or after this; `at`: at or before this. */
const createdAt = sql`
  select ended.cr_date as since, greatest(ended.cr_date, least(
      ended.cr_date + case when date_trunc('second', ended.cr_date) = ended.cr_date then interval '1 second' else interval '0' end,
      max(answered_at) + ended.clock_offset)) as at,
    ended.cltrid as evidence
  from catch_attempt where cltrid = ended.cltrid having ended.cr_date is not null`

const firstFree = sql`(
  select sent_at + ended.clock_offset as since, answered_at + ended.clock_offset as at, cltrid as evidence
  from catch_attempt where target_id = ended.id and command = 'info' and code = 2303 and ended.cr_date is null
  order by sent_at limit 1)`

type Batch = { readonly zone: string; readonly day: string }

/** Batches that are under way are measured every second anyway: only those that are over are written, so that outcomes do not wait for each other. */
async function measureAgain(tx: Transaction<Database>, dropped: readonly Batch[]): Promise<void> {
  if (dropped.length === 0) return
  noteWork(tx)
  const batches = new Map(dropped.map((batch) => [`${batch.zone} ${batch.day}`, batch]))
  // In one order, since transactions that settle names of the same batches would otherwise wait for each other in a circle.
  for (const [, { zone, day }] of [...batches].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    await sql`
      update batch_drift set measure_at = clock_timestamp()
      where zone = ${zone} and day = ${day}::date and measure_at is null`.execute(tx)
}
