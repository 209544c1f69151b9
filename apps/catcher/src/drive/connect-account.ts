import type { RegistryAccountRow } from '@droplock/core/registries/get-account'
import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import type { Backoff } from '@droplock/epp/pool/backoff'
import type { PoolEvent } from '@droplock/epp/pool/events'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { HeldLease } from './keep-lease.ts'

export type Credentials = { readonly password: string; readonly ca: string }

export type Connected = {
  readonly pool: RegistrarPool
  /** Why the registry will open no session any more, if it said so after it had let us in. */
  readonly refusal: () => RegistrarUnavailable | undefined
}

export type Connecting = {
  readonly log: Logger
  readonly credentials: Credentials
  readonly pauses: Backoff
}

/** Opens the pool of sessions on the account's registry, which sends while the lease allows it. Throws RegistrarUnavailable. */
export async function connectAccount(
  { credentials, log, pauses }: Connecting,
  account: RegistryAccountRow,
  lease: HeldLease,
  signal: AbortSignal,
): Promise<Connected> {
  let refusal: RegistrarUnavailable | undefined
  const onEvent = (event: PoolEvent) => {
    logEvent(log, event)
    if (event.kind === 'alarm') refusal = new RegistrarUnavailable(event.reason, event.code)
  }
  const pool = await connectRegistrar(
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
    { onEvent, pauses, maySend: lease.maySend, signal },
  )
  return { pool, refusal: () => refusal }
}

function logEvent(log: Logger, event: PoolEvent): void {
  const { kind, ...facts } = event
  const line = { event: `epp.${kind}`, ...facts }
  if (kind === 'alarm') log.error(line)
  else log.info(line)
}
