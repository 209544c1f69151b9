import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'

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
  readonly holderName: string | null
}

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

/** Listings by window, soonest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listSchedules(ctx: StaffContext, query: ListSchedules): Promise<Listed<ScheduleView>> {
  throw new Error(`not built yet ${String(ctx)} ${query.limit}`)
}
