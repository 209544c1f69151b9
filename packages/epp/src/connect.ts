import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from './clock.ts'
import type { PoolEvent } from './pool/answer.ts'
import { assemblePool } from './pool/assemble.ts'
import { Backoff, type Failures } from './pool/failures.ts'
import type { RegistrarPool } from './pool/pool.ts'
import type { RegistrarConfig, RegistrarTimes } from './profiles/registrar-config.ts'
import type { OnExchange } from './session/session.ts'
import { type OpenWire, openWire } from './session/wire.ts'

/** Generous: the registry's slowest wanted answers (.co: 2 s and more) stay well below, and no wait is without end. */
const TIMES: RegistrarTimes = {
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
  /** The pauses between refused logins, where they go on from pool to pool: a registry that refuses is not asked anew at full pace. */
  readonly pauses?: Backoff
  /** Ids of login and logout; those of other commands are the caller's. */
  readonly newClTRID?: () => string
  readonly onEvent?: (event: PoolEvent) => void
  readonly onExchange?: OnExchange | undefined
  /**
   * Whether this process may send now, asked before every frame: where it may not, nothing leaves, no login, hello or logout
   * either. Always, unless given.
   */
  readonly maySend?: () => boolean
  /** The account's budget of failed creates, with those of the last 24 hours: all pools of an account share it. New, unless given. */
  readonly failures?: Failures
  /** Gives up waiting for the first session; its reason is what the wait rejects with. */
  readonly signal?: AbortSignal
  /** TLS, unless a test says otherwise. */
  readonly openWire?: OpenWire
}

/** The registry gave us no session. */
export class RegistrarUnavailable extends Error {
  /** The code of a refused login that no repetition cures: wrong credentials, a locked account, services not offered. */
  readonly hopelessCode: number | undefined

  constructor(reason: string, hopelessCode?: number) {
    super(`no EPP session: ${reason}`)
    this.name = 'RegistrarUnavailable'
    this.hopelessCode = hopelessCode
  }
}

/**
 * Opens a pool on one registry account; resolves with its first session, the others follow. Rejects with
 * `RegistrarUnavailable` when the login is refused for good, or when no session came about within `firstSessionMsMax` of the moment
 * from which on the account's rate has room for a login.
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
  const { pool, crew } = assemblePool(config, times, {
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
    first.reject(new RegistrarUnavailable(crew.lastReason)),
  )
  const abort = () => first.reject(deps.signal?.reason)
  deps.signal?.addEventListener('abort', abort, { once: true })
  if (deps.signal?.aborted === true) abort()
  else crew.fill()
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

/** A predecessor's rate is waited out before the first login: a minute where the registry counts by minutes. */
function inheritedWaitMs({ limits, inherited }: RegistrarConfig): number {
  if (inherited?.rateInUse !== true) return 0
  return limits.commandsPerMinuteMax === undefined ? SECOND_MS : MINUTE_MS
}
