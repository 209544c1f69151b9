import type { OpenWire, Wire, WireEvents } from '../../src/session/wire.ts'
import * as say from './answers.ts'
import type { SlowTime } from './slow-time.ts'

/** What a registry publishes. It counts by its own clock, when a command has arrived. */
export type Rules = {
  readonly sessions: number
  readonly perSecond?: number
  readonly perMinute?: number
  readonly idleMs: number
  readonly sessionAgeMs?: number
  readonly sessionCommands?: number
  /** Between two creates on one connection. */
  readonly createGapMs?: number
  /** Between two commands about one name. */
  readonly nameGapMs?: number
  /** At most so many checks of a name within so long. */
  readonly checksOfName?: { readonly most: number; readonly withinMs: number }
  readonly loginPauseMs?: number
  readonly errorBlockMs?: number
  readonly failuresPerDay?: number
  /** How long a refusal takes. */
  readonly refusalMs?: number
}

export type StrictRegistry = {
  readonly openWire: OpenWire
  /** Rules that were broken, by name, and how often. */
  readonly violations: ReadonlyMap<string, number>
  /** Sessions that the registry ended. */
  readonly lost: () => number
  readonly counted: Record<'connections' | 'commands' | 'creates' | 'logouts' | 'sessionsMost', number>
}

type Connection = {
  readonly tell: (xml: string) => void
  readonly cut: () => void
  sinceMs: number
  loggedInAtMs: number
  commands: number
  lastMs: number
  lastCreateMs: number
  blockedUntilMs: number
  closed: boolean
}

/** The longest way to the registry in these tests; the client's bound is 250 ms. */
const WAY_MS_MAX = 240

/** A registry in memory that keeps count of every rule and forgives nothing. */
export function strictRegistry(rules: Rules, clock: SlowTime, random: () => number): StrictRegistry {
  const violations = new Map<string, number>()
  const open = new Set<Connection>()
  const arrivedMs: number[] = []
  const failedMs: number[] = []
  const checkedMs = new Map<string, number[]>()
  const touchedMs = new Map<string, number>()
  const counted = { connections: 0, commands: 0, creates: 0, logouts: 0, sessionsMost: 0 }
  let lost = 0
  const violate = (rule: string) => violations.set(rule, (violations.get(rule) ?? 0) + 1)
  const require = (holds: boolean, rule: string) => void (holds || violate(rule))
  const end = (connection: Connection, rule: string) => {
    lost += 1
    violate(rule)
    connection.cut()
  }

  const within = (times: number[], lengthMs: number) => {
    const sinceMs = clock.nowMs() - lengthMs
    let count = 0
    for (let at = times.length - 1; at >= 0 && (times[at] ?? 0) > sinceMs; at -= 1) count += 1
    return count
  }

  const countRates = () => {
    arrivedMs.push(clock.nowMs())
    require(within(arrivedMs, 1_000) <= (rules.perSecond ?? Infinity), 'commands per second')
    require(within(arrivedMs, 60_000) <= (rules.perMinute ?? Infinity), 'commands per minute')
    if (arrivedMs.length > 20_000) arrivedMs.splice(0, 10_000)
  }

  const countFailure = () => {
    failedMs.push(clock.nowMs())
    if (rules.failuresPerDay !== undefined)
      require(within(failedMs, 86_400_000) <= rules.failuresPerDay, 'failures a day')
    if (rules.failuresPerDay === undefined) failedMs.length = 0
  }

  const countName = (name: string, verb: string) => {
    const nowMs = clock.nowMs()
    require(nowMs - (touchedMs.get(name) ?? -Infinity) >= (rules.nameGapMs ?? 0), 'gap of a name')
    touchedMs.set(name, nowMs)
    if (verb !== 'check' || rules.checksOfName === undefined) return
    const times = checkedMs.get(name) ?? []
    times.push(nowMs)
    checkedMs.set(name, times)
    require(within(times, rules.checksOfName.withinMs) <= rules.checksOfName.most, 'checks of a name')
  }

  const countSession = (connection: Connection, verb: string) => {
    const nowMs = clock.nowMs()
    connection.commands += 1
    require(nowMs >= connection.blockedUntilMs, 'a blocked session')
    if (verb !== 'login')
      require(nowMs - connection.loggedInAtMs >= (rules.loginPauseMs ?? 0), 'rest after login')
    if (verb === 'create') {
      require(nowMs - connection.lastCreateMs >= (rules.createGapMs ?? 0), 'gap between creates')
      connection.lastCreateMs = nowMs
    }
    if (connection.commands > (rules.sessionCommands ?? Infinity)) end(connection, 'commands of a session')
  }

  const receive = (connection: Connection, xml: string) => {
    if (connection.closed) return
    const verb = /<(hello|login|logout|create|info|check)\b/u.exec(xml)?.[1] ?? ''
    const name = /:name[^>]*>([^<]*)</u.exec(xml)?.[1] ?? ''
    const clTRID = /<clTRID>([^<]*)</u.exec(xml)?.[1] ?? ''
    connection.lastMs = clock.nowMs()
    counted.commands += 1
    counted.creates += verb === 'create' ? 1 : 0
    counted.logouts += verb === 'logout' ? 1 : 0
    countRates()
    countSession(connection, verb)
    if (name !== '') countName(name, verb)
    const refused = verb === 'create' && random() < 0.97
    if (refused || verb === 'check') countFailure()
    const workMs = refused ? (rules.refusalMs ?? 5) : 5
    clock.after(workMs, () => answer(connection, verb, name, clTRID, refused))
  }

  const answer = (connection: Connection, verb: string, name: string, clTRID: string, refused: boolean) => {
    if (connection.closed) return
    if (verb === 'login') connection.loggedInAtMs = clock.nowMs()
    if (refused) connection.blockedUntilMs = clock.nowMs() + (rules.errorBlockMs ?? 0)
    connection.tell(replyTo(verb, name, clTRID, refused))
    if (verb === 'logout') connection.cut()
  }

  const watch = (connection: Connection) => {
    if (connection.closed) return
    const nowMs = clock.nowMs()
    if (nowMs - connection.lastMs > rules.idleMs) return end(connection, 'idle time')
    if (nowMs - connection.sinceMs > (rules.sessionAgeMs ?? Infinity))
      return end(connection, 'age of a session')
    clock.after(Math.min(rules.idleMs, rules.sessionAgeMs ?? Infinity) / 20, () => watch(connection))
  }

  const openWire: OpenWire = (_endpoint, _times, _clock, _tickets, events) => {
    const line = lineOf(clock, random, events)
    const connection: Connection = {
      tell: line.tell,
      cut: () => {
        if (connection.closed) return
        connection.closed = true
        open.delete(connection)
        line.cut()
      },
      sinceMs: clock.nowMs(),
      loggedInAtMs: Infinity,
      commands: 0,
      lastMs: clock.nowMs(),
      lastCreateMs: -Infinity,
      blockedUntilMs: -Infinity,
      closed: false,
    }
    line.onFrame((xml) => receive(connection, xml))
    line.onClose(connection.cut)
    open.add(connection)
    counted.connections += 1
    counted.sessionsMost = Math.max(counted.sessionsMost, open.size)
    require(open.size <= rules.sessions, 'sessions')
    clock.after(WAY_MS_MAX, () => {
      connection.tell(say.greeting(clock.date().toISOString()))
      watch(connection)
    })
    return Promise.resolve(line.wire)
  }
  return { openWire, violations, lost: () => lost, counted }
}

function replyTo(verb: string, name: string, clTRID: string, refused: boolean): string {
  if (verb === 'hello') return say.greeting()
  if (refused) return say.result(2302, clTRID)
  if (verb === 'create') return say.created(name, clTRID)
  if (verb === 'info') return say.info(name, clTRID)
  if (verb === 'check') return say.checked([name], clTRID)
  return say.result(verb === 'logout' ? 1500 : 1000, clTRID)
}

type Line = {
  readonly wire: Wire
  tell(xml: string): void
  cut(): void
  onFrame(hear: (xml: string) => void): void
  onClose(hear: () => void): void
}

/** A connection whose two ways take their time, and keep the order. */
function lineOf(clock: SlowTime, random: () => number, events: WireEvents): Line {
  let hearFrame: (xml: string) => void = () => {}
  let hearClose: () => void = () => {}
  let [thereMs, hereMs] = [0, 0]
  let over = false
  const gone = Promise.withResolvers<void>()
  const wayMs = () => 1 + random() ** 3 * (WAY_MS_MAX - 1)
  const there = (run: () => void) => {
    thereMs = Math.max(thereMs, clock.nowMs() + wayMs())
    clock.after(thereMs - clock.nowMs(), run)
  }
  const here = (run: () => void) => {
    hereMs = Math.max(hereMs, clock.nowMs() + wayMs())
    clock.after(hereMs - clock.nowMs(), run)
  }
  const finish = (reason: string) => {
    if (over) return
    over = true
    events.onOver(reason)
  }
  return {
    wire: {
      write: (frame) => {
        if (!over) there(() => hearFrame(frame.subarray(4).toString('utf8')))
        return !over
      },
      close: () => {
        finish('we closed the connection')
        there(() => hearClose())
      },
      gone: gone.promise,
    },
    tell: (xml) => here(() => over || events.onFrame(Buffer.from(xml, 'utf8'))),
    cut: () =>
      here(() => {
        finish('the registry closed the connection')
        gone.resolve()
      }),
    onFrame: (hear) => {
      hearFrame = hear
    },
    onClose: (hear) => {
      hearClose = hear
    },
  }
}
