import { tracingSettings } from '@droplock/settings/tracing'
import { databaseUrl, logLevel, milliseconds } from '@droplock/settings/values'
import { z } from 'zod'
import { usualBounds } from './bound-connections.ts'
import type { Address } from './listen.ts'
import { trustProxies } from './source.ts'

/** By then every caller has given up. */
const WAIT_MS_MAX = 600_000

/** The settings of every HTTP server. An app's `config.ts` adds its own. */
export const serverSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: databaseUrl,
  /** Connections per database. More than the database has cores for only makes a longer queue inside it. */
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(20),
  /**
   * Connections per database for searches, lists and exports, which may be slow; orders and single reads have the others. At most half
   * as many as the database has cores: then the other half is left for orders whatever is searched for.
   */
  DATABASE_READ_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(4),
  DROPLOCK_LOG_LEVEL: logLevel,
  ...tracingSettings,
  /** A request that takes longer is answered with `unavailable`. Milliseconds. */
  REQUEST_MS_MAX: milliseconds(1, WAIT_MS_MAX).default(15_000),
  /**
   * After SIGTERM, `/readyz` answers 503 and requests are still accepted for so long: until a balancer has noticed and sends them elsewhere.
   * Milliseconds.
   */
  DRAIN_DELAY_MS: milliseconds(0, WAIT_MS_MAX).default(0),
  /** And then requests that run may end within this. Milliseconds. */
  DRAIN_MS_MAX: milliseconds(1, WAIT_MS_MAX).default(10_000),
  /** Open connections at once; each may wait for a reader with one answer, some hundred kilobytes at most. */
  CONNECTIONS_MAX: count(usualBounds.connectionsMax),
  /** Connections of one IPv4 address or one IPv6 /64, so that no single source can use up all of them. */
  CONNECTIONS_PER_SOURCE_MAX: count(usualBounds.connectionsPerSourceMax),
  /** A client that reads nothing of an answer for this long is disconnected. Milliseconds. */
  WRITE_MS_MAX: milliseconds(100, WAIT_MS_MAX).default(usualBounds.writeMsMax),
  /**
   * Our own proxies, as a comma-separated list of addresses or networks. Only their `X-Forwarded-For` is trusted; without this
   * setting all clients behind a proxy count as one source.
   */
  TRUSTED_PROXIES: z.string().default('').transform(toNetworks),
} as const

/** Where `/metrics` is served by an app whose own port is public. */
export const metricsSettings = {
  /** 0 picks a free port; without a port nothing is served. */
  DROPLOCK_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** The loopback address, unless the metrics are read from another machine. */
  DROPLOCK_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
} as const

function count(usual: number) {
  return z.coerce.number().int().min(1).max(100_000).default(usual)
}

function toNetworks(text: string, context: z.RefinementCtx): readonly string[] {
  const networks = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  try {
    trustProxies(networks)
    return networks
  } catch {
    context.addIssue({ code: 'custom', message: 'must be addresses or networks such as 10.0.0.0/8' })
    return z.NEVER
  }
}

type OfAddress =
  | 'HOST'
  | 'CONNECTIONS_MAX'
  | 'CONNECTIONS_PER_SOURCE_MAX'
  | 'WRITE_MS_MAX'
  | 'TRUSTED_PROXIES'
type Settings = { [Name in OfAddress]: z.output<(typeof serverSettings)[Name]> }

/** Where a server listens, its public URL, and what it holds at most. */
export function addressOf(config: Settings & { readonly PORT: number }, origin?: string): Address {
  return {
    host: config.HOST,
    port: config.PORT,
    bounds: {
      connectionsMax: config.CONNECTIONS_MAX,
      connectionsPerSourceMax: config.CONNECTIONS_PER_SOURCE_MAX,
      writeMsMax: config.WRITE_MS_MAX,
    },
    trustedProxies: config.TRUSTED_PROXIES,
    origin,
  }
}
