import type { FinanceTaskKind } from '@droplock/rules/finance/task-actions'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'

/** Closes a task because what it asked for has come about; `by` is the person who did it, if one did. */
export async function settleFinanceTask(
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
