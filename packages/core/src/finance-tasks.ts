import { type FinanceTaskKind, isClosedByNote } from '@droplock/rules/finance-tasks'
import type { RefundDestination } from '@droplock/rules/machines/refund'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { changeWithAudit } from './audit/change.ts'
import { type Context, requirePermission, type StaffContext } from './context.ts'
import { type Listed, type Paging, readListed } from './database/page.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { type StaffRef, toStaffRef } from './staff/read.ts'

/** A task of finance, about a refund or a payment. */
export type FinanceTask = {
  readonly id: string
  readonly kind: FinanceTaskKind
  readonly subjectId: string
  readonly detail: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  /** Null where the service closed it, because it had resolved itself. */
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
  /** A retry of the failed refund waits for a second person. */
  readonly isRetryProposed: boolean
}

/** Tasks with the payment and the order they are about. */
function selectTasks(ctx: StaffContext) {
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

function withColumns(tasks: ReturnType<typeof selectTasks>) {
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

function toFinanceTask(row: Row): FinanceTask {
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

/** One task, open or closed. Throws Refusal: forbidden, finance_task_not_found. */
export async function getFinanceTask(ctx: StaffContext, id: string): Promise<FinanceTask> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectTasks(ctx)).where('finance_task.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('finance_task_not_found', 'No such task.', { id })
  return toFinanceTask(row)
}

type ListFinanceTasks = Paging & {
  /** Left out: open. */
  readonly state?: 'open' | 'closed'
  readonly kind?: FinanceTaskKind
  readonly accountId?: string
  /** Those about one payment, or a refund of it. */
  readonly paymentId?: string
}

/** Open tasks, oldest first, or closed ones, newest first. Throws Refusal('forbidden'). */
export async function listFinanceTasks(
  ctx: StaffContext,
  query: ListFinanceTasks,
): Promise<Listed<FinanceTask>> {
  requirePermission(ctx, 'money:read')
  const isClosed = query.state === 'closed'
  const sorted = withColumns(filtered(ctx, query))
    .where('finance_task.closed_at', isClosed ? 'is not' : 'is', null)
    .orderBy(isClosed ? 'finance_task.closed_at' : 'finance_task.opened_at', isClosed ? 'desc' : 'asc')
    .orderBy('finance_task.id')
  return readListed(ctx.db, sorted, query, toFinanceTask)
}

function filtered(ctx: StaffContext, { kind, accountId, paymentId }: ListFinanceTasks) {
  let matching = selectTasks(ctx)
  if (kind !== undefined) matching = matching.where('finance_task.kind', '=', kind)
  if (accountId !== undefined) matching = matching.where('payment.account_id', '=', accountId)
  if (paymentId !== undefined) matching = matching.where('payment.id', '=', paymentId)
  return matching
}

type OpenFinanceTask = {
  readonly kind: FinanceTaskKind
  /** The id of the refund or payment. */
  readonly subjectId: string
  readonly detail: string
}

/** Opens a task for finance, in the transaction of its cause. A subject has one open task of a kind: a repeat adds none. */
export async function openFinanceTask(
  tx: Transaction<Database>,
  ctx: Context,
  { kind, subjectId, detail }: OpenFinanceTask,
): Promise<void> {
  await sql`
    insert into finance_task (id, kind, subject_id, detail, opened_at)
    values (${ctx.newId()}, ${kind}, ${subjectId}, ${detail}, clock_timestamp())
    on conflict (kind, subject_id) where closed_at is null do nothing`.execute(tx)
}

/** Closes a task that has resolved itself, or was resolved by what the person `by` did. */
export async function resolveFinanceTask(
  tx: Transaction<Database>,
  kind: FinanceTaskKind,
  subjectId: string,
  note: string,
  by?: string,
): Promise<void> {
  await tx
    .updateTable('finance_task')
    .set({ closed_at: await databaseTime(tx), closed_by: by ?? null, note })
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where('closed_at', 'is', null)
    .execute()
}

/**
 * Closes a task with a note of how a person resolved it. A failed refund is resolved by retrying it, which closes its task. Throws
 * Refusal: forbidden, reason_required, finance_task_not_found, finance_task_closed, finance_task_not_closable, try_again.
 */
export async function closeFinanceTask(ctx: StaffContext, id: string, note: string): Promise<void> {
  const change = { permission: 'tasks:close', subject: ['finance_task', id], reason: note } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const task = await tx
      .selectFrom('finance_task')
      .select(['kind', 'subject_id', 'closed_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (task === undefined) throw new Refusal('finance_task_not_found', 'No such task.', { id })
    const { closed_at: closedAt, ...before } = task
    if (closedAt !== null) throw new Refusal('finance_task_closed', 'It was closed before.')
    if (!isClosedByNote(task.kind)) {
      throw new Refusal('finance_task_not_closable', 'A failed refund is owed until it is retried.', {
        kind: task.kind,
      })
    }
    await tx
      .updateTable('finance_task')
      .set({ closed_at: await databaseTime(tx), closed_by: ctx.actor.staffId, note: reason })
      .where('id', '=', id)
      .execute()
    return { action: 'finance_task.closed', before }
  })
}
