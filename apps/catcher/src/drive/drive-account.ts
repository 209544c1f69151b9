import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { getRegistryAccount, type RegistryAccountRow } from '@droplock/core/registries/get-account'
import { recordAttempts } from '@droplock/core/targets/record-attempts'
import { connectRegistrar } from '@droplock/epp/connect'
import type { PoolEvent } from '@droplock/epp/pool/events'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import { createBoard } from '../board/board.ts'
import { createEvidence, type Evidence } from '../evidence/evidence.ts'
import { openJournal, readLeftovers } from '../journal/journal.ts'
import type { PlanRule } from '../plan/choose-next.ts'
import type { RequestRule } from '../requests/may-serve.ts'
import { serveRequests } from '../requests/serve.ts'
import { createAlarms } from './alarms.ts'
import { explainUntil } from './explain.ts'
import { fight } from './fight.ts'
import type { Fight } from './hold.ts'
import { type HeldLease, type LeaseRule, takeLease } from './keep-lease.ts'
import { type RefreshRule, refreshUntil } from './refresh.ts'
import { createSettler } from './settler.ts'
import { nothingSeen } from './standing.ts'
import { type WatchRule, watchUntil } from './watch.ts'

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
    readonly watch: WatchRule
    readonly plan: Omit<PlanRule, 'nameGapMs'>
    /** How often the registry's clock is measured again. */
    readonly clockEveryMs: number
    /** How long a closing catcher waits for settlements. */
    readonly drainMsMax: number
  }
  readonly monotonicMs: () => number
  /** Wall clock that never steps: as of the start, carried on by the monotonic clock. */
  readonly wallMs: () => number
  /** Wall clock as it is, by which sends are dated and the registry's clock is measured. */
  readonly unixMs: () => number
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
}

/** Pause between tries to get the lease, or a session. */
const RETRY_MS = 500

/**
 * Drives one registry account until the signal aborts: takes its lease when nobody else holds it, fights, and starts over
 * when the lease or the registry was lost.
 */
export async function driveAccount(drive: Drive, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const lease = await takeLease({ ...drive, rule: drive.rules.lease }, drive.accountId)
      if (lease !== undefined) await holdAccount(drive, lease, signal)
    } catch (error) {
      drive.log.error({ event: 'account.lost', err: error })
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function holdAccount(drive: Drive, lease: HeldLease, signal: AbortSignal): Promise<void> {
  const { accountId, journalFolder, owner, log } = drive
  const stop = AbortSignal.any([signal, lease.lost])
  log.info({ event: 'account.leased', epoch: String(lease.lease.epoch) })
  const writer = `${owner}.${lease.lease.epoch}`
  const journal = openJournal(journalFolder, accountId, writer)
  try {
    await keepLeftovers(drive, writer)
    const account = await getRegistryAccount(drive.ctx, accountId)
    const pool = await connect(drive, account)
    try {
      const on = assemble(drive, account, pool, lease, createEvidence(journal))
      await Promise.all([
        fight(on, stop),
        refreshUntil(on, drive.rules.refresh, journal, stop),
        serveRequests(on, { ...drive.rules.requests, fireLeadMs: drive.rules.refresh.fireLeadMs }, stop),
        measureUntil(drive, on, stop),
        explainUntil(on, { unixMs: drive.unixMs, monotonicMs: drive.monotonicMs }, stop),
        watchUntil(on, drive.rules.watch, stop),
      ])
      await on.settler.drain(AbortSignal.timeout(drive.rules.drainMsMax))
      await on.evidence.flush((attempts) => recordAttempts(drive.ctx.db, attempts))
      if (on.evidence.isEmpty() && on.settler.idle()) journal.forget()
    } finally {
      await pool.close()
    }
  } finally {
    journal.close()
    await lease.release()
    log.info({ event: 'account.released' })
  }
}

/** A predecessor's journal is evidence, and nothing else: what became of its creates is asked by `info`. */
async function keepLeftovers(drive: Drive, writer: string): Promise<void> {
  const leftovers = readLeftovers(drive.journalFolder, drive.accountId, writer)
  await recordAttempts(drive.ctx.db, leftovers.attempts)
  leftovers.forget()
}

function connect(drive: Drive, account: RegistryAccountRow): Promise<RegistrarPool> {
  const { credentials, log } = drive
  return connectRegistrar(
    {
      endpoint: { host: account.host, port: account.port, ca: credentials.ca },
      credentials: { clID: account.clid, password: credentials.password },
      limits: {
        sessionsMax: account.sessions_max,
        commandsPerSecondMax: account.commands_per_second_max,
        idleMsMax: account.idle_seconds_max * 1_000,
        nameGapMs: account.name_gap_ms,
        ...(account.failed_creates_per_day_max !== null && {
          failedCreatesPerDayMax: account.failed_creates_per_day_max,
        }),
      },
      // A predecessor may have sent at full rate until a moment ago.
      inherited: { failedCreatesAt: account.failedCreatesAt, rateInUse: true },
    },
    { onEvent: (event) => logEvent(log, event) },
  )
}

function logEvent(log: Logger, event: PoolEvent): void {
  const { kind, ...facts } = event
  const line = { event: `epp.${kind}`, ...facts }
  if (kind === 'alarm') log.error(line)
  else log.info(line)
}

type Aimed = Fight & { readonly offset: { ms: number } }

function assemble(
  drive: Drive,
  account: RegistryAccountRow,
  pool: RegistrarPool,
  lease: HeldLease,
  evidence: Evidence,
): Aimed {
  const offset = { ms: 0 }
  return {
    ctx: drive.ctx,
    log: drive.log,
    account: {
      id: account.id,
      registryId: account.registry_id,
      clid: account.clid,
      ourClids: account.ourClids,
      sessionsMax: account.sessions_max,
      commandsPerSecondMax: account.commands_per_second_max,
    },
    rule: { ...drive.rules.plan, nameGapMs: account.name_gap_ms },
    board: createBoard(),
    pool,
    lease,
    evidence,
    settler: createSettler(drive.ctx, drive.log),
    alarms: createAlarms(drive.monotonicMs),
    seen: nothingSeen(),
    registryNowMs: () => drive.wallMs() + offset.ms,
    newClTRID: drive.newClTRID,
    newAuthInfo: drive.newAuthInfo,
    offset,
  }
}

/** Purges happen by the registry's clock: measured at once and then from time to time. Without an answer the last value stays. */
async function measureUntil(drive: Drive, on: Aimed, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { offsetMs, errorMs } = await on.pool.measureClock()
      on.offset.ms = offsetMs + drive.unixMs() - drive.wallMs()
      drive.log.info({ event: 'registry.clock', offsetMs, errorMs })
    } catch (error) {
      drive.log.warn({ event: 'registry.clock_unknown', err: error })
    }
    await delay(drive.rules.clockEveryMs, undefined, { signal }).catch(() => undefined)
  }
}
