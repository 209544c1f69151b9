import { readOpenPasswordChange } from '@droplock/core/password-changes/carry-out'
import { readClientCertificate } from '@droplock/core/registries/read'
import { pause } from '../loops.ts'
import { isFiring } from '../requests/serve.ts'
import type { Credentials } from './connect-account.ts'
import type { OwnCertificate } from './follow-expiries.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often a driven account looks for them. */
const CHECK_MS = 2_000

/** No name may be about to drop: the account has no session for some seconds. */
export const QUIET_MS = 60_000

type Awaiting = Pick<LeasedAccount, 'ctx' | 'account' | 'store' | 'registryNowMs' | 'log'> & {
  readonly certificate: OwnCertificate | undefined
}

/**
 * Ends, and with it the sessions of the account, when a change of its password is requested or its row names another certificate, and nothing
 * drops: the next lease begins with them. Else it ends with the signal. A certificate that this process does not have is not waited for: the
 * one in use may still be valid.
 */
export async function awaitNewSecrets(
  leased: Awaiting,
  credentials: Pick<Credentials, 'certificates'>,
  fireLeadMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { ctx, account, store, registryNowMs, log } = leased
  const isOther = certificateWatch(leased, credentials)
  while (!signal.aborted) {
    await pause(CHECK_MS, signal)
    if (signal.aborted || isFiring(store.all(), QUIET_MS + fireLeadMs, registryNowMs())) continue
    try {
      if ((await readOpenPasswordChange(ctx, account.id)) !== undefined || (await isOther())) return
    } catch (error) {
      log.error({ event: 'account.secrets_unread', err: error })
    }
  }
}

/** Whether the account's row names another certificate than the one in use, which this process has. One that it does not have is logged once. */
function certificateWatch(
  { ctx, account, certificate, log }: Awaiting,
  { certificates }: Pick<Credentials, 'certificates'>,
): () => Promise<boolean> {
  let unknown: string | undefined
  return async () => {
    const named = await readClientCertificate(ctx, account.id)
    if (named === (certificate?.name ?? null)) return false
    if (named === null || certificates[named] !== undefined) return true
    if (named !== unknown) log.error({ event: 'account.certificate_missing', certificate: named })
    unknown = named
    return false
  }
}
