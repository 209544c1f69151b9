import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { withinTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

export type RaiseAlarm = {
  readonly kind: AlarmKind
  /** The id of what it is about (`alarmTable` says of what). */
  readonly subject: string
  /** What its reader should know; no secrets. */
  readonly facts?: JsonObject | undefined
}

/** An alarm that is raised again and again is written no more often than this: whoever raises it may be a loop. */
const REPEAT_SECONDS_MIN = 1

/**
 * Opens each alarm, or notes that the open one was seen again, with its newest facts. One of a kind and subject is open at a
 * time. They are written in one order everywhere, so that two who raise the same ones do not deadlock. Each that is opened is an
 * event `alarm.opened`. `ctx.db` may be the transaction of its cause.
 */
export async function raiseAlarms(ctx: Context, alarms: readonly RaiseAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  const distinct = [...new Map(alarms.map((alarm) => [`${alarm.kind} ${alarm.subject}`, alarm]))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, alarm]) => ({ ...alarm, id: ctx.newId() }))
  await withinTransaction(ctx.db, async (tx) => {
    const seen = await writeAlarms(tx, distinct)
    const opened = distinct.filter(({ id }) => seen.has(id)).map(({ id }) => id)
    await publishAll(tx, ctx, 'alarm.opened', opened)
  })
}

/** The ids of the rows that were written: of an alarm that was open already it is another than the given one. */
async function writeAlarms(
  tx: Transaction<Database>,
  alarms: readonly (RaiseAlarm & { readonly id: string })[],
): Promise<ReadonlySet<string>> {
  const values = alarms.map(
    ({ id, kind, subject, facts = {} }) =>
      sql`(${id}::uuid, ${kind}, ${subject}, ${JSON.stringify(facts)}::jsonb)`,
  )
  const { rows } = await sql<{ id: string }>`
    insert into alarm (id, kind, subject, facts, raised_at, last_seen_at)
    select id, kind, subject, facts, at, at
    from (values ${sql.join(values)}) as raised (id, kind, subject, facts), (select clock_timestamp() as at) as clock
    on conflict (kind, subject) where closed_at is null do update
      set last_seen_at = greatest(alarm.last_seen_at, excluded.last_seen_at), facts = excluded.facts
      where alarm.facts <> excluded.facts
        or alarm.last_seen_at < excluded.last_seen_at - make_interval(secs => ${REPEAT_SECONDS_MIN})
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
