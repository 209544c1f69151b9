import type { StatusReport } from '@droplock/core/registry-status/report'
import type { AccountLimits } from '@droplock/epp/pool/limits'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { AccountMeter } from './account-meter.ts'
import type { HeldLease } from './keep-lease.ts'
import type { Unready } from './readiness.ts'

/** A problem of an account, as `/readyz` shows it. */
export type Problem = {
  readonly code:
    | 'starting'
    | 'unknown_account'
    | 'login_refused'
    | 'registry_unavailable'
    | 'failed'
    | 'lease_unsure'
    | 'no_session'
    | 'clock_unknown'
    | 'creates_exhausted'
    | 'registry_stopped'
    | 'journal_failed'
    | Unready['reason']
  readonly detail: string
}

/** What is reported of an account that is driven. */
export type Figures = Pick<
  StatusReport,
  'sessions' | 'dropSessions' | 'creates' | 'createsFreeAt' | 'clock' | 'names' | 'settingsVersion'
> & { readonly limits: AccountLimits }

/** The parts of a driven account that its state is read from. */
type Driven = {
  readonly lease: Pick<HeldLease, 'maySend'>
  readonly pool: Pick<RegistrarPool, 'status'>
  readonly createPool: () => Pick<RegistrarPool, 'failedCreatesLeft'> | undefined
  readonly clock: { readonly errorMs: number | undefined }
  /** Why it can't create names that drop soon. */
  readonly unready: () => readonly Unready[]
  /** The stop of its registry by operators, if there is one. */
  readonly stop: () => { readonly reason: string } | undefined
  /** The error of the journal's disk, if it has one. */
  readonly journalFault: () => unknown
}

export type AccountState =
  | {
      readonly kind: 'driven'
      readonly by: Driven
      /** What its status row says. */
      readonly figures: () => Figures
    }
  /** Another catcher held its lease at the last check. */
  | { readonly kind: 'standby' }
  | { readonly kind: 'idle'; readonly problem: Problem }

/** The state of one registry account, set by its driver and read by `/readyz` and its status row, with the count of its commands. */
export type AccountStatus = { state: AccountState; readonly meter: AccountMeter }

export function createStatus(monotonicMs: () => number = () => performance.now()): AccountStatus {
  return {
    state: idle('starting', 'its lease was not asked for yet'),
    meter: new AccountMeter(monotonicMs),
  }
}

export function idle(code: Problem['code'], detail: string): AccountState {
  return { kind: 'idle', problem: { code, detail } }
}

export type AccountView = {
  readonly account: string
  readonly state: AccountState['kind']
  readonly sessions?: number
  readonly problems: readonly Problem[]
}

/** One account as `/readyz` shows it: ready when it has no problem. */
export function viewOf(account: string, { state }: Pick<AccountStatus, 'state'>): AccountView {
  if (state.kind === 'standby') return { account, state: 'standby', problems: [] }
  if (state.kind === 'idle') return { account, state: 'idle', problems: [state.problem] }
  const { lease, pool, createPool, clock, unready, stop, journalFault } = state.by
  const { ready: sessions, opening } = pool.status()
  const problems: Problem[] = []
  const found = (isWrong: boolean, code: Problem['code'], detail: string) => {
    if (isWrong) problems.push({ code, detail })
  }
  found(!lease.maySend(), 'lease_unsure', 'the lease is not renewed in time, so nothing is sent')
  found(sessions === 0, 'no_session', `no EPP session, ${opening} being opened`)
  found(clock.errorMs === undefined, 'clock_unknown', 'the registry’s clock was not measured yet')
  found(
    createPool()?.failedCreatesLeft() === 0,
    'creates_exhausted',
    'the budget of failed creates is used up',
  )
  const stopped = stop()
  found(stopped !== undefined, 'registry_stopped', `operators have stopped the registry: ${stopped?.reason}`)
  const fault = journalFault()
  found(fault !== undefined, 'journal_failed', `names are caught without a journal: ${String(fault)}`)
  for (const { reason, zones, missing } of unready())
    found(true, reason, `no create is sent in ${zones.join(', ')}; missing: ${missing.join(', ')}`)
  return { account, state: 'driven', sessions, problems }
}
