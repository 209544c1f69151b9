import type { Context } from '@droplock/core/context'
import { type RegistryAccountRow, readFailedCreates } from '@droplock/core/registries/read'
import { systemClock } from '@droplock/epp/clock'
import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import type { PoolEvent } from '@droplock/epp/pool/answer'
import { type Backoff, type Failures, failuresOf } from '@droplock/epp/pool/failures'
import type { AccountLimits } from '@droplock/epp/pool/limits'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { PROFILES } from '@droplock/epp/profiles/profiles'
import {
  limitsFor,
  type Phase,
  type RegistrySecrets,
  registrarConfigFor,
} from '@droplock/epp/profiles/registrar-config'
import type { OnExchange } from '@droplock/epp/session/session'
import type { Logger } from '@droplock/observability/logger'
import type { HeldLease } from './keep-lease.ts'
import type { Measure } from './measure.ts'

export type Credentials = {
  readonly password: string
  /** PEM; the platform's authorities when absent. */
  readonly ca?: string
  /** Our certificates in PEM, by the name in the registry account. */
  readonly certificates: Readonly<Record<string, { readonly cert: string; readonly key: string }>>
}

export type Connected = {
  readonly pool: RegistrarPool
  /** The limits that the pool keeps. */
  readonly limits: AccountLimits
  /** Why the registry permanently refuses sessions, if it does so after the first login. */
  readonly refusal: () => RegistrarUnavailable | undefined
}

type Connecting = {
  readonly log: Logger
  readonly credentials: Credentials
  readonly pauses: Backoff
  /** The account's budget, which all its pools share. */
  readonly failures: Failures
  /** Whether a predecessor, or this process, may have sent at the full rate of this phase until now. */
  readonly rateInUse: boolean
  readonly measure?: Measure
}

/** The account's budget of failed creates. Read once per lease, since at the drop nothing waits for the database. */
export async function readFailures(ctx: Context, account: RegistryAccountRow): Promise<Failures> {
  const limits = limitsFor(PROFILES[account.profile].limits, account.limits)
  const { failedCreatesPerDayMax: budget } = limits
  const failedAt = budget === undefined ? [] : await readFailedCreates(ctx, account.id, budget)
  return failuresOf(limits, failedAt, systemClock)
}

/**
 * Opens the account's pool of sessions for a phase. The pool sends only while the lease allows it. Throws
 * RegistrarUnavailable.
 */
export async function connectAccount(
  { credentials, log, pauses, failures, rateInUse, measure }: Connecting,
  account: RegistryAccountRow,
  phase: Phase,
  lease: HeldLease,
  signal: AbortSignal,
): Promise<Connected> {
  let refusal: RegistrarUnavailable | undefined
  const onEvent = (event: PoolEvent) => {
    logEvent(log, event)
    if (event.kind === 'alarm') refusal = new RegistrarUnavailable(event.reason, event.code)
  }
  const onExchange = measure && ((...done: Parameters<OnExchange>) => measure(account.id, ...done))
  const config = registrarConfigFor(account, secretsFor(account, credentials), phase)
  const pool = await connectRegistrar(
    { ...config, inherited: { rateInUse } },
    { onEvent, onExchange, pauses, failures, maySend: lease.maySend, signal },
  )
  return { pool, limits: config.limits, refusal: () => refusal }
}

/** Throws when the account requires a certificate that this process does not have. */
function secretsFor(
  { id, clientCertificate }: RegistryAccountRow,
  credentials: Credentials,
): RegistrySecrets {
  const { password, ca, certificates } = credentials
  const trusted = ca === undefined ? {} : { ca }
  if (clientCertificate === null) return { password, tls: trusted }
  const certificate = certificates[clientCertificate]
  if (certificate === undefined)
    throw new Error(`the credentials of ${id} have no certificate ${clientCertificate}`)
  return { password, tls: { ...trusted, ...certificate } }
}

function logEvent(log: Logger, event: PoolEvent): void {
  const { kind, ...facts } = event
  const line = { event: `epp.${kind}`, ...facts }
  if (kind === 'alarm') log.error(line)
  else log.info(line)
}
