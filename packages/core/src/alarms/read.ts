import { type AlarmKind, alarmKinds, alarmTable } from '@droplock/rules/alarms'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type Context, requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import type { JsonValue } from '../database/tables.gen.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

export type Alarm = {
  readonly id: string
  readonly kind: AlarmKind
  readonly subject: string
  readonly facts: JsonValue
  readonly raisedAt: Date
  readonly lastSeenAt: Date
  readonly closedAt: Date | null
  /** Null while it is open and where it was cleared automatically. */
  readonly closedBy: StaffRef | null
  readonly note: string | null
  /** Of an alarm about a catch target: the domain name and the order. */
  readonly name: string | null
  readonly backorderId: string | null
}

/** How many alarms of each kind are open. */
export async function countOpenAlarms({ db }: Context): Promise<ReadonlyMap<AlarmKind, number>> {
  const rows = await db
    .selectFrom('alarm')
    .select(['kind', (count) => count.fn.countAll<bigint>().as('open')])
    .where('closed_at', 'is', null)
    .groupBy('kind')
    .execute()
  return new Map(rows.map(({ kind, open }) => [kind, Number(open)]))
}

const targetKinds = alarmKinds.filter((kind) => alarmTable[kind].subject === 'catch_target')

// Cast inside a case, so that the ids of other kinds are never cast, and the target is found by its key.
const targetId = sql<string>`case when alarm.kind = any (${targetKinds}::text[]) then alarm.subject::uuid end`

/** Alarms with their catch target and the person who closed them. */
function selectAlarms(ctx: StaffContext) {
  return ctx.db
    .selectFrom('alarm')
    .leftJoin('catch_target', (join) => join.on('catch_target.id', '=', targetId))
    .leftJoin('staff_account as closer', 'closer.id', 'alarm.closed_by')
}

function withColumns(alarms: ReturnType<typeof selectAlarms>) {
  return alarms
    .selectAll('alarm')
    .select(['catch_target.name as domain', 'catch_target.backorder_id', 'closer.name as closer_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toAlarm(row: Row): Alarm {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    facts: row.facts,
    raisedAt: row.raised_at,
    lastSeenAt: row.last_seen_at,
    closedAt: row.closed_at,
    closedBy: toStaffRef(row.closed_by, row.closer_name),
    note: row.note,
    name: row.domain,
    backorderId: row.backorder_id,
  }
}

/** One alarm, open or closed. Throws Refusal: forbidden, alarm_not_found. */
export async function getAlarm(ctx: StaffContext, id: string): Promise<Alarm> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectAlarms(ctx)).where('alarm.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('alarm_not_found', 'No such alarm.', { id })
  return toAlarm(row)
}

type ListAlarms = Paging & {
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
  return readListed(ctx.db, sorted.orderBy('alarm.id'), query, toAlarm)
}

const urgentKinds = alarmKinds.filter((kind) => alarmTable[kind].severity === 'urgent')
const isUrgent = sql<boolean>`alarm.kind = any (${urgentKinds}::text[])`
