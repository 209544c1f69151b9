import type { ListingState } from '@droplock/rules/machines/listing'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type ScheduleView, selectSchedules, toScheduleView, withColumns } from './schedule-view.ts'

export type ListSchedules = Paging & {
  readonly sort?: Sorting<'name' | 'cutoffAt' | 'dropFrom' | 'state'>
  /** A part of the name, as an A-label. */
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
  name: 'listing.name',
  cutoffAt: 'listing.cutoff_at',
  dropFrom: 'listing.drop_from',
  state: 'listing.state',
} as const

/** Listings by window, soonest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listSchedules(ctx: StaffContext, query: ListSchedules): Promise<Listed<ScheduleView>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'dropFrom', order: 'asc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('listing.id', sort.order)
  return readListed(sorted, query, toScheduleView)
}

function filtered(ctx: StaffContext, query: ListSchedules) {
  let matching = selectSchedules(ctx)
  if (query.q !== undefined) matching = matching.where('listing.name', 'like', `%${escapeLike(query.q)}%`)
  if (query.zone !== undefined) matching = matching.where('listing.zone', '=', query.zone)
  if (query.registryId !== undefined) matching = matching.where('zone.registry_id', '=', query.registryId)
  if (query.state !== undefined) matching = matching.where('listing.state', '=', query.state)
  if (query.suspect !== undefined) matching = matching.where('listing.suspect', '=', query.suspect)
  if (query.held !== undefined)
    matching = matching.where('listing.holder', query.held ? 'is not' : 'is', null)
  if (query.overridden !== undefined) {
    matching = matching.where('listing.override_id', query.overridden ? 'is not' : 'is', null)
  }
  if (query.from !== undefined) matching = matching.where('listing.drop_to', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('listing.drop_from', '<=', query.to)
  return matching
}
