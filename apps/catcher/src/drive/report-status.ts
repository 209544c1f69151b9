import { reportStatus, type StatusReport } from '@droplock/core/registry-status/report'
import { pause } from '../loops.ts'
import type { Target } from '../plan/target.ts'
import type { Driving } from './assemble.ts'
import type { Drive } from './drive.ts'
import type { HeldLease } from './keep-lease.ts'
import { type Figures, viewOf } from './status.ts'

/** How often an account's status is written: often enough to watch a drop by it. */
const REPORT_MS = 1_000

/** Saying that an account was released only saves operators a wait. Milliseconds. */
const LAST_REPORT_MS_MAX = 1_000

type Reporting = Pick<Drive, 'ctx' | 'log' | 'accountId' | 'status' | 'unixMs'>

const noFigures = {
  sessions: undefined,
  dropSessions: undefined,
  creates: undefined,
  createsFreeAt: undefined,
  clock: undefined,
  names: { armed: 0, prepared: 0, firing: 0, ambiguous: 0 },
  settingsVersion: undefined,
  limits: undefined,
} as const

/**
 * Writes the status of the account about once a second, from the lease until the signal aborts, and at last that it was released, while the
 * lease allows it. What is reported is kept in memory anyway. While the database is unavailable nothing is reported.
 */
export async function reportStatusUntil(
  drive: Reporting,
  lease: HeldLease,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await report(drive, lease, false)
    await pause(REPORT_MS, signal)
  }
  const enough = new AbortController()
  await Promise.race([report(drive, lease, true), pause(LAST_REPORT_MS_MAX, enough.signal)])
  enough.abort()
}

async function report(drive: Reporting, lease: HeldLease, isLast: boolean): Promise<void> {
  if (!lease.maySend()) return
  try {
    await reportStatus(drive.ctx, lease.lease, reportOf(drive, isLast))
  } catch (error) {
    drive.log.warn({ event: 'account.status_unreported', err: error })
  }
}

function reportOf({ accountId, status }: Reporting, isLast: boolean): StatusReport {
  const { state, meter } = status
  const driven = state.kind === 'driven' && !isLast ? state.figures() : undefined
  const { limits, ...figures } = driven ?? noFigures
  const { accepted, refused } = meter.logins
  const view = viewOf(accountId, status)
  const phase = driven === undefined ? 'connecting' : 'driven'
  return {
    ...figures,
    phase: isLast ? 'released' : phase,
    problems: view.problems.map(({ code }) => code),
    loginAt: accepted,
    loginRefused: refused,
    commands: {
      ...meter.commands(),
      perSecondMax: limits?.commandsPerSecondMax,
      perMinuteMax: limits?.commandsPerMinuteMax,
    },
  }
}

/** The figures of an account that is driven, at this moment. */
export function figuresOf(leased: Driving): Figures {
  const { pool, dropPool, createPool, clock, limits, monotonicMs, unixMs } = leased
  const { sessionsMax, everydaySessionsMax, failedCreatesPerDayMax } = limits
  const dropAllowed = sessionsMax - everydaySessionsMax
  const hasDropHosts = dropAllowed > 0
  const creating = createPool() ?? pool
  const left = creating.failedCreatesLeft()
  const freeInMs = creating.failedCreatesFreeAtMs() - monotonicMs()
  const { offsetMs, errorMs, measuredAt } = clock
  return {
    limits,
    sessions: { open: pool.status().ready, allowed: everydaySessionsMax },
    dropSessions: hasDropHosts ? { open: dropPool()?.status().ready ?? 0, allowed: dropAllowed } : undefined,
    creates:
      failedCreatesPerDayMax === undefined
        ? undefined
        : {
            used: failedCreatesPerDayMax - Math.min(left, failedCreatesPerDayMax),
            allowed: failedCreatesPerDayMax,
          },
    createsFreeAt: left === 0 ? new Date(unixMs() + Math.max(0, freeInMs)) : undefined,
    clock: errorMs === undefined || measuredAt === undefined ? undefined : { offsetMs, errorMs, measuredAt },
    names: countNames(leased.store.all()),
    settingsVersion: leased.leaseState.settingsVersion,
  }
}

function countNames(targets: Iterable<Target>) {
  const counts = { armed: 0, prepared: 0, firing: 0, ambiguous: 0 }
  for (const { phase, prior } of targets) {
    if (phase === 'waiting') {
      counts.armed += 1
      if (prior.kind === 'known') counts.prepared += 1
    } else if (phase === 'ambiguous') counts.ambiguous += 1
    else if (phase !== 'decided') counts.firing += 1
  }
  return counts
}
