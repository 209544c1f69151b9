import { type Kysely, sql } from 'kysely'
import { type Context, requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { SessionCount } from './report.ts'

/** A catcher reports once a second. After some that are missing its account is shown as silent. Seconds. */
const SILENT_AFTER_SECONDS = 5

/** SQL: whether the report of `status` is so old that its catcher must be taken for dead, or cut off. */
const isSilent = sql<boolean>`(status.phase <> 'released'
  and status.reported_at < clock_timestamp() - make_interval(secs => ${sql.lit(SILENT_AFTER_SECONDS)}))`

/** The words for how an account is driven: `silent` where its catcher has stopped reporting, `unreported` where none ever did. */
export type DrivenPhase = 'connecting' | 'driven' | 'released' | 'silent' | 'unreported'

/** A registry account as its catcher last reported it. */
export type AccountStatusView = {
  readonly id: string
  readonly registryId: string
  readonly clid: string
  readonly isSimulator: boolean
  readonly phase: DrivenPhase
  /** Its catcher, and since when that has the lease. */
  readonly lease: { readonly owner: string; readonly since: Date; readonly isHeld: boolean } | null
  readonly problems: readonly string[]
  readonly sessions: SessionCount | null
  readonly dropSessions: SessionCount | null
  readonly loginAt: Date | null
  readonly loginRefused: { readonly at: Date; readonly code: number } | null
  readonly commands: {
    readonly inSecond: number
    readonly inMinute: number
    readonly perSecondMax: number | null
    readonly perMinuteMax: number | null
  } | null
  readonly creates: {
    readonly used: number
    readonly allowed: number
    readonly freeAt: Date | null
  } | null
  readonly clock: { readonly offsetMs: number; readonly errorMs: number; readonly measuredAt: Date } | null
  /** What the registry said last: it reports low funds only. The amount is as it was written. */
  readonly funds: { readonly available: string; readonly currency: string | null; readonly at: Date } | null
  readonly names: {
    readonly armed: number
    readonly prepared: number
    readonly firing: number
    readonly ambiguous: number
  } | null
  /** The version of the registry's settings by which it is driven. */
  readonly settingsVersion: number | null
  readonly reportedAt: Date | null
}

/** All registry accounts, by registry. Throws Refusal('forbidden'). */
export async function listAccountStatuses(ctx: StaffContext): Promise<readonly AccountStatusView[]> {
  requirePermission(ctx, 'console:read')
  return readAccountStatuses(ctx)
}

/** The same, for whoever may read it already. */
export async function readAccountStatuses({
  db,
}: Pick<Context, 'db'>): Promise<readonly AccountStatusView[]> {
  const { rows } = await sql<AccountStatusView>`
    select account.id, account.registry_id as "registryId", account.clid, account.is_simulator as "isSimulator",
      case when status.reported_at is null then 'unreported' when ${isSilent} then 'silent' else status.phase end as phase,
      case when status.phase <> 'released' then jsonb_build_object('owner', status.lease_owner, 'since', status.leased_at,
        'isHeld', coalesce(account.lease_epoch = status.lease_epoch and account.lease_expires_at > clock_timestamp(), false)) end as lease,
      coalesce(status.problems, '{}') as problems,
      case when sessions_open is not null then jsonb_build_object('open', sessions_open, 'allowed', sessions_allowed) end as sessions,
      case when drop_sessions_open is not null then
        jsonb_build_object('open', drop_sessions_open, 'allowed', drop_sessions_allowed) end as "dropSessions",
      status.login_at as "loginAt",
      case when login_refused_at is not null then
        jsonb_build_object('at', login_refused_at, 'code', login_refused_code) end as "loginRefused",
      case when status.reported_at is not null then jsonb_build_object('inSecond', commands_in_second, 'inMinute', commands_in_minute,
        'perSecondMax', status.commands_per_second_max, 'perMinuteMax', status.commands_per_minute_max) end as commands,
      case when creates_used is not null then
        jsonb_build_object('used', creates_used, 'allowed', creates_allowed, 'freeAt', creates_free_at) end as creates,
      case when clock_error_ms is not null then jsonb_build_object('offsetMs', clock_offset_ms, 'errorMs', clock_error_ms,
        'measuredAt', clock_measured_at) end as clock,
      funds.shown as funds,
      case when status.reported_at is not null then
        jsonb_build_object('armed', armed, 'prepared', prepared, 'firing', firing, 'ambiguous', ambiguous) end as names,
      status.settings_version as "settingsVersion", status.reported_at as "reportedAt"
    from registry_account as account
      left join registry_account_status as status on status.registry_account_id = account.id
      left join lateral (
        select jsonb_build_object('available', notice ->> 'available', 'at', received_at, 'currency', (
          select min(fee_currency) from zone where zone.registry_id = account.registry_id
          having count(distinct fee_currency) = 1)) as shown
        from registry_message as message
        where message.registry_account_id = account.id and message.kind = 'balance_low' and notice ->> 'available' is not null
        order by received_at desc limit 1) as funds on true
    order by account.registry_id, account.id`.execute(db)
  return rows.map(withDates)
}

const date = (at: Date) => new Date(at)

/** JSON has times as text. */
function withDates(row: AccountStatusView): AccountStatusView {
  const { lease, loginRefused, creates, clock, funds } = row
  return {
    ...row,
    lease: lease && { ...lease, since: date(lease.since) },
    loginRefused: loginRefused && { ...loginRefused, at: date(loginRefused.at) },
    creates: creates && { ...creates, freeAt: creates.freeAt && date(creates.freeAt) },
    clock: clock && { ...clock, measuredAt: date(clock.measuredAt) },
    funds: funds && { ...funds, at: date(funds.at) },
  }
}

/** What changes of the accounts' reports: a text for each account that differs when something other than the time differs. */
export async function readStatusMarks(db: Kysely<Database>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; mark: string }>`
    select status.registry_account_id as id,
      md5((to_jsonb(status) - '{reported_at,clock_measured_at}'::text[])::text) || ${isSilent} as mark
    from registry_account_status as status`.execute(db)
  return new Map(rows.map(({ id, mark }) => [id, mark]))
}
