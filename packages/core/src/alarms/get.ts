import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Alarm, selectAlarms, toAlarm, withColumns } from './alarm-view.ts'

/** One alarm, open or closed. Throws Refusal: forbidden, alarm_not_found. */
export async function getAlarm(ctx: StaffContext, id: string): Promise<Alarm> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectAlarms(ctx)).where('alarm.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('alarm_not_found', 'No such alarm.', { id })
  return toAlarm(row)
}
