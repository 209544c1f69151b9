import type { AlarmKind } from '@droplock/rules/alarms'
import { UNANSWERED_MS } from '@droplock/rules/disputes/answer'
import { type RawBuilder, sql } from 'kysely'
import { NEAR_SECONDS, UNCONFIRMED_NEAR_SECONDS } from './alarms/find.ts'
import type { Context } from './context.ts'
import { readPlannedOnce } from './database/planned-once.ts'
import { SILENT_MS_MAX } from './lists/fail.ts'
import { isBehindAnother, isWithheld } from './member-mails/internal.ts'
import { isHoldUnnoticed, lapsingAt } from './notices.ts'

type Asked = {
  /** The payment provider that is asked by this process. Left out: none is. */
  readonly provider?: string | undefined
  /** The kinds of receivers that this process sends to. */
  readonly receiverKinds: readonly string[]
  /** Whether it can sign for accounts' endpoints. Left out: it can. */
  readonly signsForAccounts?: boolean
  /** Whether it sends mails to people of accounts. */
  readonly mailsMembers?: boolean
  /** See `findUndecidedTargets`. Milliseconds. */
  readonly undecidedAfterMs: number
}

const isUndecided = sql`state in ('armed', 'firing', 'ambiguous', 'awaiting_award')`

/** What is an alarm already is not due: whether it is over is looked for now and then. */
function isAlarmOpen(kind: AlarmKind, subject: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select from alarm where kind = ${kind} and subject = ${subject} and closed_at is null)`
}

/**
 * When each job finds something to do, by the conditions of its use case: the earliest time, or none. Each is found by an index, and
 * none may be later than its use case: a job would start late.
 */
const dueTimes = {
  'sweep.open': () => sql`
    select min(opens_at) from (
      select (select min(opens_at) from listing where state = 'upcoming' and publication_id = run.id) as opens_at
      from sync_run as run where listed_at is not null and opened_at is null
      union all select min(opens_at) from listing where state = 'upcoming' and publication_id is null) as first`,
  'sweep.close': () => sql`select min(cutoff_at) from listing where state = 'open'`,
  'sweep.unsold': () => sql`
    select min(case state when 'closed' then drop_from else drop_to end) from listing
    where holder is null and state in ('closed', 'dropping')`,
  'schedule.change': () =>
    sql`select min(applied_at) from schedule_change where state in ('applying', 'undoing')`,
  'fee.file': () =>
    sql`select min(published_at) from sync_run where state = 'published' and fee_checks_filed_at is null`,
  'price.start': () =>
    sql`select min(starts_at) from price_amount where started_at is null and ended_at is null`,
  'listing.terms': () => sql`select statement_timestamp() where exists (select from pending_terms)`,
  'drift.follow': () => sql`select min(measure_at) from batch_drift`,
  'sweep.runs': () => sql`
    select min(alive_at) + ${SILENT_MS_MAX} * interval '1 millisecond' from sync_run
    where state = 'running' or (state = 'ready' and not dry_run)`,
  'source.fetch': () => sql`
    select min(greatest(case when requested is null then next_try_at else created_at end, claimed_until)) from list_source where enabled`,
  'list.publish': () => sql`
    select min(case when released_at is null then alive_at + ${SILENT_MS_MAX} * interval '1 millisecond' else released_at end)
    from sync_run where state = 'publishing' or (state = 'ready' and released_at is not null)`,
  'sweep.events': () => sql`select min(occurred_at) from event where position is null`,
  'event.recover': () => sql`select min(recover_since) from receiver_queue where recover_since is not null`,
  'event.deliver': ({ receiverKinds, signsForAccounts = true }: Asked) => sql`
    select min(due_at) from receiver_queue as queue join event_receiver as receiver on receiver.id = receiver_id
    where due_at is not null and recover_since is null and disabled_at is null and kind = any (${[...receiverKinds]}::text[])
      and (secret_salt is null or ${signsForAccounts})`,
  'mail.plan': () => sql`
    select statement_timestamp() where exists (
      select from member_mail_feed as mails join event_feed as feed on feed.last_position > mails.planned_position)`,
  'mail.send': ({ mailsMembers = false }: Asked) => sql`
    select due_at from member_mail as mail
    where ${mailsMembers} and decided_at is null and not ${isBehindAnother} and not ${isWithheld} order by due_at limit 1`,
  'sweep.leases': () => sql`
    select min(greatest(coalesce(lease_expires_at, drop_from), drop_from - make_interval(secs => ${NEAR_SECONDS})))
    from registry_account as account, lateral (select drop_from from catch_target
      where registry_id = account.registry_id and ${isUndecided} order by drop_from limit 1) as target
    where not ${isAlarmOpen('lease_unheld', sql`account.id`)}`,
  'sweep.undecided': ({ undecidedAfterMs }: Asked) => sql`
    select min(grace_until) + ${undecidedAfterMs} * interval '1 millisecond' from catch_target
    where ${isUndecided} and not ${isAlarmOpen('target_undecided', sql`catch_target.id::text`)}`,
  'confirmation.choose': () => sql`
    select min(try_after) from confirmation where closed_at is null and means is distinct from 'rdap'`,
  'confirmation.rdap': () => sql`
    select min(greatest(next.try_after, coalesce(rdap_host.free_at, '-infinity')))
    from (select distinct rdap_host as host from zone where rdap_host is not null) as server
      left join rdap_host on rdap_host.host = server.host
      cross join (values (true), (false)) as wanted (held)
      cross join lateral (select try_after from confirmation
        where rdap_host = server.host and means = 'rdap' and closed_at is null and held = wanted.held
        order by try_after limit 1) as next`,
  'sweep.suspects': () => sql`
    select min(drop_from) - make_interval(secs => ${UNCONFIRMED_NEAR_SECONDS}) from listing
    where suspect and holder is not null and state in ('upcoming', 'open', 'closed')
      and not ${isAlarmOpen('suspect_unconfirmed', sql`listing.id::text`)}`,
  'sweep.disputes': () => sql`
    select min(evidence_due_at) - ${UNANSWERED_MS} * interval '1 millisecond' from dispute
    where state = 'open' and answered_at is null and evidence_due_at > statement_timestamp()
      and not ${isAlarmOpen('dispute_unanswered', sql`dispute.id::text`)}`,
  'hold.lapse': () => sql`select min(pay_by) from backorder where state = 'pending_payment'`,
  'hold.lapsing': () => sql`select min(${lapsingAt}) from backorder where ${isHoldUnnoticed}`,
  'bulk.order': () =>
    sql`select min(coalesce(claimed_until, created_at)) from bulk_order where finished_at is null`,
  'balance.low': () => sql`
    select statement_timestamp() where exists (select from account
      where low_balance_minor is not null and (balance_minor < low_balance_minor) <> balance_is_low)`,
  'renewal.lapse': () => sql`select min(pay_by) from renewal where state = 'pending_payment'`,
  'payment.cancel_overdue': () => sql`
    select min(pay_by) from payment where state in ('requires_action', 'processing', 'failed')
      and not exists (select from provider_task where payment_id = payment.id and kind = 'cancel_intent')`,
  'refund.expire': () => sql`
    select min(expires_at) from refund where state = 'proposed'
      or (state = 'approved' and attempts = 0 and cause = 'manual' and retries_refund_id is null)`,
  'proposal.expire': () => sql`select min(expires_at) from proposal where state = 'proposed'`,
  'reconcile.request': () => sql`
    select min(requested_at) from reconciliation_request where run_id is null
      and not exists (select from reconciliation_run where finished_at is null and expires_at > statement_timestamp())`,
  'provider.event': ({ provider }: Asked) => sql`
    select min(try_after) from provider_event where handled_at is null and provider = ${provider}`,
  'provider.task': ({ provider }: Asked) => sql`
    select min(try_after) from provider_task where done_at is null and ${provider}::text is not null`,
  'payment.poll': ({ provider }: Asked) => sql`
    select min(poll_after) from payment
    where state in ('requires_action', 'processing', 'failed') and provider = ${provider}`,
  'dispute.send': ({ provider }: Asked) => sql`
    select min(try_after) from dispute_evidence where state = 'submitting' and ${provider}::text is not null`,
  'refund.send': ({ provider }: Asked) => sql`
    select min(try_after) from refund join payment on payment.id = refund.payment_id
    where refund.state in ('approved', 'processing') and refund.destination = 'original_payment'
      and payment.method = 'card' and payment.provider = ${provider}
      and (payment.state = 'succeeded' or refund.state = 'processing')`,
} as const satisfies Record<string, (asked: Asked) => RawBuilder<unknown>>

export type DueJob = keyof typeof dueTimes

export const dueJobs = Object.keys(dueTimes) as readonly DueJob[]

/** In how many milliseconds each job finds something to do, by the database's clock; not more than 0 is now. Those that nothing waits for are absent. */
export async function readDueTimes(ctx: Context, asked: Asked): Promise<ReadonlyMap<DueJob, number>> {
  const times = dueJobs.map((name) => sql`(${sql.lit(name)}, (${dueTimes[name](asked)}))`)
  const rows = await readPlannedOnce(
    ctx.db,
    sql<{ name: DueJob; ms: number }>`
    select name, (extract(epoch from due - clock_timestamp()) * 1000)::float8 as ms
    from (values ${sql.join(times)}) as job (name, due) where due is not null`,
  )
  return new Map(rows.map(({ name, ms }) => [name, ms]))
}
