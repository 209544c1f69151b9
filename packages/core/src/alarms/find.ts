import type { AlarmKind } from '@droplock/rules/alarms'
import { type RawBuilder, sql } from 'kysely'
import { type AuditVerification, verifyAuditChain } from '../audit/verify.ts'
import type { Context } from '../context.ts'
import { clearAlarms, type RaiseAlarm, raiseAlarms, workerStopped } from './raise.ts'

/**
 * The alarm `worker_stopped`, where no worker has completed its sweeps for `silentMsMax`. Where no worker has ever run there is none.
 * `recordHeartbeat` clears it.
 */
export async function findStoppedWorker(ctx: Context, silentMsMax: number): Promise<readonly RaiseAlarm[]> {
  const { rows } = await sql<{ at: Date }>`
    select at from worker_heartbeat where at < statement_timestamp() - ${silentMsMax} * interval '1 millisecond'`.execute(
    ctx.db,
  )
  return rows.map(({ at }) => ({ ...workerStopped, facts: { lastSeenAt: at.toISOString() } }))
}

/** Alarms raised for one cause: enough to read. */
export const TARGETS_MAX = 200

type FoundTarget = {
  readonly id: string
  readonly name: string
  readonly registry: string
  readonly state: string
  readonly dropFrom: Date
  readonly graceUntil: Date
}

/**
 * The undecided targets that cause alarms of this kind: the first `TARGETS_MAX` by `first`, and all whose alarm is open, so that an
 * alarm is cleared when its own cause has ended and not because other targets come first.
 */
async function findTargets(
  ctx: Context,
  kind: AlarmKind,
  isCause: RawBuilder<unknown>,
  first: 'drop_from' | 'grace_until',
): Promise<readonly FoundTarget[]> {
  const { rows } = await sql<FoundTarget>`
    select id, name, registry_id as registry, state, drop_from as "dropFrom", grace_until as "graceUntil"
    from (select *, row_number() over (order by ${sql.ref(first)}, id) as place from catch_target
      where state in ('armed', 'firing', 'ambiguous', 'awaiting_award') and ${isCause}) as target
    where place <= ${TARGETS_MAX}
      or exists (select from alarm where kind = ${kind} and subject = target.id::text and closed_at is null)
    order by place`.execute(ctx.db)
  return rows
}

/**
 * The undecided targets at whose registry we have no account, so that no catcher can create them, as alarms `target_uncaught`. If
 * there are many, those that drop first (see `findTargets`). For an account without a catcher see `findUnheldLeases`.
 */
export async function findUncaughtTargets(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const isCause = sql`not exists (
    select from registry_account as account where account.registry_id = catch_target.registry_id)`
  const targets = await findTargets(ctx, 'target_uncaught', isCause, 'drop_from')
  return targets.map(({ id, name, registry, dropFrom }) => ({
    subject: id,
    facts: { name, registry, dropFrom: dropFrom.toISOString() },
  }))
}

/**
 * The targets that are still undecided `afterMs` after the end of their grace, as alarms `target_undecided`. If there are many, those
 * whose grace ended first (see `findTargets`).
 */
export async function findUndecidedTargets(
  ctx: Context,
  afterMs: number,
): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const isCause = sql`grace_until < statement_timestamp() - ${afterMs} * interval '1 millisecond'`
  const targets = await findTargets(ctx, 'target_undecided', isCause, 'grace_until')
  return targets.map(({ id, name, state, graceUntil }) => ({
    subject: id,
    facts: { name, state, graceUntil: graceUntil.toISOString() },
  }))
}

/** A name that drops within this time may be lost where no catcher runs. An hour is enough for a person to act. */
export const NEAR_SECONDS = 3_600

/**
 * The registry accounts with undecided targets whose window is near or past and whose lease no catcher holds, by the database's clock,
 * as alarms `lease_unheld`.
 */
export async function findUnheldLeases(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ id: string; targets: bigint; firstDropAt: Date }>`
    select account.id, count(*) as targets, min(target.drop_from) as "firstDropAt"
    from registry_account as account join catch_target as target on target.registry_id = account.registry_id
    where target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
      and target.drop_from <= statement_timestamp() + make_interval(secs => ${NEAR_SECONDS})
      and (account.lease_expires_at is null or account.lease_expires_at <= statement_timestamp())
    group by account.id`.execute(ctx.db)
  return rows.map(({ id, targets, firstDropAt }) => ({
    subject: id,
    facts: { targets: Number(targets), firstDropAt: firstDropAt.toISOString() },
  }))
}

/** A suspect that drops within this time and has a holder is an alarm: enough for a person to ask the registry. 6 hours. */
export const UNCONFIRMED_NEAR_SECONDS = 21_600

/**
 * The names with a holder that left their list and drop soon, and about which nothing is known yet, as alarms `suspect_unconfirmed`.
 * If there are many, those that drop first.
 */
export async function findUnconfirmedSuspects(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{
    id: string
    name: string
    dropFrom: Date
    attempts: number
    last: string | null
  }>`
    select listing.id, listing.name, drop_from as "dropFrom", coalesce(attempts, 0) as attempts,
      (select finding from confirmation_answer where listing_id = listing.id order by asked_at desc limit 1) as last
    from listing left join confirmation on confirmation.listing_id = listing.id
    where suspect and holder is not null and state in ('upcoming', 'open', 'closed')
      and drop_from <= statement_timestamp() + make_interval(secs => ${UNCONFIRMED_NEAR_SECONDS})
    order by drop_from, listing.id limit ${TARGETS_MAX}`.execute(ctx.db)
  return rows.map(({ id, name, dropFrom, attempts, last }) => ({
    subject: id,
    facts: { name, dropFrom: dropFrom.toISOString(), attempts, ...(last !== null && { lastAnswer: last }) },
  }))
}

const alarm = { kind: 'audit_chain_broken', subject: 'audit' } as const

/** Breaks that the alarm lists; the others are counted. */
const BREAKS_NAMED_MAX = 10

/** Verifies the whole audit chain. A break is an alarm as long as it is found. */
export async function checkAuditChain(ctx: Context): Promise<AuditVerification> {
  const found = await verifyAuditChain(ctx.db)
  if (found.breaksTotal === 0) {
    await clearAlarms(ctx, [alarm])
    return found
  }
  const first = found.breaks.slice(0, BREAKS_NAMED_MAX).map(({ seq, fault }) => `${seq} ${fault}`)
  await raiseAlarms(ctx, [{ ...alarm, facts: { breaks: found.breaksTotal, first: first.join(', ') } }])
  return found
}
