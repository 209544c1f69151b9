import { nextIfAllowed } from '@droplock/rules/machines/machine'
import { type ScheduleChangeState, scheduleChangeMachine } from '@droplock/rules/machines/schedule-change'
import { Refusal } from '@droplock/rules/refusals'
import type { Facts } from '../audit/chain.ts'
import { changeWithAudit } from '../audit/change.ts'
import { type OperatorContext, requireProof } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { databaseTime } from '../database/time.ts'
import { lockScheduleChange } from '../locks.ts'
import { madeBy } from '../schedule/change-row.ts'
import { isOfMany } from './select.ts'

/** For so long a draft can be applied: afterwards its counts say little, and it is removed a day later. Milliseconds. */
const DRAFT_MS_MAX = 12 * 3_600_000

type ApplyChange = { readonly changeId: string; readonly reason: string }

/**
 * Begins to apply a draft, or continues a stopped change. The worker applies it listing by listing (`advanceScheduleChange`); a listing
 * that has changed since the preview is skipped, and its row says what changed. Throws Refusal: forbidden,
 * step_up_required (a whole zone, registry, day or window), reason_required,
 * schedule_change_not_found, schedule_change_not_possible, try_again.
 */
export async function applyChange(
  ctx: OperatorContext,
  { changeId, reason: given }: ApplyChange,
): Promise<void> {
  const change = {
    permission: 'schedules:override',
    subject: ['schedule_change', changeId],
    reason: given,
  } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const { kind, state, filter, preview, ...earlier } = await lockScheduleChange(tx, changeId)
    if (isOfMany(filter)) requireProof(ctx, 'schedule_of_many')
    const { staffId, name } = madeBy(ctx.actor)
    const now = await databaseTime(tx)
    if (state === 'draft' && now.getTime() - earlier.made_at.getTime() > DRAFT_MS_MAX)
      throw new Refusal('schedule_change_not_possible', 'This preview is too old. Please preview again.', {
        state,
      })
    await tx
      .updateTable('schedule_change')
      .set({
        state: stateAfter(state, 'apply'),
        // A change that continues keeps who began it, and why.
        ...(state === 'draft'
          ? { made_by: staffId, made_by_name: name, reason }
          : { reason: earlier.reason }),
        applied_at: now,
        finished_at: null,
      })
      .where('id', '=', changeId)
      .execute()
    noteWork(tx)
    const facts: Facts = { kind, filter, preview }
    return { action: 'schedule_change.applied', before: { state }, after: facts }
  })
}

/** Throws Refusal('schedule_change_not_possible') where the change's state does not allow it. */
export function stateAfter(
  state: ScheduleChangeState,
  event: 'apply' | 'stop' | 'undo',
): ScheduleChangeState {
  const after = nextIfAllowed(scheduleChangeMachine, state, event)
  if (after !== undefined) return after
  throw new Refusal('schedule_change_not_possible', `This change is ${state}.`, { state })
}
