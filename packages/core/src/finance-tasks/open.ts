import type { FinanceTaskKind } from '@droplock/rules/finance/task-actions'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

export type OpenFinanceTask = {
  readonly kind: FinanceTaskKind
  /** The refund or payment that a person has to look at. */
  readonly subjectId: string
  readonly detail: string
}

/** Tells finance, in the transaction of its cause. One open task of a kind for a subject: a repeat adds none. */
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
