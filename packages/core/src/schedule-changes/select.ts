import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { selectFacts } from '../schedule/facts.ts'

/** Which live listings a change is about; all conditions hold. */
export type ChangeFilter = {
  readonly listingIds?: readonly string[] | undefined
  /** As A-labels; `previewChange` takes them as people write them. */
  readonly names?: readonly string[] | undefined
  readonly zone?: string | undefined
  readonly registryId?: string | undefined
  /** `YYYY-MM-DD`, by the clock of each zone's registry: the day on which its window starts. */
  readonly dropDate?: string | undefined
  /** Windows that overlap [from, to]. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly state?: ListingState | undefined
  readonly held?: boolean | undefined
  readonly overridden?: boolean | undefined
  /** The listings that this earlier change skipped. */
  readonly skippedOf?: string | undefined
}

/** One of these must be given, so that a change of everything is no omission. */
const narrowing = [
  'listingIds',
  'names',
  'zone',
  'registryId',
  'dropDate',
  'from',
  'to',
  'skippedOf',
] as const

/** Throws Refusal('invalid_request') for a filter that names nothing. */
export function requireNarrowing(filter: ChangeFilter): void {
  if (narrowing.some((key) => filter[key] !== undefined)) return
  throw new Refusal('invalid_request', `A change needs one of: ${narrowing.join(', ')}.`)
}

const DAY_MS = 86_400_000

/** Time zones differ from UTC by less than this. A day of any of them lies within the date in UTC and this before and after it. */
const ZONE_OFFSET_MS_MAX = 16 * 3_600_000

/** The facts of the matching live listings, by id, after the listing `after`. */
export function selectMatching(
  db: Kysely<Database>,
  filter: ChangeFilter,
  after: string | undefined,
  limit: number,
) {
  let query = selectFacts(db)
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .where('listing.state', 'in', ['upcoming', 'open', 'closed', 'dropping'])
    .orderBy('listing.id')
    .limit(limit)
  if (after !== undefined) query = query.where('listing.id', '>', after)
  if (filter.listingIds)
    query = query.where(sql<boolean>`listing.id = any(${[...filter.listingIds]}::uuid[])`)
  if (filter.names) query = query.where(sql<boolean>`listing.name = any(${[...filter.names]}::text[])`)
  if (filter.zone !== undefined) query = query.where('listing.zone', '=', filter.zone)
  if (filter.registryId !== undefined) query = query.where('zone.registry_id', '=', filter.registryId)
  if (filter.dropDate !== undefined) {
    const utcMs = Date.parse(`${filter.dropDate}T00:00:00Z`)
    query = query
      .where('listing.drop_from', '>=', new Date(utcMs - ZONE_OFFSET_MS_MAX))
      .where('listing.drop_from', '<', new Date(utcMs + DAY_MS + ZONE_OFFSET_MS_MAX))
      .where(
        sql<boolean>`(listing.drop_from at time zone zone.drop_time_zone)::date = ${filter.dropDate}::date`,
      )
  }
  if (filter.from !== undefined) query = query.where('listing.drop_to', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('listing.drop_from', '<=', filter.to)
  if (filter.state !== undefined) query = query.where('listing.state', '=', filter.state)
  if (filter.held !== undefined) query = query.where('listing.holder', filter.held ? 'is not' : 'is', null)
  if (filter.overridden !== undefined)
    query = query.where('listing.override_id', filter.overridden ? 'is not' : 'is', null)
  if (filter.skippedOf !== undefined)
    query = query.where(
      sql<boolean>`exists (select from schedule_change_listing as earlier
        where earlier.change_id = ${filter.skippedOf}::uuid and earlier.listing_id = listing.id and earlier.result = 'skipped')`,
    )
  return query
}
