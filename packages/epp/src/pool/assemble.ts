import type { Clock } from '../clock.ts'
import type { SecurityEvent } from '../extensions/login-sec.ts'
import type { RegistrarConfig, RegistrarTimes } from '../profiles/registrar-config.ts'
import { DEFAULT_EXTENSIONS, type Demands, type Dialect, dialectOf } from '../session/dialect.ts'
import { openSession, type SessionConfig, SessionRefused } from '../session/open.ts'
import type { OnExchange, Session } from '../session/session.ts'
import type { OpenWire } from '../session/wire.ts'
import type { PoolEvent } from './answer.ts'
import { type Backoff, type Failures, failuresOf } from './failures.ts'
import { Hosts } from './hosts.ts'
import { type AccountLimits, NameGaps, Rates, RateWindow, TRANSIT_MS_MAX } from './limits.ts'
import { CHECKS_PER_SILENCE, RegistrarPool } from './pool.ts'
import { SessionRotation } from './session-rotation.ts'
import { logOutWhenFree, SessionSupervisor, type SessionSupervisorDeps } from './session-supervisor.ts'
import { SlotQueue } from './slot-queue.ts'

type AssemblyDeps = {
  readonly clock: Clock
  readonly pauses: Backoff
  readonly newClTRID: () => string
  readonly openWire: OpenWire
  readonly onEvent: (event: PoolEvent) => void
  readonly onExchange: OnExchange | undefined
  readonly maySend: () => boolean
  readonly failures: Failures | undefined
}

type OpenerDeps = Pick<
  AssemblyDeps,
  'clock' | 'newClTRID' | 'openWire' | 'onEvent' | 'onExchange' | 'maySend'
>

const MINUTE_MS = 60_000

/** Share of a session's life between two checks: a replacement due at nine tenths is noticed well before the end. */
const CHECK_SHARE = 0.01

/** Builds a pool without opening a session. */
export function assemblePool(
  config: RegistrarConfig,
  times: RegistrarTimes,
  deps: AssemblyDeps,
): { readonly pool: RegistrarPool; readonly supervisor: SessionSupervisor<Session> } {
  const { limits, inherited } = config
  const { clock, pauses, onEvent, maySend } = deps
  const nowMs = () => clock.nowMs()
  const transitMsMax = limits.transitMsMax ?? TRANSIT_MS_MAX
  const names = new NameGaps(limits.nameGapMs ?? 0, transitMsMax, nowMs)
  const failures = deps.failures ?? failuresOf(limits, [], clock)
  const window = ratesOf(limits, transitMsMax, nowMs, inherited?.rateInUse === true)
  const slotQueue: SlotQueue = new SlotQueue({
    clock,
    window,
    names,
    failures,
    limits,
    transitMsMax,
    answerMsMax: times.answerMsMax,
    sessions: () => supervisor.sessions,
    mayServe: (session, reserved) => rotation.mayServe(session, reserved),
  })
  const supervisor = new SessionSupervisor<Session>({
    clock,
    pauses,
    sessionsMax: limits.sessionsMax,
    open: opener(config, times, deps, () => slotQueue.permit()),
    onEvent,
    onChange: () => {
      // There will be no session again, so nothing should wait for one.
      if (supervisor.stopped !== undefined && supervisor.counted.ready === 0)
        slotQueue.close(supervisor.stopped)
      else slotQueue.pump()
    },
  })
  const rotation: SessionRotation<Session> = new SessionRotation({
    clock,
    life: limits.life ?? {},
    commandsPerSecondMax: perSession(limits),
    sessions: () => supervisor.sessions,
    moving: () => supervisor.counted.opening + supervisor.counted.leaving,
    stopped: () => supervisor.stopped !== undefined,
    retire: (session) => {
      supervisor.retiring(session)
      return logOutWhenFree(session, { slotQueue, clock }, times.answerMsMax)
    },
  })
  if (inherited?.sessions !== undefined)
    supervisor.inherit(inherited.sessions, inherited.sessionsForMs ?? limits.idleMsMax)
  const helloAfterMs = limits.helloAfterMs ?? limits.idleMsMax / 2
  const { slotMsMax, closeMsMax } = times
  const { subProducts } = config
  const checkEveryMs = Math.min(
    helloAfterMs / CHECKS_PER_SILENCE,
    (limits.life?.endsAfterMs ?? Infinity) * CHECK_SHARE,
  )
  const bounds = { helloAfterMs, checkEveryMs, slotMsMax, closeMsMax }
  const parts = { clock, supervisor, slotQueue, rotation, names, failures, maySend, ...bounds, subProducts }
  return { pool: new RegistrarPool(parts), supervisor }
}

function ratesOf(
  limits: AccountLimits,
  transitMsMax: number,
  nowMs: () => number,
  inUse: boolean,
): RateWindow | Rates {
  const { commandsPerSecondMax, commandsPerMinuteMax } = limits
  const windows = [new RateWindow(commandsPerSecondMax, transitMsMax, nowMs)]
  if (commandsPerMinuteMax !== undefined)
    windows.push(new RateWindow(commandsPerMinuteMax, transitMsMax, nowMs, MINUTE_MS))
  if (inUse) for (const window of windows) window.assumeUsed()
  return new Rates(windows, nowMs)
}

/** The most commands a second that one session can get when all share the account's rate evenly. */
function perSession({ commandsPerSecondMax, sessionsMax, sessionGapMs = 0 }: AccountLimits): number {
  const share = commandsPerSecondMax / sessionsMax
  return sessionGapMs > 0 ? Math.min(share, 1_000 / sessionGapMs) : share
}

/** Opens sessions of an account, one at each call; `permit` is each login's place in the account's rate. */
export function opener(
  config: RegistrarConfig,
  times: RegistrarTimes,
  { clock, newClTRID, openWire, onEvent, onExchange, maySend }: OpenerDeps,
  permit: SlotQueue['permit'],
): SessionSupervisorDeps<Session>['open'] {
  const onSecurityEvent = (event: SecurityEvent) => onEvent({ kind: 'security_event', event })
  const hosts = new Hosts([config.endpoint, ...(config.alternates ?? [])])
  const dialect = dialects(demandsOf(config))
  const session: SessionConfig = {
    credentials: config.credentials,
    lang: config.lang ?? 'en',
    extensions: config.extensions ?? DEFAULT_EXTENSIONS,
    windowMax: config.limits.windowMax ?? 1,
    times,
  }
  return async (onEnd, signal) => {
    // At some registries a connection alone counts as a session.
    if (!maySend()) throw new SessionRefused('nothing may be sent', Promise.resolve())
    const host = hosts.current
    try {
      const callbacks = { onEnd, onExchange, onSecurityEvent }
      const parts = { clock, newClTRID, openWire, ...host, dialect, permit, maySend, ...callbacks }
      return await openSession(session, parts, signal)
    } catch (error) {
      // A host that answers is not down, even if it refuses.
      if (!(error instanceof SessionRefused) || error.code === undefined) hosts.failed(host)
      throw error
    }
  }
}

function demandsOf({ subProducts, dnssecUrgent }: Demands): Demands {
  return { ...(subProducts && { subProducts }), ...(dnssecUrgent !== undefined && { dnssecUrgent }) }
}

/** Returns the same dialect object for the same extensions, so that a create is encoded once for all sessions. */
function dialects(demands: Demands): (extensions: readonly string[]) => Dialect {
  const known = new Map<string, Dialect>()
  return (extensions) => {
    const key = extensions.toSorted().join(' ')
    const dialect = known.get(key) ?? dialectOf(extensions, demands)
    known.set(key, dialect)
    return dialect
  }
}
