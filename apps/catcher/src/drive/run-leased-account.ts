import { noteDriven } from '@droplock/core/leases'
import { getRegistryAccount } from '@droplock/core/registries/read'
import { type Attempt, recordAttempts } from '@droplock/core/targets/record'
import { type Journal, openJournal, readLeftovers, type Writer } from '../journal.ts'
import { pause, runTogether, untilAborted } from '../loops.ts'
import { checkFeesUntil } from '../requests/check-fees.ts'
import { confirmUntil } from '../requests/confirm.ts'
import { confirmRegistrationsUntil } from '../requests/confirm-registrations.ts'
import { serveRequests } from '../requests/serve.ts'
import { assemble, type Driving } from './assemble.ts'
import { awaitNewSettings } from './await-new-settings.ts'
import { changePassword, noteExpiry } from './change-password.ts'
import { connectAccount, readFailures, reservedOf } from './connect-account.ts'
import type { Drive } from './drive.ts'
import { explainUntil } from './explain.ts'
import { followExpiriesUntil } from './follow-expiries.ts'
import { followStopsUntil, readStop } from './follow-stops.ts'
import type { HeldLease } from './keep-lease.ts'
import { clearRefusal } from './login-refusal.ts'
import { prepareSessionsUntil } from './prepare-sessions.ts'
import { readMessagesUntil } from './read-messages.ts'
import { readinessOf, readOutlook } from './readiness.ts'
import type { Reconnecting } from './reconnecting.ts'
import { refreshUntil } from './refresh.ts'
import { figuresOf, reportStatusUntil } from './report-status.ts'
import { idle } from './status.ts'
import { surveyOrderUntil } from './survey-order.ts'
import { testConnection } from './test-connection.ts'
import { watchUntil } from './watch.ts'

/** When an unknown clock offset is measured again. */
const CLOCK_RETRY_MS = 5_000

/** Attempts of a predecessor's journal per INSERT. */
const LEFTOVERS_PER_WRITE = 2_000

/**
 * Drives the account with its lease until the signal aborts, the lease is lost, or a loop ends. Then it waits for every loop,
 * closes the sessions and releases the lease, in this order. `reconnecting` continues from one lease to the next.
 * Throws RegistrarUnavailable, and errors of the loops.
 */
export async function runLeasedAccount(
  drive: Drive,
  lease: HeldLease,
  reconnecting: Reconnecting,
  signal: AbortSignal,
): Promise<void> {
  const { accountId, journalFolder, owner, log } = drive
  const stop = AbortSignal.any([signal, lease.lost])
  const epoch = String(lease.lease.epoch)
  log.info({ event: 'account.leased', epoch })
  reconnecting.connecting()
  lease.lost.addEventListener('abort', () => log.error({ event: 'account.lease_lost', epoch }), {
    once: true,
  })
  const writer = { owner, epoch: lease.lease.epoch }
  let journalFault: unknown
  const journal = openJournal(journalFolder, accountId, writer, (error) => {
    journalFault = error
    if (error === undefined) log.info({ event: 'journal.written_again' })
    else log.error({ event: 'journal.failed', err: error })
  })
  const released = new AbortController()
  const reporting = reportStatusUntil(drive, lease, released.signal)
  try {
    await keepLeftovers(drive, writer)
    await changePassword(drive, lease, stop)
    await testConnection(drive, lease, stop)
    const account = await getRegistryAccount(drive.ctx, accountId)
    const failures = await readFailures(drive.ctx, account)
    let leased: Driving | undefined
    await lease.reserve(failures, () =>
      reservedOf(account, leased !== undefined && isDropping(leased), drive.rules.lease.leaseMs),
    )
    const registry = await connectAccount(
      // A predecessor may have sent at the full rate until now.
      {
        ...drive,
        pauses: reconnecting.pauses,
        failures,
        rateInUse: true,
        onSecurityEvent: noteExpiry(drive),
      },
      account,
      'everyday',
      lease,
      stop,
    )
    try {
      reconnecting.connected()
      await noteDriven(drive.ctx, lease.lease)
      leased = assemble({ drive, account, registry, failures, lease, journal })
      await driveWith(drive, leased, { journal, fault: () => journalFault }, stop)
    } catch (error) {
      throw registry.refusal() ?? error
    } finally {
      await registry.pool.close()
    }
  } finally {
    await journal.close()
    released.abort()
    await reporting
    await lease.release()
    drive.status.state = idle('starting', 'it was let go')
    log.info({ event: 'account.released', epoch })
  }
}

function isDropping({ store }: Driving): boolean {
  for (const { phase } of store.all()) if (phase !== 'waiting') return true
  return false
}

/** The journal, and what is wrong with its disk. */
type WatchedJournal = { readonly journal: Journal; readonly fault: () => unknown }

async function driveWith(
  drive: Drive,
  leased: Driving,
  { journal, fault }: WatchedJournal,
  stop: AbortSignal,
): Promise<void> {
  const { rules, status } = drive
  const { lease, pool, createPool, clock } = leased
  const done = new AbortController()
  await clearRefusal(drive)
  // Read before any target is in the store: without the contacts a name could seem impossible to create.
  leased.leaseState.outlook = await readOutlook(leased.ctx, leased.account, rules.readyLeadMs)
  // Also before any target is: a stop outlives processes.
  await readStop(leased)
  status.state = {
    kind: 'driven',
    by: {
      lease,
      pool,
      createPool,
      clock,
      unready: () => readinessOf(leased),
      stop: () => leased.leaseState.stop,
      journalFault: fault,
    },
    figures: () => figuresOf(leased),
  }
  const requestRule = { ...rules.requests, fireLeadMs: rules.refresh.fireLeadMs }
  const messageRule = { ...rules.messages, fireLeadMs: rules.refresh.fireLeadMs }
  const loops = [
    ...leased.catching,
    (signal: AbortSignal) => prepareSessionsUntil(leased, signal),
    (signal: AbortSignal) => readMessagesUntil(leased, messageRule, signal),
    (signal: AbortSignal) => followStopsUntil(leased, signal),
    (signal: AbortSignal) => followExpiriesUntil(leased, leased.certificate, signal),
    (signal: AbortSignal) => awaitNewSettings(leased, drive.credentials, rules.refresh.fireLeadMs, signal),
    (signal: AbortSignal) => refreshUntil(leased, rules.refresh, journal, signal),
    (signal: AbortSignal) => serveRequests(leased, requestRule, signal),
    (signal: AbortSignal) => confirmUntil(leased, requestRule, signal),
    (signal: AbortSignal) => confirmRegistrationsUntil(leased, requestRule, signal),
    (signal: AbortSignal) => checkFeesUntil(leased, requestRule, signal),
    (signal: AbortSignal) =>
      surveyOrderUntil(leased, { ...requestRule, shareOfRate: rules.surveyShare }, signal),
    (signal: AbortSignal) => measureUntil(drive, leased, signal),
    (signal: AbortSignal) => explainUntil(leased, signal),
    (signal: AbortSignal) => watchUntil(leased, rules.readyLeadMs, signal),
    (signal: AbortSignal) => endAnswers(leased, rules.drainMsMax, done.signal, signal),
  ]
  try {
    await runTogether(loops, stop)
  } finally {
    done.abort()
    await finish(leased, journal, rules.drainMsMax)
  }
}

/**
 * Waits for commands in flight for a bounded time, then closes the pools. They are closed at once when the
 * lease is over, since answers are not used any more.
 */
async function endAnswers(
  { pool, createPool, lease }: Driving,
  drainMsMax: number,
  done: AbortSignal,
  signal: AbortSignal,
): Promise<void> {
  await untilAborted(signal)
  const enough = lease.maySend() ? AbortSignal.any([lease.lost, done]) : AbortSignal.abort()
  void pause(drainMsMax, enough).then(() => Promise.all([pool.close(), createPool()?.close()]))
}

/** Writes the decided outcomes, unless the lease is over: then a successor asks the registry again, and gets the journal. */
async function finish(
  { ctx, lease, outcomeRecorder, evidence }: Driving,
  journal: Journal,
  drainMsMax: number,
) {
  const patience = AbortSignal.any([lease.lost, AbortSignal.timeout(drainMsMax)])
  await outcomeRecorder.drain(lease.maySend() ? patience : AbortSignal.abort())
  if (!lease.maySend()) return
  await evidence.flush((attempts) => recordAttempts(ctx.db, attempts))
  if (lease.maySend() && evidence.isEmpty() && outcomeRecorder.idle()) journal.forget()
}

/** Stores a predecessor's journal as evidence. What happened to its creates is found out by `info`, also where its disk is lost. */
async function keepLeftovers(drive: Drive, writer: Writer): Promise<void> {
  const leftovers = tryDisk(drive, () => readLeftovers(drive.journalFolder, drive.accountId, writer))
  if (leftovers === undefined) return
  const attempts: Attempt[] = [...leftovers.attempts]
  while (attempts.length > 0) await recordAttempts(drive.ctx.db, attempts.splice(0, LEFTOVERS_PER_WRITE))
  tryDisk(drive, leftovers.forget)
}

function tryDisk<Result>({ log }: Drive, step: () => Result): Result | undefined {
  try {
    return step()
  } catch (error) {
    log.error({ event: 'journal.leftovers_failed', err: error })
    return undefined
  }
}

/** Measures the registry's clock, by which purges happen, at once and then periodically. Without an answer the last value stays. */
async function measureUntil(drive: Drive, { pool, clock }: Driving, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const measured = await pool.measureClock()
      const steppedMs = drive.unixMs() - drive.wallMs()
      Object.assign(clock, {
        ...measured,
        offsetMs: measured.offsetMs + steppedMs,
        arrivalMs: measured.arrivalMs + steppedMs,
        measuredAt: new Date(drive.unixMs()),
      })
      drive.log.info({ event: 'registry.clock', ...measured })
    } catch (error) {
      drive.log.warn({ event: 'registry.clock_unknown', err: error })
    }
    const { clockEveryMs } = drive.rules
    await pause(clock.errorMs === undefined ? Math.min(CLOCK_RETRY_MS, clockEveryMs) : clockEveryMs, signal)
  }
}
