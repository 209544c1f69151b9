import type { OutcomeBasis } from '@droplock/rules/drop/outcome-basis'
import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { refundableMinor } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { refundedMinor } from '../refunds/refunded.ts'
import type { RemovedAttempts } from './attempts.ts'
import { type CaseView, selectCases, toCaseView, withColumns } from './case-view.ts'
import { readTimeline } from './read-timeline.ts'
import type { TimelineEntry } from './timeline-view.ts'

export type Case = CaseView & {
  readonly target: TargetView | null
  /** The payment that secured it. */
  readonly paymentId: string | null
  /** Captured by the payment that secured it, minor units. */
  readonly capturedMinor: bigint
  /** What a person may still refund, minor units; 0 while undecided. */
  readonly refundableMinor: bigint
  /** In time order. Of the EPP attempts the last ones; `attemptsTotal` tells how many there were, kept or removed. */
  readonly timeline: readonly TimelineEntry[]
  readonly attemptsTotal: number
  readonly attemptsRemoved: RemovedAttempts | null
}

export type TargetView = {
  readonly id: string
  readonly state: CatchTargetState
  readonly registryId: string
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly graceUntil: Date
  readonly decidedCode: number | null
  readonly decidedBasis: OutcomeBasis | null
  readonly holderClid: string | null
  readonly priorClid: string | null
  readonly priorCrDate: Date | null
}

/** One backorder with all that happened to it. Throws Refusal: forbidden, backorder_not_found. */
export async function getCase(ctx: StaffContext, id: string): Promise<Case> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectCases(ctx)).where('backorder.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const view = toCaseView(row)
  const target = await readTarget(ctx, id)
  const history = await readTimeline(ctx.db, view, target?.id)
  return { ...view, target, ...(await readMoney(ctx, view)), ...history }
}

async function readTarget(ctx: StaffContext, backorderId: string): Promise<TargetView | null> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  if (target === undefined) return null
  return {
    id: target.id,
    state: target.state,
    registryId: target.registry_id,
    dropFrom: target.drop_from,
    dropTo: target.drop_to,
    graceUntil: target.grace_until,
    decidedCode: target.decided_code,
    decidedBasis: target.decided_basis,
    holderClid: target.holder_clid,
    priorClid: target.prior_clid,
    priorCrDate: target.prior_cr_date,
  }
}

async function readMoney(ctx: StaffContext, { id, state }: CaseView) {
  const payment = await ctx.db
    .selectFrom('payment')
    .select(['id', 'state', 'purpose', 'captured_minor'])
    .where('backorder_id', '=', id)
    .where('secures', '=', true)
    .executeTakeFirst()
  if (payment === undefined) return { paymentId: null, capturedMinor: 0n, refundableMinor: 0n }
  const facts = {
    purpose: payment.purpose,
    paymentState: payment.state,
    secures: true,
    backorderState: state,
    capturedMinor: payment.captured_minor,
    refundedMinor: await refundedMinor(ctx.db, payment.id),
  }
  return {
    paymentId: payment.id,
    capturedMinor: facts.capturedMinor,
    refundableMinor: refundableMinor(facts),
  }
}
