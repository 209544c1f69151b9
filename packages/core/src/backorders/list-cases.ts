import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'

/** A backorder as an operator sees it. */
export type CaseView = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly zone: string
  readonly accountId: string
  readonly accountName: string
  readonly state: BackorderState
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
  readonly securedAt: Date | null
  readonly decidedAt: Date | null
  readonly settledAt: Date | null
  readonly failureReason: FailureReason | null
  readonly expiredReason: ExpiredReason | null
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

export type ListCases = Paging & {
  readonly sort?: Sorting<'createdAt' | 'name' | 'state' | 'dropFrom' | 'price' | 'decidedAt'>
  readonly q?: string
  readonly state?: BackorderState
  readonly failureReason?: FailureReason
  readonly accountId?: string
  readonly zone?: string
  /** Windows that overlap [from, to]. */
  readonly from?: Date
  readonly to?: Date
}

/** Backorders of all customers, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listCases(ctx: StaffContext, query: ListCases): Promise<Listed<CaseView>> {
  throw new Error(`not built yet ${String(ctx)} ${query.limit}`)
}
