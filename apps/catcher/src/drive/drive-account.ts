import type { Context } from '@droplock/core/context'
import { readLease } from '@droplock/core/leases/read'
import { RegistrarUnavailable } from '@droplock/epp/connect'
import { Backoff } from '@droplock/epp/pool/backoff'
import type { Logger } from '@droplock/observability/logger'
import { SecondAccount } from '@droplock/rules/registries/second-account'
import { pause } from '../board/change.ts'
import type { PlanRule } from '../plan/choose-next.ts'
import type { RequestRule } from '../requests/may-serve.ts'
import { holdAccount } from './hold-account.ts'
import { type LeaseRule, takeLease } from './keep-lease.ts'
import { waitForOperator } from './login-refusal.ts'
import type { RefreshRule } from './refresh.ts'
import { type AccountState, type AccountStatus, idle } from './status.ts'

export type Credentials = { readonly password: string; readonly ca: string }

export type Drive = {
  readonly ctx: Context
  readonly log: Logger
  /** New at every start of the process. */
  readonly owner: string
  readonly accountId: string
  readonly credentials: Credentials
  readonly journalFolder: string
  readonly rules: {
    readonly lease: LeaseRule
    readonly refresh: RefreshRule
    readonly requests: RequestRule
    readonly plan: Omit<PlanRule, 'nameGapMs' | 'mayCreate'>
    /** How often the registry's clock is measured again. */
    readonly clockEveryMs: number
    /** How long a closing catcher waits for what is under way, and again for settlements. */
    readonly drainMsMax: number
  }
  readonly monotonicMs: () => number
  /** Wall clock that never steps: as of the start, carried on by the monotonic clock. */
  readonly wallMs: () => number
  /** Wall clock as it is, by which sends are dated and the registry's clock is measured. */
  readonly unixMs: () => number
  /** 0 ≤ x < 1, for pauses. */
  readonly random: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
  /** Kept up to date for whoever asks how the account fares. */
  readonly status: AccountStatus
}

/** Pause between tries to get the lease. */
const RETRY_MS = 500

/**
 * Drives one registry account until the signal aborts: takes its lease when nobody else holds it, fights, and starts over when
 * the lease or the registry was lost. A registry that gives no session is asked less and less often; one that refuses the login
 * for good, when a person says so.
 */
export async function driveAccount(drive: Drive, signal: AbortSignal): Promise<void> {
  const pauses = new Backoff(drive.random)
  while (!signal.aborted) await pause(await driveOnce(drive, pauses, signal), signal)
}

/** Returns how long to wait before it is tried again, in milliseconds. */
async function driveOnce(drive: Drive, pauses: Backoff, signal: AbortSignal): Promise<number> {
  try {
    const lease = await takeLease({ ...drive, rule: drive.rules.lease }, drive.accountId)
    if (lease === undefined) drive.status.state = await standby(drive)
    else await holdAccount(drive, lease, pauses, signal)
    return RETRY_MS
  } catch (error) {
    if (signal.aborted) return 0
    tell(drive, error)
    const code = error instanceof RegistrarUnavailable ? error.hopelessCode : undefined
    if (code !== undefined) await waitForOperator(drive, code, signal)
    return error instanceof RegistrarUnavailable ? pauses.next() : RETRY_MS
  }
}

async function standby({ ctx, accountId }: Drive): Promise<AccountState> {
  const lease = await readLease(ctx, accountId)
  if (lease === undefined) return idle('unknown_account', 'the database has no such registry account')
  return lease.isHeld ? { kind: 'standby' } : idle('starting', 'its lease has just become free')
}

/** The same trouble again and again is one error and then only noise. */
function tell({ log, status }: Drive, error: unknown): void {
  const before = status.state
  status.state = stateAfter(error)
  const isKnown = before.kind === 'idle' && before.problem.detail === status.state.problem.detail
  log[isKnown ? 'debug' : 'error']({ event: 'account.lost', problem: status.state.problem.code, err: error })
}

function stateAfter(error: unknown): Extract<AccountState, { kind: 'idle' }> {
  const detail = error instanceof Error ? error.message : String(error)
  const code = () => {
    if (error instanceof SecondAccount) return 'second_account'
    if (!(error instanceof RegistrarUnavailable)) return 'failed'
    return error.hopelessCode === undefined ? 'registry_unavailable' : 'login_refused'
  }
  return { kind: 'idle', problem: { code: code(), detail } }
}
