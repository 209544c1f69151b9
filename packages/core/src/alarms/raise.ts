import type { Context } from '../context.ts'
import { type RaiseAlarm, raiseAlarms } from './raise-all.ts'

/** Raises one alarm (`raiseAlarms`). `ctx.db` may be the transaction of its cause. */
export async function raiseAlarm(ctx: Context, alarm: RaiseAlarm): Promise<void> {
  await raiseAlarms(ctx, [alarm])
}
