import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type { PaymentMethod } from '@droplock/rules/refunds/decide-destination'
import type { RefundReason } from '@droplock/rules/refunds/decide-manual'
import { sql } from 'kysely'
import type { StaffContext } from '../context.ts'
import { type StaffRef, toStaffRef } from '../staff/ref-view.ts'
import { termsHash } from './terms-hash.ts'

/** A refund as finance sees it. */
export type RefundRow = {
  readonly id: string
  readonly paymentId: string
  readonly method: PaymentMethod
  /** What the payment was for. */
  readonly purpose: PaymentPurpose
  readonly backorderId: string | null
  readonly renewalId: string | null
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
  readonly expiresAt: Date | null
  /** Whether the destination is the one of rule 9. */
  readonly byRule: boolean
  /** Whether the customer is told what becomes of it. */
  readonly notify: boolean
  readonly retriesRefundId: string | null
  /** The refund that stands for this one since it failed, or is proposed to. */
  readonly retriedAsId: string | null
  /** What was said of the last try that did not succeed. */
  readonly failure: string | null
  /** What an approval is bound to: hand it back with the decision. */
  readonly termsHash: string
}

/** Refunds with what they are of, and who proposed and decided them. */
export function selectRefunds(ctx: StaffContext) {
  return ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .leftJoin('staff_account as proposer', 'proposer.id', 'refund.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'refund.decided_by')
}

export function withColumns(refunds: ReturnType<typeof selectRefunds>) {
  return refunds.selectAll('refund').select((eb) => [
    'payment.method',
    'payment.purpose',
    'payment.backorder_id',
    'payment.renewal_id',
    'payment.account_id',
    'account.name as account_name',
    eb.fn.coalesce('backorder.name', 'registration.name').as('name'),
    'proposer.name as proposer_name',
    'decider.name as decider_name',
    sql<string | null>`(select id from refund as retry where retry.retries_refund_id = refund.id
        and retry.state not in ('rejected', 'expired'))`.as('retried_as_id'),
  ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toRefundRow(row: Row): RefundRow {
  return {
    id: row.id,
    paymentId: row.payment_id,
    method: row.method,
    purpose: row.purpose,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    name: row.name,
    accountId: row.account_id,
    accountName: row.account_name,
    cause: row.cause,
    state: row.state,
    destination: row.destination,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reasonCode: row.reason_code,
    note: row.note,
    proposedBy: toStaffRef(row.proposed_by, row.proposer_name),
    decidedBy: toStaffRef(row.decided_by, row.decider_name),
    decisionNote: row.decision_note,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    expiresAt: row.expires_at,
    byRule: row.by_rule,
    notify: row.notify,
    retriesRefundId: row.retries_refund_id,
    retriedAsId: row.retried_as_id,
    failure: row.failure,
    termsHash: termsHash({
      refundId: row.id,
      paymentId: row.payment_id,
      accountId: row.account_id,
      amountMinor: row.amount_minor,
      currency: row.currency,
      destination: row.destination,
    }),
  }
}
