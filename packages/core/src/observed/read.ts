import type { ObservedKind } from '@droplock/rules/schedule/drift'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import { searchedAs } from '../name-as-written.ts'

/** The names of a zone that were expected on one local day: how far off they were. Seconds, negative: earlier. */
export type BatchDrift = {
  readonly zone: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly measuredAt: Date | null
  /** Names with an order, and those of them whose result is open. */
  readonly names: number
  readonly open: number
  readonly observed: number
  readonly medianSeconds: number | null
  /** Of the middle 80 %. */
  readonly spreadSeconds: number | null
  readonly earliestSeconds: number | null
  readonly latestSeconds: number | null
  /** How much submission windows differ from the schedule, and by which change. */
  readonly fromShiftSeconds: number
  readonly toShiftSeconds: number
  readonly changeId: string | null
  /** Names went, or stay, further off than submissions follow. */
  readonly beyond: boolean
  /** Names that the registry's own list has, deleted on whichever day. */
  readonly inLists: number
}

type ListDrift = Paging & {
  readonly zone?: string | undefined
  readonly registryId?: string | undefined
  /** Days, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Expected against observed, by zone and day, the newest day first. Throws Refusal('forbidden'). Rule 26. */
export async function listDrift(ctx: OperatorContext, query: ListDrift): Promise<Listed<BatchDrift>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db
    .selectFrom('batch_drift')
    .selectAll()
    .select([
      sql<string>`batch_drift.day::text`.as('on'),
      sql<number>`(select count(*)::integer from observed_drop as observed
        where observed.zone = batch_drift.zone and observed.day = batch_drift.day and kind = 'list')`.as(
        'in_lists',
      ),
    ])
  if (query.zone !== undefined) matching = matching.where('batch_drift.zone', '=', query.zone)
  if (query.registryId !== undefined)
    matching = matching.where(
      sql<boolean>`batch_drift.zone in (select name from zone where registry_id = ${query.registryId})`,
    )
  if (query.from !== undefined)
    matching = matching.where(sql<boolean>`batch_drift.day >= ${query.from}::date`)
  if (query.to !== undefined) matching = matching.where(sql<boolean>`batch_drift.day <= ${query.to}::date`)
  return readListed(
    ctx.db,
    matching.orderBy('batch_drift.day', 'desc').orderBy('batch_drift.zone'),
    query,
    (row) => ({
      zone: row.zone,
      day: row.on,
      measuredAt: row.measured_at,
      names: row.names,
      open: row.open,
      observed: row.observed,
      medianSeconds: row.median_seconds,
      spreadSeconds: row.spread_seconds,
      earliestSeconds: row.earliest_seconds,
      latestSeconds: row.latest_seconds,
      fromShiftSeconds: row.from_shift_seconds,
      toShiftSeconds: row.to_shift_seconds,
      changeId: row.change_id,
      beyond: row.beyond,
      inLists: row.in_lists,
    }),
  )
}

/** What shows when a name went. */
export type ObservedDrop = {
  readonly listingId: string
  readonly name: string
  readonly kind: ObservedKind
  readonly expectedFrom: Date
  readonly expectedTo: Date
  /** Null: nobody looked before. */
  readonly atFrom: Date | null
  readonly atTo: Date
  readonly inBatch: boolean
  readonly evidence: string
  readonly recordedAt: Date
}

type ListObserved = Paging & {
  readonly zone: string
  readonly day: string
  /** A part of the name; see `searchedAs`. */
  readonly q?: string | undefined
}

/** When the names of a zone that were expected on one local day went, in that order. Throws Refusal('forbidden'). */
export async function listObservedDrops(
  ctx: OperatorContext,
  query: ListObserved,
): Promise<Listed<ObservedDrop>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db
    .selectFrom('observed_drop')
    .innerJoin('listing', 'listing.id', 'observed_drop.listing_id')
    .selectAll('observed_drop')
    .select('listing.name')
    .where('observed_drop.zone', '=', query.zone)
    .where(sql<boolean>`observed_drop.day = ${query.day}::date`)
  if (query.q !== undefined)
    matching = matching.where('listing.name', 'like', `%${escapeLike(searchedAs(query.q))}%`)
  const sorted = matching.orderBy('at_to').orderBy('observed_drop.listing_id').orderBy('kind')
  return readListed(ctx.db, sorted, query, (row) => ({
    listingId: row.listing_id,
    name: row.name,
    kind: row.kind,
    expectedFrom: row.expected_from,
    expectedTo: row.expected_to,
    atFrom: row.at_from,
    atTo: row.at_to,
    inBatch: row.in_batch,
    evidence: row.evidence,
    recordedAt: row.recorded_at,
  }))
}
