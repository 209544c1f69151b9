import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { lockScheduleChange } from '../locks.ts'
import { stateAfter } from './apply.ts'

type StopChange = { readonly changeId: string; readonly reason: string }

/**
 * Stops a change that is being applied: the listings that it has reached keep their new schedule, the others their old one. Waits for
 * the batch under way. Throws Refusal: forbidden, reason_required, schedule_change_not_found, schedule_change_not_possible, try_again.
 */
export async function stopChange(ctx: OperatorContext, { changeId, reason }: StopChange): Promise<void> {
  const change = { permission: 'schedules:override', subject: ['schedule_change', changeId], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { state } = await lockScheduleChange(tx, changeId)
    const after = stateAfter(state, 'stop')
    await tx
      .updateTable('schedule_change')
      .set({ state: after, finished_at: await databaseTime(tx) })
      .where('id', '=', changeId)
      .execute()
    return { action: 'schedule_change.stopped', before: { state }, after: { state: after } }
  })
}
