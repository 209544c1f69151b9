import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Lease } from '../leases.ts'

/** Sessions of one pool: those that are logged in, and the most that the account may have. */
export type SessionCount = { readonly open: number; readonly allowed: number }

/** What the holder of a registry account's lease says of it. Times are of its machine's clock. */
export type StatusReport = {
  readonly phase: 'connecting' | 'driven' | 'released'
  readonly problems: readonly string[]
  readonly sessions: SessionCount | undefined
  /** Of the drop's own hosts, where it has them and they are connected. */
  readonly dropSessions: SessionCount | undefined
  readonly loginAt: Date | undefined
  readonly loginRefused: { readonly at: Date; readonly code: number } | undefined
  readonly commands: {
    readonly inSecond: number
    readonly inMinute: number
    readonly perSecondMax: number | undefined
    readonly perMinuteMax: number | undefined
  }
  readonly creates: { readonly used: number; readonly allowed: number } | undefined
  /** When a spent budget of failed creates has room again. */
  readonly createsFreeAt: Date | undefined
  readonly clock:
    | { readonly offsetMs: number; readonly errorMs: number; readonly measuredAt: Date }
    | undefined
  readonly names: {
    readonly armed: number
    readonly prepared: number
    readonly firing: number
    readonly ambiguous: number
  }
  /** The version of the registry's settings by which it is driven. */
  readonly settingsVersion: number | undefined
}

/**
 * Writes the report of a registry account, if the lease runs by the database's clock and no later one has reported. Returns whether it
 * was written. What it does not know of logins stays as it was reported last.
 */
export async function reportStatus(ctx: Context, lease: Lease, report: StatusReport): Promise<boolean> {
  const { sessions, dropSessions, loginRefused, commands, creates, clock, names } = report
  const { rows } = await sql`
    insert into registry_account_status as known (
      registry_account_id, lease_epoch, lease_owner, leased_at, phase, problems,
      sessions_open, sessions_allowed, drop_sessions_open, drop_sessions_allowed,
      login_at, login_refused_at, login_refused_code,
      commands_in_second, commands_in_minute, commands_per_second_max, commands_per_minute_max,
      creates_used, creates_allowed, creates_free_at, clock_offset_ms, clock_error_ms, clock_measured_at,
      armed, prepared, firing, ambiguous, settings_version, reported_at)
    select id, lease_epoch, lease_owner, clock_timestamp(), ${report.phase}, ${[...report.problems]}::text[],
      ${sessions?.open ?? null}::integer, ${sessions?.allowed ?? null}::integer,
      ${dropSessions?.open ?? null}::integer, ${dropSessions?.allowed ?? null}::integer,
      ${report.loginAt ?? null}::timestamptz, ${loginRefused?.at ?? null}::timestamptz, ${loginRefused?.code ?? null}::integer,
      ${commands.inSecond}::integer, ${commands.inMinute}::integer,
      ${commands.perSecondMax ?? null}::float8, ${commands.perMinuteMax ?? null}::float8,
      ${creates?.used ?? null}::integer, ${creates?.allowed ?? null}::integer, ${report.createsFreeAt ?? null}::timestamptz,
      ${clock?.offsetMs ?? null}::float8, ${clock?.errorMs ?? null}::float8, ${clock?.measuredAt ?? null}::timestamptz,
      ${names.armed}::integer, ${names.prepared}::integer, ${names.firing}::integer, ${names.ambiguous}::integer,
      ${report.settingsVersion ?? null}::integer, clock_timestamp()
    from registry_account
    where id = ${lease.accountId} and lease_owner = ${lease.owner} and lease_epoch = ${lease.epoch}
      and lease_expires_at > clock_timestamp()
    on conflict (registry_account_id) do update set
      leased_at = case when known.lease_epoch = excluded.lease_epoch then known.leased_at else excluded.leased_at end,
      lease_epoch = excluded.lease_epoch, lease_owner = excluded.lease_owner, phase = excluded.phase, problems = excluded.problems,
      sessions_open = excluded.sessions_open, sessions_allowed = excluded.sessions_allowed,
      drop_sessions_open = excluded.drop_sessions_open, drop_sessions_allowed = excluded.drop_sessions_allowed,
      login_at = coalesce(excluded.login_at, known.login_at),
      login_refused_at = coalesce(excluded.login_refused_at, known.login_refused_at),
      login_refused_code = coalesce(excluded.login_refused_code, known.login_refused_code),
      commands_in_second = excluded.commands_in_second, commands_in_minute = excluded.commands_in_minute,
      commands_per_second_max = excluded.commands_per_second_max, commands_per_minute_max = excluded.commands_per_minute_max,
      creates_used = excluded.creates_used, creates_allowed = excluded.creates_allowed, creates_free_at = excluded.creates_free_at,
      clock_offset_ms = excluded.clock_offset_ms, clock_error_ms = excluded.clock_error_ms,
      clock_measured_at = excluded.clock_measured_at,
      armed = excluded.armed, prepared = excluded.prepared, firing = excluded.firing, ambiguous = excluded.ambiguous,
      settings_version = excluded.settings_version,
      reported_at = excluded.reported_at
    where known.lease_epoch <= excluded.lease_epoch
    returning known.registry_account_id`.execute(ctx.db)
  return rows.length === 1
}
