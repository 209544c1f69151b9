import { type AlarmKind, alarmKinds, alarmTable } from '@droplock/rules/alarms/kinds'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type Alarm, selectAlarms, toAlarm, withColumns } from './alarm-view.ts'

export type ListAlarms = Paging & {
  /** The open ones by default. */
  readonly state?: 'open' | 'closed'
  readonly kind?: AlarmKind
}

/** The open alarms, urgent ones first and then the oldest; or the closed ones, the newest first. Throws Refusal('forbidden'). */
export async function listAlarms(ctx: StaffContext, query: ListAlarms): Promise<Listed<Alarm>> {
  requirePermission(ctx, 'console:read')
  const isClosed = query.state === 'closed'
  let matching = withColumns(selectAlarms(ctx)).where('alarm.closed_at', isClosed ? 'is not' : 'is', null)
  if (query.kind !== undefined) matching = matching.where('alarm.kind', '=', query.kind)
  const sorted = isClosed
    ? matching.orderBy('alarm.closed_at', 'desc')
    : matching.orderBy(isUrgent, 'desc').orderBy('alarm.raised_at')
  return readListed(sorted.orderBy('alarm.id'), query, toAlarm)
}

const urgentKinds = alarmKinds.filter((kind) => alarmTable[kind].severity === 'urgent')
const isUrgent = sql<boolean>`alarm.kind = any (${urgentKinds}::text[])`
