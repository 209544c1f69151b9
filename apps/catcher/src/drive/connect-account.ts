import type { Context } from '@droplock/core/context'
import { type RegistryAccountRow, readFailedCreates } from '@droplock/core/registries/read'
import { systemClock } from '@droplock/epp/clock'
import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import type { SecurityEvent } from '@droplock/epp/extensions/login-sec'
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
import { type Loop, untilAborted } from '../loops.ts'
import type { HeldLease } from './keep-lease.ts'
import type { Measure } from './measure.ts'
import type { AccountStatus } from './status.ts'

export type Credentials = {
  /** Of an account that names none. */
  readonly password: string
  /** Those by name, with the next one before it is used. */
  readonly passwords?: Readonly<Record<string, string>>
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
  /** Rejects with that as soon as there is one: an account that will have no session again is not kept. */
  readonly untilRefused: Loop
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
  readonly status: Pick<AccountStatus, 'meter'>
  /** Called with what the registry says at a login of what expires. */
  readonly onSecurityEvent?: (event: SecurityEvent) => void
}

/** The account's budget of failed creates. Read once per lease, since at the drop nothing waits for the database. */
export async function readFailures(ctx: Context, account: RegistryAccountRow): Promise<Failures> {
  const limits = limitsFor(PROFILES[account.profile].limits, account.limits)
  const { failedCreatesPerDayMax: budget } = limits
  const failedAt = budget === undefined ? [] : await readFailedCreates(ctx, account.id, budget)
  return failuresOf(limits, failedAt, systemClock)
}

/** The share of the budget that is reserved with each renewal of the lease: while names drop, and otherwise, when little is created. */
const RESERVED_SHARES = { dropping: 0.2, quiet: 0.01 }

/**
 * How much of the account's budget is reserved for the time until the next renewal: at most what can be sent while the lease runs, and a
 * share of the budget, because what a lost process had reserved counts as spent for a day.
 */
export function reservedOf(account: RegistryAccountRow, isDropping: boolean, leaseMs: number): number {
  const limits = limitsFor(PROFILES[account.profile].limits, account.limits)
  const share = RESERVED_SHARES[isDropping ? 'dropping' : 'quiet']
  const sentMax = (limits.commandsPerSecondMax * leaseMs) / 1_000
  return Math.ceil(Math.min(sentMax, (limits.failedCreatesPerDayMax ?? 0) * share))
}

/**
 * Opens the account's pool of sessions for a phase. The pool sends only while the lease allows it. Throws
 * RegistrarUnavailable.
 */
export async function connectAccount(
  { credentials, log, pauses, failures, rateInUse, measure, status, onSecurityEvent }: Connecting,
  account: RegistryAccountRow,
  phase: Phase,
  lease: HeldLease,
  signal: AbortSignal,
): Promise<Connected> {
  let refusal: RegistrarUnavailable | undefined
  const refused = new AbortController()
  const onEvent = (event: PoolEvent) => {
    logEvent(log, event)
    if (event.kind === 'alarm') {
      refusal = new RegistrarUnavailable(event.reason, event.code)
      refused.abort()
    }
    if (event.kind === 'security_event') onSecurityEvent?.(event.event)
  }
  const onExchange = (...done: Parameters<OnExchange>) => {
    status.meter.note(...done)
    measure?.(account.id, ...done)
  }
  const config = registrarConfigFor(account, secretsFor(account, credentials), phase)
  const pool = await connectRegistrar(
    { ...config, inherited: { rateInUse } },
    { onEvent, onExchange, pauses, failures, maySend: lease.maySend, signal },
  )
  const untilRefused: Loop = async (stop) => {
    await untilAborted(AbortSignal.any([stop, refused.signal]))
    if (refusal !== undefined) throw refusal
  }
  return { pool, limits: config.limits, refusal: () => refusal, untilRefused }
}

/** A password by its name in the account; undefined where this process does not have it. */
export function passwordOf(
  { password, passwords = {} }: Credentials,
  name: string | null,
): string | undefined {
  return name === null ? password : passwords[name]
}

/** Throws when the account has a password, or requires a certificate, that this process does not have. */
export function secretsFor(
  { id, clientCertificate, passwordName }: RegistryAccountRow,
  credentials: Credentials,
): RegistrySecrets {
  const { ca, certificates } = credentials
  const password = passwordOf(credentials, passwordName)
  if (password === undefined) throw new Error(`the credentials of ${id} have no password ${passwordName}`)
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
