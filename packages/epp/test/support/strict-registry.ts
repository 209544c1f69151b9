import type { OpenWire } from '../../src/session/wire.ts'
import * as say from './answers.ts'
import { MemoryWire, ONE_WAY_MS_MAX } from './memory-wire.ts'
import { RuleCounter, type Rules, type SessionRecord } from './rule-counter.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Share of creates that are refused: nearly all, as at a drop. */
const REFUSED_SHARE = 0.97

/** How long an answer usually takes. */
const WORK_MS = 5

type Received = { readonly verb: string; readonly name: string; readonly clTRID: string }
type Connection = SessionRecord & { readonly wire: MemoryWire; closed: boolean }

/** A registry in memory that counts every violation of its rules. */
export class StrictRegistry {
  readonly counted = { connections: 0, commands: 0, creates: 0, logouts: 0, sessionsMost: 0 }
  /** Sessions that the registry ended. */
  lost = 0
  readonly #rules: Rules
  readonly #clock: VirtualTime
  readonly #random: () => number
  readonly #counter: RuleCounter
  readonly #open = new Set<Connection>()

  constructor(rules: Rules, clock: VirtualTime, random: () => number) {
    this.#rules = rules
    this.#clock = clock
    this.#random = random
    this.#counter = new RuleCounter(rules, () => clock.nowMs())
  }

  /** Rules that were broken, by name, and how often. */
  get violations(): ReadonlyMap<string, number> {
    return this.#counter.violations
  }

  readonly openWire: OpenWire = (_endpoint, _times, _clock, _tickets, events) => {
    const nowMs = this.#clock.nowMs()
    const wire = new MemoryWire(this.#clock, this.#random, events, {
      onFrame: (xml) => this.#receive(connection, xml),
      onClose: () => this.#close(connection),
    })
    const connection: Connection = {
      wire,
      closed: false,
      sinceMs: nowMs,
      loggedInAtMs: Infinity,
      commands: 0,
      lastMs: nowMs,
      lastCreateMs: -Infinity,
      blockedUntilMs: -Infinity,
    }
    this.#open.add(connection)
    this.counted.connections += 1
    this.counted.sessionsMost = Math.max(this.counted.sessionsMost, this.#open.size)
    this.#counter.sessions(this.#open.size)
    this.#clock.after(ONE_WAY_MS_MAX, () => {
      wire.send(say.greeting(this.#clock.date().toISOString()))
      this.#watch(connection)
    })
    return Promise.resolve(wire)
  }

  #receive(connection: Connection, xml: string): void {
    if (connection.closed) return
    const received = {
      verb: /<(hello|login|logout|create|info|check)\b/u.exec(xml)?.[1] ?? '',
      name: /:name[^>]*>([^<]*)</u.exec(xml)?.[1] ?? '',
      clTRID: /<clTRID>([^<]*)</u.exec(xml)?.[1] ?? '',
    }
    const { verb, name } = received
    this.counted.commands += 1
    this.counted.creates += verb === 'create' ? 1 : 0
    this.counted.logouts += verb === 'logout' ? 1 : 0
    this.#counter.arrival()
    if (this.#counter.session(connection, verb)) this.#end(connection, 'commands of a session')
    if (name !== '') this.#counter.name(name, verb)
    const refused = verb === 'create' && this.#random() < REFUSED_SHARE
    if (refused || verb === 'check') this.#counter.failure()
    const workMs = refused ? (this.#rules.refusalMs ?? WORK_MS) : WORK_MS
    this.#clock.after(workMs, () => this.#answer(connection, received, refused))
  }

  #answer(connection: Connection, received: Received, refused: boolean): void {
    if (connection.closed) return
    const nowMs = this.#clock.nowMs()
    if (received.verb === 'login') connection.loggedInAtMs = nowMs
    if (refused) connection.blockedUntilMs = nowMs + (this.#rules.errorBlockMs ?? 0)
    connection.wire.send(refused ? say.result(2302, received.clTRID) : replyTo(received))
    if (received.verb === 'logout') this.#close(connection)
  }

  #watch(connection: Connection): void {
    if (connection.closed) return
    const over = this.#counter.outlived(connection)
    if (over !== undefined) return this.#end(connection, over)
    const { idleMs, sessionAgeMs = Infinity } = this.#rules
    this.#clock.after(Math.min(idleMs, sessionAgeMs) / 20, () => this.#watch(connection))
  }

  #end(connection: Connection, rule: string): void {
    this.lost += 1
    this.#counter.violate(rule)
    this.#close(connection)
  }

  #close(connection: Connection): void {
    if (connection.closed) return
    connection.closed = true
    this.#open.delete(connection)
    connection.wire.cut()
  }
}

function replyTo({ verb, name, clTRID }: Received): string {
  if (verb === 'hello') return say.greeting()
  if (verb === 'create') return say.created(name, clTRID)
  if (verb === 'info') return say.info(name, clTRID)
  if (verb === 'check') return say.checked([name], clTRID)
  return say.result(verb === 'logout' ? 1500 : 1000, clTRID)
}
