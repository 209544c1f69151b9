import { X509Certificate } from 'node:crypto'
import type { RegistryAccountRow } from '@droplock/core/registries/read'
import { findMissingKeys } from '@droplock/core/secrets/find-missing'
import { pause } from '../loops.ts'
import type { Credentials } from './connect-account.ts'
import type { LeasedAccount } from './leased-account.ts'
import { isSynchronised } from './synchronised.ts'

/** How often it is looked. Neither changes within minutes. */
const CHECK_MS = 600_000

/** A certificate is renewed by people, who need some working days. */
const NOTICE_MS = 14 * 86_400_000

/** Our certificate at a registry. */
export type OwnCertificate = { readonly name: string; readonly expiresAt: Date }

/** The certificate with which the account logs in; undefined where its registry asks for none. */
export function certificateOf(
  { clientCertificate }: Pick<RegistryAccountRow, 'clientCertificate'>,
  { certificates }: Pick<Credentials, 'certificates'>,
): OwnCertificate | undefined {
  if (clientCertificate === null) return undefined
  const certificate = certificates[clientCertificate]
  if (certificate === undefined) return undefined
  return { name: clientCertificate, expiresAt: new Date(new X509Certificate(certificate.cert).validTo) }
}

type Followed = Pick<LeasedAccount, 'account' | 'alarms' | 'authCodes' | 'ctx' | 'log' | 'unixMs'>

/**
 * Follows, until the signal aborts, what will stop the account in some days and nobody else can see: the expiry of its certificate; and
 * whether the clock of this machine is known not to be synchronised, which dates the evidence; and whether auth codes that are to be shown yet
 * were derived from a secret that is not here.
 */
export async function followExpiriesUntil(
  leased: Followed,
  certificate: OwnCertificate | undefined,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    followCertificate(leased, certificate)
    await followClock(leased)
    await followSecrets(leased)
    await pause(CHECK_MS, signal)
  }
}

function followCertificate(
  { account, alarms, unixMs }: Followed,
  certificate: OwnCertificate | undefined,
): void {
  const about = { kind: 'certificate_expires', subject: account.id } as const
  if (certificate === undefined || certificate.expiresAt.getTime() - unixMs() > NOTICE_MS)
    return alarms.clear(about)
  const { name, expiresAt } = certificate
  alarms.raise({ ...about, facts: { certificate: name, expiresAt: expiresAt.toISOString() } })
}

async function followClock({ account, alarms, log }: Followed): Promise<void> {
  const about = { kind: 'clock_unsynchronised', subject: account.id } as const
  const known = await isSynchronised()
  log.info({ event: 'account.clock_synchronised', known })
  if (known === false) alarms.raise(about)
  else alarms.clear(about)
}

async function followSecrets({ ctx, alarms, authCodes, log }: Followed): Promise<void> {
  const setting = 'DROPLOCK_AUTH_CODE_SECRET'
  try {
    const missing = await findMissingKeys(ctx, setting, authCodes)
    if (missing === undefined) alarms.clear({ kind: 'secret_key_missing', subject: setting })
    else alarms.raise(missing)
  } catch (error) {
    log.error({ event: 'auth_code.secrets_unread', err: error })
  }
}
