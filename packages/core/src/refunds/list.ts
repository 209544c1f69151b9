import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type { RefundReason } from '@droplock/rules/refunds/decide-manual'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'

export type StaffRef = { readonly id: string; readonly name: string }

export type RefundRow = {
  readonly id: string
  readonly backorderId: string | null
  readonly name: string | null
  readonly accountId: string
  readonly accountName: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amountMinor: bigint
  readonly currency: string
  readonly reasonCode: RefundReason | null
  readonly note: string | null
  readonly proposedBy: StaffRef | null
  readonly decidedBy: StaffRef | null
  readonly decisionNote: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
}

export type ListRefunds = Paging & {
  readonly sort?: Sorting<'createdAt' | 'amount' | 'state' | 'name'>
  readonly state?: RefundState
  readonly cause?: RefundCause
  readonly q?: string
  readonly backorderId?: string
}

/** Refunds, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRefunds(ctx: StaffContext, query: ListRefunds): Promise<Listed<RefundRow>> {
  throw new Error(`not built yet ${String(ctx)} ${query.limit}`)
}

/** One refund. Throws Refusal: forbidden, refund_not_found. */
export async function getRefund(ctx: StaffContext, id: string): Promise<RefundRow> {
  throw new Error(`not built yet ${String(ctx)} ${id}`)
}
