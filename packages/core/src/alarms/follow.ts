import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { closeOpen } from './close-open.ts'
import { type RaiseAlarm, raiseAlarms } from './raise.ts'

/**
 * Brings the open alarms of a kind in line with what a sweep found: those found are raised, the others close by themselves.
 * A sweep that could not look must not call it: nothing found means that all is well. One that looks at some subjects only names
 * them (`among`), and closes no others.
 */
export async function followAlarms(
  ctx: Context,
  kind: AlarmKind,
  found: readonly Omit<RaiseAlarm, 'kind'>[],
  among?: readonly string[],
): Promise<void> {
  await raiseAlarms(
    ctx,
    found.map((alarm) => ({ ...alarm, kind })),
  )
  const subjects = found.map(({ subject }) => subject)
  const looked = among === undefined ? sql`true` : sql`subject = any (${among}::text[])`
  await closeOpen(ctx, sql`kind = ${kind} and ${looked} and not (subject = any (${subjects}::text[]))`)
}
