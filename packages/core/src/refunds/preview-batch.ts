import { createHash } from 'node:crypto'
import type { RefundCause } from '@droplock/rules/machines/refund'
import { BATCH_REFUNDS_MAX, type BatchedRefund, batchText } from '@droplock/rules/refunds/batch'
import { decideApproval, type RefundReason, requireDecidableRefund } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import type { StaffRef } from '../staff/read.ts'
import { listRefunds, type RefundRow } from './read.ts'

/** Refunds by their ids, or all proposed ones that a list shows by these filters. */
export type BatchSelection =
  | { readonly ids: readonly string[] }
  | {
      readonly filter: {
        readonly cause?: RefundCause
        readonly accountId?: string
        readonly from?: Date
        readonly to?: Date
        readonly q?: string
      }
    }

type Sum = { readonly count: number; readonly amountMinor: bigint; readonly currency: string }

/** What an approval of the set would do, and the hash that it is bound to. */
export type RefundBatch = {
  readonly hash: string
  readonly refunds: readonly RefundRow[]
  readonly sums: readonly Sum[]
  readonly reasons: readonly (Sum & { readonly reasonCode: RefundReason | null })[]
  /** The largest of each currency. */
  readonly largest: readonly RefundRow[]
  readonly proposers: readonly { readonly proposer: StaffRef; readonly count: number }[]
  /** What was chosen and cannot be approved by this person, and why. */
  readonly leftOut: readonly LeftOut[]
  /** Whether more match than a batch has room for. */
  readonly hasMore: boolean
}

export type LeftOut = {
  readonly id: string
  readonly code: string
  readonly detail: string
  readonly name: string | null
  readonly amountMinor: bigint | null
  readonly currency: string | null
}

/**
 * Looks at refunds that one person wants to approve together, the oldest first. Nothing is changed. Throws Refusal: forbidden.
 * Rule 9.
 */
export async function previewRefundBatch(ctx: StaffContext, selection: BatchSelection): Promise<RefundBatch> {
  requirePermission(ctx, 'refunds:decide')
  const { items, total } = await listRefunds(ctx, {
    ...('ids' in selection ? { ids: selection.ids } : { ...selection.filter, state: 'proposed' }),
    sort: { field: 'createdAt', order: 'asc' },
    offset: 0,
    limit: BATCH_REFUNDS_MAX,
  })
  const now = await databaseTime(ctx.db)
  const judged = items.map((refund) => ({ refund, refusal: refusalOf(ctx, refund, now) }))
  const refunds = judged.flatMap(({ refund, refusal }) => (refusal === undefined ? [refund] : []))
  const missing =
    'ids' in selection ? selection.ids.filter((id) => items.every((each) => each.id !== id)) : []
  return {
    hash: batchHash(ctx, refunds),
    refunds,
    sums: sumsOf(refunds),
    reasons: [...Map.groupBy(refunds, ({ reasonCode }) => reasonCode)].flatMap(([reasonCode, group]) =>
      sumsOf(group).map((sum) => ({ ...sum, reasonCode })),
    ),
    largest: [...Map.groupBy(refunds, ({ currency }) => currency).values()].flatMap(largestOf),
    proposers: proposersOf(refunds),
    leftOut: [
      ...judged.flatMap(({ refund, refusal }) => (refusal === undefined ? [] : [leftOut(refund, refusal)])),
      ...missing.map(unknownRefund),
    ],
    hasMore: 'filter' in selection && total > BATCH_REFUNDS_MAX,
  }
}

/** In hex. Bound to the person, so that one is not led to approve what another was shown. */
export function batchHash({ actor }: StaffContext, refunds: readonly BatchedRefund[]): string {
  return createHash('sha256').update(batchText(actor.staffId, refunds), 'utf8').digest('hex')
}

/** Why this person cannot approve it now, by the rules that the approval is decided with. */
function refusalOf({ actor }: StaffContext, refund: RefundRow, now: Date): Refusal | undefined {
  const { state, cause, proposedBy, expiresAt, termsHash } = refund
  try {
    requireDecidableRefund({ state, cause, proposedBy: proposedBy?.id ?? null }, actor.staffId)
    decideApproval({ expiresAt, termsHash, seenHash: termsHash }, now)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function leftOut(
  { id, name, amountMinor, currency }: RefundRow,
  { code, message: detail }: Refusal,
): LeftOut {
  return { id, code, detail, name, amountMinor, currency }
}

function unknownRefund(id: string): LeftOut {
  return {
    id,
    code: 'refund_not_found',
    detail: 'No such refund.',
    name: null,
    amountMinor: null,
    currency: null,
  }
}

function sumsOf(refunds: readonly RefundRow[]): readonly Sum[] {
  return [...Map.groupBy(refunds, ({ currency }) => currency)].map(([currency, group]) => ({
    currency,
    count: group.length,
    amountMinor: group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  }))
}

function largestOf(group: readonly RefundRow[]): readonly RefundRow[] {
  const [first, ...rest] = group
  if (first === undefined) return []
  return [rest.reduce((most, each) => (each.amountMinor > most.amountMinor ? each : most), first)]
}

function proposersOf(refunds: readonly RefundRow[]): RefundBatch['proposers'] {
  const known = refunds.flatMap(({ proposedBy }) => (proposedBy === null ? [] : [proposedBy]))
  return [...Map.groupBy(known, ({ id }) => id).values()].flatMap((group) => {
    const [proposer] = group
    return proposer === undefined ? [] : [{ proposer, count: group.length }]
  })
}
