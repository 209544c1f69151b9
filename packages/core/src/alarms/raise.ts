import type { AlarmKind } from '@droplock/rules/alarms'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { withinTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

export type RaiseAlarm = {
  readonly kind: AlarmKind
  /** The id of what it is about; `alarmTable` says of what. */
  readonly subject: string
  /** What its reader should know. No secrets. */
  readonly facts?: JsonObject | undefined
}

/** An alarm that is raised repeatedly, perhaps in a loop, is written no more often than this. */
const REPEAT_SECONDS_MIN = 1

/**
 * Opens each alarm, or updates the open one with the time and the newest facts. At most one alarm of a kind and subject is open.
 * They are always written in the same order, so that two processes that raise the same ones do not deadlock. Each opened alarm
 * publishes an event `alarm.opened`. `ctx.db` may be the transaction of its cause.
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

/** The ids of the rows that were written; the id of an alarm that was open before is not the given one. */
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

export type ClearAlarm = { readonly kind: AlarmKind; readonly subject: string }

/**
 * Clears alarms whose cause has ended; each publishes an event `alarm.closed`. Where none is open nothing happens. `ctx.db` may be the
 * transaction that ended the cause.
 */
export async function clearAlarms(ctx: Context, alarms: readonly ClearAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  const kinds = alarms.map(({ kind }) => kind)
  const subjects = alarms.map(({ subject }) => subject)
  await closeOpen(ctx, sql`(kind, subject) in (select * from unnest(${kinds}::text[], ${subjects}::text[]))`)
}

/**
 * Sets the open alarms of a kind to what a sweep found: these are raised, the others are cleared. Do not call it after a sweep that
 * failed: an empty result means that there is no cause.
 */
export async function followAlarms(
  ctx: Context,
  kind: AlarmKind,
  found: readonly Omit<RaiseAlarm, 'kind'>[],
): Promise<void> {
  await raiseAlarms(
    ctx,
    found.map((alarm) => ({ ...alarm, kind })),
  )
  const subjects = found.map(({ subject }) => subject)
  await closeOpen(ctx, sql`kind = ${kind} and not (subject = any (${subjects}::text[]))`)
}

/**
 * Closes the open alarms that meet the condition, locked in the order in which `raiseAlarms` writes them. Sweeps call it every few
 * seconds and mostly find none: then there is no transaction.
 */
async function closeOpen(ctx: Context, condition: RawBuilder<unknown>): Promise<void> {
  if (!(await isAnyOpen(ctx, condition))) return
  await withinTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
    with gone as (
      select id from alarm where closed_at is null and ${condition}
      order by kind || ' ' || subject collate "C" for update)
    update alarm set closed_at = greatest(clock_timestamp(), raised_at) from gone where alarm.id = gone.id
    returning alarm.id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'alarm.closed',
      rows.map(({ id }) => id),
    )
  })
}

async function isAnyOpen(ctx: Context, condition: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql`select from alarm where closed_at is null and ${condition} limit 1`.execute(
    ctx.db,
  )
  return rows.length > 0
}

/** Records that a worker has completed all its sweeps, and clears the alarm `worker_stopped`. */
export async function recordHeartbeat(ctx: Context): Promise<void> {
  const { kind, subject } = workerStopped
  const { rows } = await sql`
    with heartbeat as (
      insert into worker_heartbeat (at) values (clock_timestamp())
      on conflict (id) do update set at = greatest(worker_heartbeat.at, excluded.at)
    )
    select from alarm where kind = ${kind} and subject = ${subject} and closed_at is null`.execute(ctx.db)
  if (rows.length > 0) await clearAlarms(ctx, [workerStopped])
}

export const workerStopped = { kind: 'worker_stopped', subject: 'worker' } as const
