import type { Context } from '../context.ts'
import type { ClearAlarm } from './clear.ts'

/** Whether a person has closed such an alarm at or after `since`: somebody has looked, and what had stopped may try again. */
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
