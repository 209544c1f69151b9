import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { StaffContext } from '../context.ts'
import { scheduleOrNull } from '../schedule/schedule-or-null.ts'

/** A listing as an operator sees it: with its holder, and with what lists say where a person moved it. */
export type ScheduleView = Schedule & {
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

export function selectSchedules(ctx: StaffContext) {
  return ctx.db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .leftJoin('account', 'account.id', 'backorder.account_id')
}

export function withColumns(listings: ReturnType<typeof selectSchedules>) {
  return listings.selectAll('listing').select(['zone.registry_id', 'account.name as holder_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toScheduleView(row: Row): ScheduleView {
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
