import type { Context } from '@droplock/core/context'
import type { RegistryAccountRow } from '@droplock/core/registries/get-account'
import { readFailedCreates } from '@droplock/core/registries/read-failed-creates'
import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import type { Backoff } from '@droplock/epp/pool/backoff'
import type { PoolEvent } from '@droplock/epp/pool/events'
import type { AccountLimits } from '@droplock/epp/pool/limits'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import {
  type Phase,
  type RegistrySecrets,
  registrarConfigFor,
} from '@droplock/epp/profiles/registrar-config-for'
import type { Logger } from '@droplock/observability/logger'
import type { HeldLease } from './keep-lease.ts'

export type Credentials = {
  readonly password: string
  /** PEM; the platform's authorities when absent. */
  readonly ca?: string
  /** Ours, by the name by which a registry account asks for one. PEM. */
  readonly certificates: Readonly<Record<string, { readonly cert: string; readonly key: string }>>
}

export type Connected = {
  readonly pool: RegistrarPool
  /** What the pool keeps within. */
  readonly limits: AccountLimits
  /** Why the registry will open no session any more, if it said so after it had let us in. */
  readonly refusal: () => RegistrarUnavailable | undefined
}

export type Connecting = {
  readonly ctx: Context
  readonly log: Logger
  readonly credentials: Credentials
  readonly pauses: Backoff
}

/**
 * Opens the pool of sessions of a phase on the account's registry, which sends while the lease allows it. Throws
 * RegistrarUnavailable.
 */
export async function connectAccount(
  { ctx, credentials, log, pauses }: Connecting,
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
  const config = registrarConfigFor(account, secretsFor(account, credentials), phase)
  const { failedCreatesPerDayMax: budget } = config.limits
  const failedCreatesAt = budget === undefined ? [] : await readFailedCreates(ctx, account.id, budget)
  const pool = await connectRegistrar(
    // A predecessor may have sent at full rate until a moment ago.
    { ...config, inherited: { failedCreatesAt, rateInUse: true } },
    { onEvent, pauses, maySend: lease.maySend, signal },
  )
  return { pool, limits: config.limits, refusal: () => refusal }
}

/** Throws when the account asks for a certificate that this process was not given. */
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
