import { isDeepStrictEqual } from 'node:util'
import { isConnectionTestRequested } from '@droplock/core/connection-tests/carry-out'
import { readOpenPasswordChange } from '@droplock/core/password-changes/carry-out'
import { getRegistryAccount, type RegistryAccountRow } from '@droplock/core/registries/read'
import { pause } from '../loops.ts'
import { isFiring } from '../requests/serve.ts'
import type { Credentials } from './connect-account.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often a driven account looks for them. */
const CHECK_MS = 2_000

/** No name may be about to drop: the account has no session for some seconds. */
export const QUIET_MS = 60_000

type Awaiting = Pick<LeasedAccount, 'ctx' | 'store' | 'registryNowMs' | 'log' | 'leaseState'> & {
  /** The account as its sessions were opened. */
  readonly row: RegistryAccountRow
}

/**
 * Ends, and with it the sessions of the account, when its settings were edited, or a change of its password or a test of its connection is
 * requested, and nothing drops: the next lease begins with them. Else it ends with the signal. Settings that name a certificate which this
 * process does not have are not taken over: the one in use may still be valid.
 */
export async function awaitNewSettings(
  awaiting: Awaiting,
  credentials: Pick<Credentials, 'certificates'>,
  fireLeadMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { ctx, row, store, registryNowMs, log } = awaiting
  const areOther = settingsWatch(awaiting, credentials)
  while (!signal.aborted) {
    await pause(CHECK_MS, signal)
    if (signal.aborted || isFiring(store.all(), QUIET_MS + fireLeadMs, registryNowMs())) continue
    try {
      if ((await readOpenPasswordChange(ctx, row.id)) !== undefined) return
      if (await isConnectionTestRequested(ctx, row.id)) return
      if (await areOther()) return
    } catch (error) {
      log.error({ event: 'account.settings_unread', err: error })
    }
  }
}

/**
 * Whether the account has other settings than those in use. An edit of its registry that does not concern it is in force at once. A
 * certificate that is missing is logged once.
 */
function settingsWatch(
  { ctx, row, log, leaseState }: Awaiting,
  { certificates }: Pick<Credentials, 'certificates'>,
): () => Promise<boolean> {
  let unknown: string | undefined
  return async () => {
    const now = await getRegistryAccount(ctx, row.id)
    if (isDeepStrictEqual(settingsOf(now), settingsOf(row))) {
      leaseState.settingsVersion = now.version
      return false
    }
    const named = now.clientCertificate
    if (named === null || certificates[named] !== undefined) return true
    if (named !== unknown) log.error({ event: 'account.certificate_missing', certificate: named })
    unknown = named
    return false
  }
}

/** Who else we are at the registry is followed anyway, and a password is changed by a request. */
function settingsOf({
  ours: _ours,
  passwordName: _password,
  version: _version,
  ...settings
}: RegistryAccountRow) {
  return settings
}
