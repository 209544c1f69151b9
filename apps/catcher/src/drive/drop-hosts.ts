import { RegistrarUnavailable } from '@droplock/epp/connect'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { lastingRate } from '@droplock/rules/drop/capacity'
import { pause, runTogether } from '../loops.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import { runCatchLoop } from './catch-loop.ts'
import type { Connected } from './connect-account.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often to check whether there is something to catch. */
const CHECK_MS = 100

/** Pause after an attempt without a session. The attempts themselves have growing pauses. */
const RETRY_MS = 500

/** The longest period over which a registry counts its rate. */
const RATE_PERIOD_MS_MAX = 60_000

/** How long before it closes we leave a server that is open for the window only, so that logouts still arrive. */
const LEAVE_MS_MAX = 10_000
const LEAVE_SHARE = 0.05

/** The separate hosts of a registry for creates at the drop, and our sessions there. */
export type DropHosts = {
  /** Undefined while there is nothing to catch. */
  readonly pool: () => RegistrarPool | undefined
  /** Sends creates there until the signal aborts. Throws RegistrarUnavailable when the login is permanently refused. */
  readonly catchUntil: (leased: LeasedAccount, signal: AbortSignal) => Promise<void>
}

/**
 * `connect` opens the sessions, and rejects with RegistrarUnavailable when none can be opened. `rateInUse`: a predecessor, or this
 * process, may have sent there at the full rate until now.
 */
export function createDropHosts(
  connect: (rateInUse: boolean, signal: AbortSignal) => Promise<Connected>,
): DropHosts {
  let connected: Connected | undefined
  const catchOnce = async (leased: LeasedAccount, rateInUse: boolean, signal: AbortSignal) => {
    connected = await connect(rateInUse, signal)
    const { pool, limits, refusal, untilRefused } = connected
    try {
      const commandsPerSecondMax = lastingRate(limits)
      const senders = { pool, sends: 'creates', commandsPerSecondMax } as const
      const untilDone = async (stop: AbortSignal) => {
        while (!stop.aborted && wanted(leased)) await pause(CHECK_MS, stop)
      }
      await runTogether([(stop) => runCatchLoop(leased, senders, stop), untilDone, untilRefused], signal)
    } catch (error) {
      throw refusal() ?? error
    } finally {
      await pool.close()
      connected = undefined
    }
  }
  return {
    pool: () => connected?.pool,
    catchUntil: async (leased, signal) => {
      // A predecessor may have used it until the lease was taken.
      let usedAtMs = leased.monotonicMs()
      while (!signal.aborted) {
        if (!wanted(leased)) {
          await pause(CHECK_MS, signal)
          continue
        }
        const rateInUse = leased.monotonicMs() - usedAtMs < RATE_PERIOD_MS_MAX
        await catchOnce(leased, rateInUse, signal).catch((error) => logUnavailable(leased, error, signal))
        usedAtMs = leased.monotonicMs()
      }
    },
  }
}

/** Whether there is a name to catch there now. */
function wanted(leased: LeasedAccount): boolean {
  return [...leased.store.all()].some((target) => isOpenFor(target, leased.registryNowMs()))
}

/** A server that is open for the window only is used only then; any other one from the preparation on. */
function isOpenFor({ release, dropFromMs, dropToMs }: Target, nowMs: RegistryMs): boolean {
  if (release !== 'open_window') return true
  const leaveMs = Math.min(LEAVE_MS_MAX, LEAVE_SHARE * (dropToMs - dropFromMs))
  return dropFromMs <= nowMs && nowMs < dropToMs - leaveMs
}

async function logUnavailable({ log }: LeasedAccount, error: unknown, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  if (!(error instanceof RegistrarUnavailable) || error.permanentCode !== undefined) throw error
  log.error({ event: 'account.drop_hosts_away', err: error })
  await pause(RETRY_MS, signal)
}
