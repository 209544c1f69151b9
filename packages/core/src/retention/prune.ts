import type { RetentionKind } from '@droplock/rules/retention'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { pruneEvents } from '../events/prune.ts'
import { removeAttempts } from './remove-attempts.ts'

/** Rows of a batch: a statement of about ten milliseconds, so that nobody waits long for its locks. */
const ROWS_PER_BATCH_MAX = 5_000

/** Each has megabytes. */
const DROP_LISTS_PER_BATCH_MAX = 5

/** Runs that one statement searches for rows: each costs an index lookup, and most have none left. */
const RUNS_LOOKED_AT_MAX = 20

/**
 * Removes one batch of rows of the kind that are older than `days`, by the database's clock. Several processes may do it at once; rows
 * that another has locked are skipped. Returns how many were removed; 0 when nothing is left.
 */
export async function prune(ctx: Context, kind: RetentionKind, days: number): Promise<number> {
  if (kind === 'attempt') return removeAttempts(ctx, days)
  if (kind === 'event') return pruneEvents(ctx, days)
  return inTransaction(ctx.db, async (tx) => {
    const { numAffectedRows } = await deleteOf[kind](endOf(days)).execute(tx)
    return Number(numAffectedRows ?? 0)
  })
}

function endOf(days: number): RawBuilder<Date> {
  return sql<Date>`(statement_timestamp() - make_interval(days => ${days}))`
}

type Delete = (end: RawBuilder<Date>) => RawBuilder<unknown>

/** Of a table, what has this time before the end. */
const ofAge =
  (table: string, column: string): Delete =>
  (end) =>
    sql`
    delete from ${sql.table(table)} where id in (
      select id from ${sql.table(table)} where ${sql.ref(column)} < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`

/** Each deletes at most one batch and skips locked rows. */
const deleteOf: Readonly<Record<Exclude<RetentionKind, 'attempt' | 'event'>, Delete>> = {
  sync_row: (end) => sql`
    delete from sync_row where ctid in (
      select gone.ctid from ${runsWith('sync_row', isObsolete('staged'), sql`${hasEnded} and run.created_at < ${end}`)}
      join sync_row as gone on gone.run_id = run.id and ${isObsolete('gone')}
      limit ${ROWS_PER_BATCH_MAX} for update of gone skip locked)`,
  sync_reject: (end) => sql`
    delete from sync_reject where ctid in (
      select gone.ctid from ${runsWith('sync_reject', sql`true`, sql`${hasEnded} and run.created_at < ${end}`)}
      join sync_reject as gone on gone.run_id = run.id
      limit ${ROWS_PER_BATCH_MAX} for update of gone skip locked)`,
  observed_list_name: (end) => sql`
    delete from observed_list_name where ctid in (
      select gone.ctid from ${runsWith('observed_list_name', isBefore('staged', end), sql`${hasEnded} and run.created_at < ${end}`)}
      join observed_list_name as gone on gone.run_id = run.id and ${isBefore('gone', end)}
      limit ${ROWS_PER_BATCH_MAX} for update of gone skip locked)`,
  sync_change: (end) => sql`
    delete from sync_change where ctid in (
      select gone.ctid from ${runsWith('sync_change', isOfNoOrder('staged'), sql`run.published_at < ${end}`)}
      join sync_change as gone on gone.run_id = run.id and ${isOfNoOrder('gone')}
      limit ${ROWS_PER_BATCH_MAX} for update of gone skip locked)`,
  schedule_draft_listing: (end) => sql`
    delete from schedule_change_listing where ctid in (
      select gone.ctid from schedule_change as draft join schedule_change_listing as gone on gone.change_id = draft.id
      where draft.state = 'draft' and draft.made_at < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update of gone skip locked)`,
  schedule_draft: (end) => sql`
    delete from schedule_change where id in (
      select id from schedule_change as draft where state = 'draft' and made_at < ${end}
        and not exists (select from schedule_change_listing where change_id = draft.id)
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  release_order: (end) => sql`
    delete from release_order where listing_id in (
      select listing_id from release_order where asked_at < ${end} limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  drop_list: (end) => sql`
    delete from drop_list where id in (
      select id from drop_list where made_at < ${end} and id <> (select id from drop_list order by id desc limit 1)
      order by id limit ${DROP_LISTS_PER_BATCH_MAX} for update skip locked)`,
  session: (end) => sql`
    delete from staff_session where id in (
      select id from staff_session where least(ended_at, idle_expires_at) < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  device: ofAge('staff_device', 'expires_at'),
  sign_in_count: (end) => sql`
    delete from sign_in_count where (scope, subject) in (
      select scope, subject from sign_in_count where counted_at < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  unconfirmed_member: (end) => sql`
    delete from member where id in (
      select id from member where not email_verified and account_id is null and erased_at is null and created_at < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  member_session: ofAge('member_session', 'expires_at'),
  session_key: (end) => sql`
    delete from api_key where id in (
      select id from api_key as gone where session_id is not null and expires_at < ${end}
        and not exists (select from api_key where made_by = gone.id or replaces = gone.id)
        and not exists (select from bulk_order where key_id = gone.id)
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  member_verification: ofAge('member_verification', 'expires_at'),
  member_invitation: ofAge('member_invitation', 'expires_at'),
  closed_account_contact: (end) => sql`
    with unneeded as (
      select account_contact.id from account_contact join account on account.id = account_id
      where deleted_at is null and closed_at < ${end} and not exists (
        select from registration where registration.account_id = account.id and (ended_at is null or ended_at >= ${end}))
      limit ${ROWS_PER_BATCH_MAX} for update of account_contact skip locked
    ), erased as (
      update contact set details = null where account_contact_id in (select id from unneeded)
    )
    update account_contact set deleted_at = clock_timestamp(), is_default = false where id in (select id from unneeded)`,
  member_request_count: (end) => sql`
    delete from member_request_count where id in (
      select id from member_request_count where last_request < extract(epoch from ${end}) * 1000
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  idempotency_key: (end) => sql`
    delete from idempotency_key where (account_id, key, item) in (
      select account_id, key, item from idempotency_key where created_at < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
  alarm: ofAge('alarm', 'closed_at'),
  member_mail: ofAge('member_mail', 'decided_at'),
  account_notice: ofAge('account_notice', 'occurred_at'),
  provider_event: (end) => sql`
    delete from provider_event where (provider, event_id) in (
      select provider, event_id from provider_event where handled_at < ${end}
      limit ${ROWS_PER_BATCH_MAX} for update skip locked)`,
}

/** Nothing more happens to the run; a dry run stays ready. */
const hasEnded = sql`(run.state in ('published', 'discarded', 'failed') or run.dry_run)`

/** Rows of a published list whose name has dropped, and all rows of one that was discarded or failed. */
function isObsolete(alias: 'staged' | 'gone'): RawBuilder<unknown> {
  return sql`(run.state <> 'published' or ${sql.table(alias)}.drop_to < statement_timestamp())`
}

/** Names whose day is over for so long. */
function isBefore(alias: 'staged' | 'gone', end: RawBuilder<Date>): RawBuilder<unknown> {
  return sql`${sql.table(alias)}.day < (${end} at time zone 'UTC')::date`
}

/** The oldest runs that meet `condition` and have rows to remove. */
function runsWith(
  table: 'sync_row' | 'sync_reject' | 'sync_change' | 'observed_list_name',
  removable: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`(
    select run.id, run.state from sync_run as run
    where ${condition} and exists (select from ${sql.table(table)} as staged where staged.run_id = run.id and ${removable})
    order by run.created_at limit ${RUNS_LOOKED_AT_MAX}) as run`
}

/** What moved the window of an ordered listing is kept with the order for ever. */
function isOfNoOrder(alias: 'staged' | 'gone'): RawBuilder<unknown> {
  const change = sql.table(alias)
  return sql`not exists (select from backorder where backorder.listing_id = ${change}.listing_id)`
}
