import type { Schedule } from '@droplock/rules/listings'
import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import type { ScheduleActionKind } from '@droplock/rules/schedule/change'
import { type Kysely, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { nameContains, overlaps } from '../listings/filters.ts'
import { searchedAs } from '../name-as-written.ts'

/** A listing as an operator sees it, with its holder; where an operator moved it, also with what lists say. */
type ScheduleView = Schedule & {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly registryId: string
  readonly cycle: number
  readonly state: ListingState
  readonly version: number
  readonly premium: boolean
  readonly reserved: boolean
  readonly suspect: boolean
  readonly opensAt: Date
  readonly endedAt: Date | null
  readonly overridden: boolean
  readonly listed: Schedule | null
  readonly backorderId: string | null
  /** The holding account's name. */
  readonly holderName: string | null
}

function selectSchedules(ctx: StaffContext) {
  return ctx.db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .leftJoin('account', 'account.id', 'backorder.account_id')
}

function withColumns(listings: ReturnType<typeof selectSchedules>) {
  return listings.selectAll('listing').select(['zone.registry_id', 'account.name as holder_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toScheduleView(row: Row): ScheduleView {
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    registryId: row.registry_id,
    cycle: row.cycle,
    state: row.state,
    version: row.version,
    premium: row.premium,
    reserved: row.reserved,
    suspect: row.suspect,
    opensAt: row.opens_at,
    cutoffAt: row.cutoff_at,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
    endedAt: row.ended_at,
    overridden: row.override_id !== null,
    listed: scheduleOrNull(row.listed_cutoff_at, row.listed_drop_from, row.listed_drop_to),
    backorderId: row.holder,
    holderName: row.holder_name,
  }
}

export type ScheduleCase = ScheduleView & { readonly overrides: readonly OverrideView[] }

/** One listing with the history of its overrides, newest first. Throws Refusal: forbidden, listing_not_found. */
export async function getSchedule(ctx: StaffContext, id: string): Promise<ScheduleCase> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectSchedules(ctx)).where('listing.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  const overrides = await listOverrides(ctx.db, id)
  return { ...toScheduleView(row), overrides: overrides.toReversed() }
}

type ListSchedules = Paging & {
  readonly sort?: Sorting<'name' | 'dropFrom'>
  /** See `nameContains`. */
  readonly q?: string
  readonly zone?: string
  readonly registryId?: string
  readonly state?: ListingState
  readonly held?: boolean
  readonly overridden?: boolean
  readonly suspect?: boolean
  /** Windows that overlap [from, to]. */
  readonly from?: Date
  readonly to?: Date
}

const columns = {
  name: ['listing.name', 'listing.cycle'],
  dropFrom: ['listing.drop_from', 'listing.id'],
} as const

/**
 * Listings by window, soonest first unless asked otherwise. They are sorted by what has an index: by state or cut-off one filters, or
 * finds the same order by window. Throws Refusal('forbidden').
 */
export async function listSchedules(ctx: StaffContext, query: ListSchedules): Promise<Listed<ScheduleView>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'dropFrom', order: 'asc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field][0], sort.order)
    .orderBy(columns[sort.field][1], sort.order)
  const countsInOrder = sort.field === 'dropFrom' && (query.from ?? query.to) !== undefined
  return readListed(ctx.db, sorted, query, toScheduleView, { countsInOrder })
}

function filtered(ctx: StaffContext, query: ListSchedules) {
  let matching = selectSchedules(ctx)
  if (query.q !== undefined) matching = matching.where(nameContains(searchedAs(query.q)))
  if (query.zone !== undefined) matching = matching.where('listing.zone', '=', query.zone)
  if (query.registryId !== undefined) matching = matching.where('zone.registry_id', '=', query.registryId)
  // Written out, so that partial indexes are used.
  if (query.state !== undefined)
    matching = matching.where(sql<boolean>`listing.state = ${sql.lit(query.state)}`)
  if (query.suspect !== undefined)
    matching = matching.where(
      query.suspect ? sql<boolean>`listing.suspect` : sql<boolean>`not listing.suspect`,
    )
  if (query.held !== undefined)
    matching = matching.where('listing.holder', query.held ? 'is not' : 'is', null)
  if (query.overridden !== undefined) {
    matching = matching.where('listing.override_id', query.overridden ? 'is not' : 'is', null)
  }
  for (const condition of overlaps(query)) matching = matching.where(condition)
  return matching
}

export type OverrideView = {
  readonly id: string
  /** The change that it is a part of; null of one that is older than changes of many listings. */
  readonly changeId: string | null
  readonly kind: ScheduleActionKind
  readonly before: Schedule
  readonly after: Schedule
  readonly reason: string
  readonly appliedBy: string
  readonly appliedAt: Date
  /** When another override replaced it. */
  readonly replacedAt: Date | null
  readonly undoneBy: string | null
  readonly undoneAt: Date | null
  readonly undoReason: string | null
  /** What undoing returned to: what lists said then. */
  readonly returnedTo: Schedule | null
}

/** A listing's overrides, oldest first, with the names of the people who applied and undid them. */
export async function listOverrides(
  db: Kysely<Database>,
  listingId: string,
): Promise<readonly OverrideView[]> {
  const rows = await db
    .selectFrom('schedule_override')
    .leftJoin('staff_account as applier', 'applier.id', 'schedule_override.applied_by')
    .leftJoin('schedule_change', 'schedule_change.id', 'schedule_override.change_id')
    .leftJoin('staff_account as undoer', 'undoer.id', 'schedule_override.undone_by')
    .selectAll('schedule_override')
    .select([
      'applier.name as applier_name',
      'undoer.name as undoer_name',
      'schedule_change.kind',
      'schedule_change.made_by_name',
    ])
    .where('listing_id', '=', listingId)
    .orderBy('applied_at')
    .orderBy('schedule_override.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    before: { cutoffAt: row.cutoff_before, dropFrom: row.drop_from_before, dropTo: row.drop_to_before },
    after: { cutoffAt: row.cutoff_at, dropFrom: row.drop_from, dropTo: row.drop_to },
    reason: row.reason,
    changeId: row.change_id,
    // What follows drift overrides nothing.
    kind: row.kind === null || row.kind === 'drift' ? 'window' : row.kind,
    appliedBy: row.applier_name ?? row.made_by_name ?? 'droplock',
    appliedAt: row.applied_at,
    replacedAt: row.replaced_at,
    undoneBy: row.undoer_name ?? row.undone_by_name,
    undoneAt: row.undone_at,
    undoReason: row.undo_reason,
    returnedTo: scheduleOrNull(row.cutoff_returned_to, row.drop_from_returned_to, row.drop_to_returned_to),
  }))
}

/** A schedule from columns that are all set or all null. */
export function scheduleOrNull(
  cutoffAt: Date | null,
  dropFrom: Date | null,
  dropTo: Date | null,
): Schedule | null {
  return cutoffAt === null || dropFrom === null || dropTo === null ? null : { cutoffAt, dropFrom, dropTo }
}
