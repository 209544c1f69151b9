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
import { LOOKS_PER_SILENCE, RegistrarPool } from './pool.ts'
import { Relief } from './session-rotation.ts'
import { Crew, type CrewDeps, logOutWhenFree } from './session-supervisor.ts'
import { Desk } from './slot-queue.ts'

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

const MINUTE_MS = 60_000

/** Of a session's life: what is to be replaced at nine tenths of it is seen well before its end. */
const LOOK_SHARE = 0.01

/** Puts a pool together; nothing is opened yet. */
export function assemblePool(
  config: RegistrarConfig,
  times: RegistrarTimes,
  deps: AssemblyDeps,
): { readonly pool: RegistrarPool; readonly crew: Crew<Session> } {
  const { limits, inherited } = config
  const { clock, pauses, onEvent, maySend } = deps
  const nowMs = () => clock.nowMs()
  const transitMsMax = limits.transitMsMax ?? TRANSIT_MS_MAX
  const names = new NameGaps(limits.nameGapMs ?? 0, transitMsMax, nowMs)
  const failures = deps.failures ?? failuresOf(limits, [], clock)
  const window = ratesOf(limits, transitMsMax, nowMs, inherited?.rateInUse === true)
  const desk: Desk = new Desk({
    clock,
    window,
    names,
    failures,
    limits,
    transitMsMax,
    answerMsMax: times.answerMsMax,
    sessions: () => crew.sessions,
    mayServe: (session, reserved) => relief.mayServe(session, reserved),
  })
  const crew = new Crew<Session>({
    clock,
    pauses,
    sessionsMax: limits.sessionsMax,
    open: opener(config, times, deps, () => desk.permit()),
    onEvent,
    onChange: () => {
      // Nobody waits for what will never come.
      if (crew.stopped !== undefined && crew.counted.ready === 0) desk.close(crew.stopped)
      else desk.pump()
    },
  })
  const relief: Relief<Session> = new Relief({
    clock,
    life: limits.life ?? {},
    commandsPerSecondMax: perSession(limits),
    sessions: () => crew.sessions,
    moving: () => crew.counted.opening + crew.counted.leaving,
    stopped: () => crew.stopped !== undefined,
    retire: (session) => {
      crew.retiring(session)
      return logOutWhenFree(session, { desk, clock }, times.answerMsMax)
    },
  })
  if (inherited?.sessions !== undefined)
    crew.inherit(inherited.sessions, inherited.sessionsForMs ?? limits.idleMsMax)
  const helloAfterMs = limits.helloAfterMs ?? limits.idleMsMax / 2
  const { slotMsMax, closeMsMax } = times
  const { subProducts } = config
  const lookEveryMs = Math.min(
    helloAfterMs / LOOKS_PER_SILENCE,
    (limits.life?.endsAfterMs ?? Infinity) * LOOK_SHARE,
  )
  const bounds = { helloAfterMs, lookEveryMs, slotMsMax, closeMsMax }
  const parts = { clock, crew, desk, relief, names, failures, maySend, ...bounds, subProducts }
  return { pool: new RegistrarPool(parts), crew }
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

/** What one session can be given at most, when all share the account's rate evenly. */
function perSession({ commandsPerSecondMax, sessionsMax, sessionGapMs = 0 }: AccountLimits): number {
  const share = commandsPerSecondMax / sessionsMax
  return sessionGapMs > 0 ? Math.min(share, 1_000 / sessionGapMs) : share
}

function opener(
  config: RegistrarConfig,
  times: RegistrarTimes,
  { clock, newClTRID, openWire, onEvent, onExchange, maySend }: AssemblyDeps,
  permit: Desk['permit'],
): CrewDeps<Session>['open'] {
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
    // A connection alone may count as a session.
    if (!maySend()) throw new SessionRefused('nothing may be sent', Promise.resolve())
    const host = hosts.current
    try {
      const callbacks = { onEnd, onExchange, onSecurityEvent }
      const parts = { clock, newClTRID, openWire, ...host, dialect, permit, maySend, ...callbacks }
      return await openSession(session, parts, signal)
    } catch (error) {
      // A host that answers is not down, whatever it answers.
      if (!(error instanceof SessionRefused) || error.code === undefined) hosts.failed(host)
      throw error
    }
  }
}

function demandsOf({ subProducts, dnssecUrgent }: Demands): Demands {
  return { ...(subProducts && { subProducts }), ...(dnssecUrgent !== undefined && { dnssecUrgent }) }
}

/** The same dialect for the same extensions, so that a prepared create is encoded once for all sessions. */
function dialects(demands: Demands): (extensions: readonly string[]) => Dialect {
  const known = new Map<string, Dialect>()
  return (extensions) => {
    const key = extensions.toSorted().join(' ')
    const dialect = known.get(key) ?? dialectOf(extensions, demands)
    known.set(key, dialect)
    return dialect
  }
}
