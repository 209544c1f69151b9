import { Refusal } from '@droplock/rules/refusals'
import { isUndoable } from '@droplock/rules/schedule/change-actions'
import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { lockScheduleChange } from '../locks.ts'
import { madeBy } from '../schedule/change-row.ts'
import { stateAfter } from './apply.ts'

type UndoChange = { readonly changeId: string; readonly reason: string }

/**
 * Begins to undo a change, applied or stopped: the worker returns each of its listings to what lists say then. A listing that another
 * change moved since, or that drops, is skipped. An order that was accepted in between stays, even where the cut-off is past then (rule
 * 6). Throws Refusal: forbidden, reason_required, schedule_change_not_found, schedule_change_not_possible, try_again.
 */
export async function undoChange(
  ctx: OperatorContext,
  { changeId, reason: given }: UndoChange,
): Promise<void> {
  const change = {
    permission: 'schedules:override',
    subject: ['schedule_change', changeId],
    reason: given,
  } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const { state, kind } = await lockScheduleChange(tx, changeId)
    if (!isUndoable(kind))
      throw new Refusal(
        'schedule_change_not_possible',
        'Submission windows follow the drops by themselves.',
        {
          kind,
        },
      )
    const after = stateAfter(state, 'undo')
    const { staffId, name } = madeBy(ctx.actor)
    await tx
      .updateTable('schedule_change')
      .set({ state: after, undo_reason: reason, undone_by: staffId, undone_by_name: name, reached: null })
      .where('id', '=', changeId)
      .execute()
    noteWork(tx)
    return { action: 'schedule_change.undone', before: { state }, after: { state: after } }
  })
}
