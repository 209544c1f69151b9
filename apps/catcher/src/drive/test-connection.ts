import {
  type ConnectionProgress,
  isConnectionTestRequested,
  recordConnectionProgress,
  takeConnectionTest,
} from '@droplock/core/connection-tests/carry-out'
import { getRegistryAccount } from '@droplock/core/registries/read'
import { isDropNear } from '@droplock/core/targets/is-drop-near'
import { RegistrarUnavailable } from '@droplock/epp/connect'
import { registrarConfigFor } from '@droplock/epp/profiles/registrar-config'
import { tryConnection } from '@droplock/epp/try-connection'
import { pause } from '../loops.ts'
import { QUIET_MS } from './await-new-settings.ts'
import { secretsFor } from './connect-account.ts'
import type { Drive } from './drive.ts'
import type { HeldLease } from './keep-lease.ts'

/** How often an account that is not driven looks for a test. */
const CHECK_MS = 2_000

/**
 * Carries out a requested test of the account's connection, before its sessions are opened, unless a name is about to drop. What is found
 * is recorded as it is found. Throws RegistrarUnavailable where it fails: sessions would fail in the same way, and a second login with a
 * wrong password locks some accounts.
 */
export async function testConnection(drive: Drive, lease: HeldLease, signal: AbortSignal): Promise<void> {
  const { ctx, accountId, log, status } = drive
  if (!(await isConnectionTestRequested(ctx, accountId))) return
  if (await isDropNear(ctx, accountId, QUIET_MS + drive.rules.refresh.fireLeadMs)) return
  const id = await takeConnectionTest(ctx, lease.lease)
  if (id === undefined) return
  let written = Promise.resolve()
  const record = (progress: ConnectionProgress) => {
    written = written
      .then(() => recordConnectionProgress(ctx, id, progress, lease.lease))
      .catch((error: unknown) => log.error({ event: 'connection_test.not_recorded', err: error }))
    return written
  }
  const account = await getRegistryAccount(ctx, accountId)
  const config = configOf(drive, account)
  if (typeof config === 'string') {
    const findings = { hosts: [], steps: [] }
    await record({ kind: 'failed', step: 'credentials', findings, code: undefined, message: config })
    throw new Error(config)
  }
  const tried = await tryConnection(
    { ...config, inherited: { rateInUse: true } },
    {
      maySend: lease.maySend,
      signal,
      onExchange: status.meter.note,
      onStep: (step, findings) => void record({ kind: 'at', step, findings }),
    },
  )
  await record(tried)
  log.info({ event: `connection_test.${tried.kind}`, ...(tried.kind === 'failed' && { step: tried.step }) })
  if (tried.kind === 'failed')
    throw new RegistrarUnavailable(tried.message, tried.isPermanent ? tried.code : undefined)
}

/** The text says which secret this process does not have; names alone, no values. */
function configOf({ credentials }: Drive, account: Awaited<ReturnType<typeof getRegistryAccount>>) {
  try {
    return registrarConfigFor(account, secretsFor(account, credentials), 'everyday')
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Waits like `pause`, but no longer than until a test of the account is requested. */
export async function pauseUntilTested(drive: Drive, ms: number, signal: AbortSignal): Promise<void> {
  const { ctx, accountId, log, monotonicMs } = drive
  const untilMs = monotonicMs() + ms
  while (!signal.aborted && monotonicMs() < untilMs) {
    await pause(Math.min(CHECK_MS, untilMs - monotonicMs()), signal)
    try {
      if (await isConnectionTestRequested(ctx, accountId)) return
    } catch (error) {
      log.debug({ event: 'connection_test.unread', err: error })
    }
  }
}
