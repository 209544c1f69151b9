import { readLease } from '@droplock/core/leases'
import { RegistrarUnavailable } from '@droplock/epp/connect'
import { Backoff } from '@droplock/epp/pool/failures'
import type { Drive } from './drive.ts'
import { tryAcquireLease } from './keep-lease.ts'
import { waitForOperator } from './login-refusal.ts'
import { createReconnecting, type Reconnecting } from './reconnecting.ts'
import { runLeasedAccount } from './run-leased-account.ts'
import { type AccountState, idle, type Problem } from './status.ts'
import { pauseUntilTested } from './test-connection.ts'

/** Pause between attempts to get the lease. */
const RETRY_MS = 500

/**
 * Drives one registry account until the signal aborts: takes its lease when it is free, catches names, and starts again when
 * the lease or the registry is lost. When the registry opens no session the pauses grow. When it permanently refuses the login
 * the next attempt waits for an operator. An account that cannot be driven for long raises an alarm, whenever its next name drops.
 */
export async function driveAccount(drive: Drive, signal: AbortSignal): Promise<void> {
  const reconnecting = createReconnecting(drive, new Backoff(drive.random), drive.rules.unconnectedMsMax)
  while (!signal.aborted) await pauseUntilTested(drive, await tryOnce(drive, reconnecting, signal), signal)
}

/** Returns the pause before the next attempt in milliseconds. */
async function tryOnce(drive: Drive, reconnecting: Reconnecting, signal: AbortSignal): Promise<number> {
  try {
    const lease = await tryAcquireLease({ ...drive, rule: drive.rules.lease }, drive.accountId)
    if (lease === undefined) drive.status.state = await standby(drive)
    else await runLeasedAccount(drive, lease, reconnecting, signal)
    return RETRY_MS
  } catch (error) {
    if (signal.aborted) return 0
    const problem = logProblem(drive, error)
    const code = error instanceof RegistrarUnavailable ? error.permanentCode : undefined
    if (code === undefined) await reconnecting.failed(problem)
    else await waitForOperator(drive, code, signal)
    return error instanceof RegistrarUnavailable ? reconnecting.pauses.next() : RETRY_MS
  }
}

async function standby({ ctx, accountId }: Drive): Promise<AccountState> {
  const lease = await readLease(ctx, accountId)
  if (lease === undefined) return idle('unknown_account', 'the database has no such registry account')
  return lease.isHeld ? { kind: 'standby' } : idle('starting', 'its lease has just become free')
}

/** Logs a problem as an error once; repetitions are debug lines. */
function logProblem({ log, status }: Drive, error: unknown): Problem {
  const before = status.state
  const after = stateAfter(error)
  status.state = after
  const { problem } = after
  const isKnown = before.kind === 'idle' && before.problem.detail === problem.detail
  log[isKnown ? 'debug' : 'error']({ event: 'account.lost', problem: problem.code, err: error })
  return problem
}

function stateAfter(error: unknown): Extract<AccountState, { kind: 'idle' }> {
  const detail = error instanceof Error ? error.message : String(error)
  const code = () => {
    if (!(error instanceof RegistrarUnavailable)) return 'failed'
    return error.permanentCode === undefined ? 'registry_unavailable' : 'login_refused'
  }
  return { kind: 'idle', problem: { code: code(), detail } }
}
