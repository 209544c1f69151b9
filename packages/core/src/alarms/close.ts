import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { Context, StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { publish } from '../events/publish.ts'
import type { ClearAlarm } from './raise.ts'

/**
 * Closes an alarm that a person has dealt with; the note says how. While its cause lasts, it is raised again.
 * Throws Refusal: forbidden, reason_required, alarm_not_found, alarm_closed, try_again.
 */
export async function closeAlarm(ctx: StaffContext, id: string, note: string): Promise<void> {
  const change = { permission: 'alarms:close', subject: ['alarm', id], reason: note } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const alarm = await tx
      .selectFrom('alarm')
      .select(['kind', 'subject', 'closed_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (alarm === undefined) throw new Refusal('alarm_not_found', 'No such alarm.', { id })
    if (alarm.closed_at !== null) throw new Refusal('alarm_closed', 'It was closed before.')
    await tx
      .updateTable('alarm')
      .set({ closed_at: await databaseTime(tx), closed_by: ctx.actor.staffId, note: reason })
      .where('id', '=', id)
      .execute()
    await publish(tx, ctx, 'alarm.closed', id)
    return { action: 'alarm.closed', before: { kind: alarm.kind, subject: alarm.subject } }
  })
}

/** Whether a person has closed such an alarm at or after `since`, so that what had stopped may try again. */
export async function wasClosedByPerson(
  ctx: Context,
  { kind, subject }: ClearAlarm,
  since: Date,
): Promise<boolean> {
  const closed = await ctx.db
    .selectFrom('alarm')
    .select('id')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('closed_at', '>=', since)
    .where('closed_by', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return closed !== undefined
}
