import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from './clock.ts'
import type { PoolEvent } from './pool/answer.ts'
import { assemblePool } from './pool/assemble.ts'
import { Backoff, type Failures } from './pool/failures.ts'
import type { RegistrarPool } from './pool/pool.ts'
import type { RegistrarConfig, RegistrarTimes } from './profiles/registrar-config.ts'
import type { OnExchange } from './session/session.ts'
import { type OpenWire, openWire } from './session/wire.ts'

/** Well above the slowest answers that registries are known to give (.co: 2 s and more). No wait is unbounded. */
export const TIMES: RegistrarTimes = {
  connectMsMax: 10_000,
  greetingMsMax: 10_000,
  loginMsMax: 15_000,
  answerMsMax: 10_000,
  closeMsMax: 3_000,
  firstSessionMsMax: 20_000,
  slotMsMax: 5_000,
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

export type RegistrarDeps = {
  readonly clock?: Clock
  /** 0 ≤ x < 1, for pauses. */
  readonly random?: () => number
  /** The pauses between refused logins. Given when they continue from an earlier pool, so that a new pool does not retry at full speed. */
  readonly pauses?: Backoff
  /** clTRIDs of login and logout. The caller chooses those of other commands. */
  readonly newClTRID?: () => string
  readonly onEvent?: (event: PoolEvent) => void
  readonly onExchange?: OnExchange | undefined
  /**
   * Whether this process may send now, checked before every frame. While it may not, nothing is sent, neither login nor hello
   * nor logout. Default: always.
   */
  readonly maySend?: () => boolean
  /** The account's budget of failed creates, which all its pools share, with those of the last 24 hours. Default: a new one. */
  readonly failures?: Failures
  /** Ends the wait for the first session, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** TLS, unless a test replaces it. */
  readonly openWire?: OpenWire
}

/** The registry opened no session for us. */
export class RegistrarUnavailable extends Error {
  /** The code of a login refusal that a retry cannot change: wrong credentials, a locked account, services not offered. */
  readonly permanentCode: number | undefined

  constructor(reason: string, permanentCode?: number) {
    super(`no EPP session: ${reason}`)
    this.name = 'RegistrarUnavailable'
    this.permanentCode = permanentCode
  }
}

/**
 * Opens a pool for one registry account. Resolves when the first session is ready; the others follow. Rejects with
 * `RegistrarUnavailable` when the login is permanently refused, or when no session is ready within `firstSessionMsMax`, counted
 * from when the account's rate allows a login.
 */
export async function connectRegistrar(
  config: RegistrarConfig,
  deps: RegistrarDeps = {},
): Promise<RegistrarPool> {
  const clock = deps.clock ?? systemClock
  const times = { ...TIMES, ...config.times }
  const first = Promise.withResolvers<void>()
  const onEvent = (event: PoolEvent) => {
    deps.onEvent?.(event)
    if (event.kind === 'session_ready') first.resolve()
    if (event.kind === 'alarm') first.reject(new RegistrarUnavailable(event.reason, event.code))
  }
  const { pool, supervisor } = assemblePool(config, times, {
    clock,
    pauses: deps.pauses ?? new Backoff(deps.random ?? Math.random),
    newClTRID: deps.newClTRID ?? (() => `s-${randomUUID()}`),
    openWire: deps.openWire ?? openWire,
    maySend: deps.maySend ?? (() => true),
    failures: deps.failures,
    onEvent,
    onExchange: deps.onExchange,
  })
  const cancel = clock.after(times.firstSessionMsMax + inheritedWaitMs(config), () =>
    first.reject(new RegistrarUnavailable(supervisor.lastReason)),
  )
  const abort = () => first.reject(deps.signal?.reason)
  deps.signal?.addEventListener('abort', abort, { once: true })
  if (deps.signal?.aborted === true) abort()
  else supervisor.fill()
  try {
    await first.promise
    return pool
  } catch (error) {
    await pool.close()
    throw error
  } finally {
    cancel()
    deps.signal?.removeEventListener('abort', abort)
  }
}

/** How long the first login waits for the rate that a predecessor may have used: a minute where the registry counts by minutes. */
export function inheritedWaitMs({ limits, inherited }: RegistrarConfig): number {
  if (inherited?.rateInUse !== true) return 0
  return limits.commandsPerMinuteMax === undefined ? SECOND_MS : MINUTE_MS
}
