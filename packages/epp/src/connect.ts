import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from './clock.ts'
import type { Credentials } from './commands/login.ts'
import { Crew, type CrewDeps } from './pool/crew.ts'
import { Desk } from './pool/desk.ts'
import type { PoolEvent } from './pool/events.ts'
import { FailedCreates } from './pool/failed-creates.ts'
import { type AccountLimits, type Inherited, TRANSIT_MS_MAX } from './pool/limits.ts'
import { NameGaps } from './pool/name-gaps.ts'
import { RegistrarPool } from './pool/pool.ts'
import { RateWindow } from './pool/rate-window.ts'
import { openSession, type SessionConfig } from './session/open.ts'
import { DEFAULT_EXTENSIONS } from './session/services.ts'
import type { Session, SessionTimes } from './session/session.ts'
import type { Endpoint, TlsTickets } from './session/wire.ts'

export type RegistrarTimes = SessionTimes & {
  /** How long `connectRegistrar` tries to get a first session. */
  readonly firstSessionMsMax: number
  /** How long `create`, `info` and `check` of the port wait for a slot. */
  readonly slotMsMax: number
}

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

export type RegistrarConfig = {
  readonly endpoint: Endpoint
  readonly credentials: Credentials
  readonly limits: AccountLimits
  readonly times?: Partial<RegistrarTimes>
  readonly lang?: string
  readonly extensions?: readonly string[]
  readonly inherited?: Inherited
}

export type RegistrarDeps = {
  readonly clock?: Clock
  /** 0 ≤ x < 1, for pauses. */
  readonly random?: () => number
  /** Ids of login and logout; those of other commands are the caller's. */
  readonly newClTRID?: () => string
  readonly onEvent?: (event: PoolEvent) => void
}

/** The registry gave us no session. */
export class RegistrarUnavailable extends Error {
  constructor(reason: string) {
    super(`no EPP session: ${reason}`)
    this.name = 'RegistrarUnavailable'
  }
}

/**
 * Opens a pool on one registry account; resolves with its first session, the others follow. Rejects with
 * `RegistrarUnavailable` when the login is refused for good, or when no session came about within `firstSessionMsMax`.
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
    if (event.kind === 'alarm') first.reject(new RegistrarUnavailable(event.reason))
  }
  const { pool, crew } = assemble(config, times, { ...deps, clock, onEvent })
  const cancel = clock.after(times.firstSessionMsMax, () =>
    first.reject(new RegistrarUnavailable(crew.lastReason)),
  )
  crew.fill()
  try {
    await first.promise
    return pool
  } catch (error) {
    await pool.close()
    throw error
  } finally {
    cancel()
  }
}

type Ready = RegistrarDeps & { readonly clock: Clock; readonly onEvent: (event: PoolEvent) => void }

function assemble(
  config: RegistrarConfig,
  times: RegistrarTimes,
  deps: Ready,
): { pool: RegistrarPool; crew: Crew<Session> } {
  const { limits, inherited } = config
  const { clock } = deps
  const nowMs = () => clock.nowMs()
  const transitMsMax = limits.transitMsMax ?? TRANSIT_MS_MAX
  const names = new NameGaps(limits.nameGapMs ?? 0, transitMsMax, nowMs)
  const agesMs = (inherited?.failedCreatesAt ?? []).map((at) => clock.date().getTime() - at.getTime())
  const failedCreates = new FailedCreates(limits.failedCreatesPerDayMax ?? Infinity, agesMs, nowMs)
  const window = new RateWindow(limits.commandsPerSecondMax, transitMsMax, nowMs)
  if (inherited?.rateInUse === true) window.assumeUsed()
  const desk: Desk = new Desk({
    clock,
    window,
    names,
    failedCreates,
    sessionGapMs: limits.sessionGapMs ?? 0,
    transitMsMax,
    answerMsMax: times.answerMsMax,
    windowMax: limits.windowMax ?? 1,
    sessions: () => crew.sessions,
  })
  const crew = new Crew<Session>({
    clock,
    random: deps.random ?? Math.random,
    sessionsMax: limits.sessionsMax,
    open: opener(config, times, deps, () => desk.permit()),
    onEvent: deps.onEvent,
    onChange: () => {
      // Nobody waits for what will never come.
      if (crew.stopped !== undefined && crew.counted.ready === 0) desk.close(crew.stopped)
      else desk.pump()
    },
  })
  if (inherited?.sessions !== undefined)
    crew.inherit(inherited.sessions, inherited.sessionsForMs ?? limits.idleMsMax)
  const { idleMsMax } = limits
  const { slotMsMax, closeMsMax } = times
  return {
    pool: new RegistrarPool({ clock, crew, desk, names, failedCreates, idleMsMax, slotMsMax, closeMsMax }),
    crew,
  }
}

function opener(
  config: RegistrarConfig,
  times: RegistrarTimes,
  { clock, newClTRID = () => `s-${randomUUID()}` }: Ready,
  permit: Desk['permit'],
): CrewDeps<Session>['open'] {
  const tickets: TlsTickets = {}
  const session: SessionConfig = {
    endpoint: config.endpoint,
    credentials: config.credentials,
    lang: config.lang ?? 'en',
    extensions: config.extensions ?? DEFAULT_EXTENSIONS,
    windowMax: config.limits.windowMax ?? 1,
    times,
  }
  return (onEnd, signal) => openSession(session, { clock, newClTRID, tickets, permit, onEnd }, signal)
}
