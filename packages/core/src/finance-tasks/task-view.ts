import type { FinanceTaskKind } from '@droplock/rules/finance/task-actions'
import type { RefundDestination } from '@droplock/rules/machines/refund'
import { sql } from 'kysely'
import type { StaffContext } from '../context.ts'
import { type StaffRef, toStaffRef } from '../staff/ref-view.ts'

/** Something that finance has to look at: its age is `openedAt`. What it is about is a refund, or a payment. */
export type FinanceTask = {
  readonly id: string
  readonly kind: FinanceTaskKind
  readonly subjectId: string
  readonly detail: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  /** Nobody where the service closed it because what it asked for came about. */
  readonly closedBy: StaffRef | null
  readonly note: string | null
  readonly refundId: string | null
  readonly paymentId: string | null
  readonly accountId: string | null
  readonly accountName: string | null
  readonly backorderId: string | null
  /** The domain name that was ordered. */
  readonly name: string | null
  /** Of the refund, or of the payment; minor units. */
  readonly amountMinor: bigint | null
  readonly currency: string | null
  readonly destination: RefundDestination | null
  /** Another try of the failed refund waits for a second person. */
  readonly isRetryProposed: boolean
}

/** Tasks with what they are about. */
export function selectTasks(ctx: StaffContext) {
  return ctx.db
    .selectFrom('finance_task')
    .leftJoin('refund', 'refund.id', 'finance_task.subject_id')
    .leftJoin('payment', (join) =>
      join.on('payment.id', '=', sql<string>`coalesce(refund.payment_id, finance_task.subject_id)`),
    )
    .leftJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .leftJoin('staff_account as closer', 'closer.id', 'finance_task.closed_by')
}

export function withColumns(tasks: ReturnType<typeof selectTasks>) {
  return tasks
    .selectAll('finance_task')
    .select((eb) => [
      'refund.id as refund_id',
      'refund.destination',
      'payment.id as payment_id',
      'payment.account_id',
      'payment.backorder_id',
      'account.name as account_name',
      'backorder.name as domain',
      'closer.name as closer_name',
      eb.fn.coalesce('refund.amount_minor', 'payment.amount_minor').as('amount_minor'),
      eb.fn.coalesce('refund.currency', 'payment.currency').as('currency'),
      eb
        .exists(
          eb
            .selectFrom('refund as retry')
            .select(sql`1`.as('one'))
            .whereRef('retry.retries_refund_id', '=', 'refund.id')
            .where('retry.state', '=', 'proposed'),
        )
        .as('is_retry_proposed'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toFinanceTask(row: Row): FinanceTask {
  return {
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    detail: row.detail,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    closedBy: toStaffRef(row.closed_by, row.closer_name),
    note: row.note,
    refundId: row.refund_id,
    paymentId: row.payment_id,
    accountId: row.account_id,
    accountName: row.account_name,
    backorderId: row.backorder_id,
    name: row.domain,
    amountMinor: row.amount_minor,
    currency: row.currency,
    destination: row.destination,
    isRetryProposed: Boolean(row.is_retry_proposed),
  }
}
