import type { OpenWire } from '../../src/session/wire.ts'
import * as say from './answers.ts'
import { Line, WAY_MS_MAX } from './line.ts'
import { RuleBook, type Rules, type Standing } from './rule-book.ts'
import type { SlowTime } from './slow-time.ts'

/** How many creates are refused: at a drop, nearly all. */
const REFUSED_SHARE = 0.97

/** How long an answer takes that nothing makes slow. */
const WORK_MS = 5

type Heard = { readonly verb: string; readonly name: string; readonly clTRID: string }
type Connection = Standing & { readonly line: Line; closed: boolean }

/** A registry in memory that keeps count of every rule and forgives nothing. */
export class StrictRegistry {
  readonly counted = { connections: 0, commands: 0, creates: 0, logouts: 0, sessionsMost: 0 }
  /** Sessions that the registry ended. */
  lost = 0
  readonly #rules: Rules
  readonly #clock: SlowTime
  readonly #random: () => number
  readonly #book: RuleBook
  readonly #open = new Set<Connection>()

  constructor(rules: Rules, clock: SlowTime, random: () => number) {
    this.#rules = rules
    this.#clock = clock
    this.#random = random
    this.#book = new RuleBook(rules, () => clock.nowMs())
  }

  /** Rules that were broken, by name, and how often. */
  get violations(): ReadonlyMap<string, number> {
    return this.#book.violations
  }

  readonly openWire: OpenWire = (_endpoint, _times, _clock, _tickets, events) => {
    const nowMs = this.#clock.nowMs()
    const line = new Line(this.#clock, this.#random, events, {
      onFrame: (xml) => this.#hear(connection, xml),
      onClose: () => this.#close(connection),
    })
    const connection: Connection = {
      line,
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
    this.#book.sessions(this.#open.size)
    this.#clock.after(WAY_MS_MAX, () => {
      line.tell(say.greeting(this.#clock.date().toISOString()))
      this.#watch(connection)
    })
    return Promise.resolve(line)
  }

  #hear(connection: Connection, xml: string): void {
    if (connection.closed) return
    const heard = {
      verb: /<(hello|login|logout|create|info|check)\b/u.exec(xml)?.[1] ?? '',
      name: /:name[^>]*>([^<]*)</u.exec(xml)?.[1] ?? '',
      clTRID: /<clTRID>([^<]*)</u.exec(xml)?.[1] ?? '',
    }
    const { verb, name } = heard
    this.counted.commands += 1
    this.counted.creates += verb === 'create' ? 1 : 0
    this.counted.logouts += verb === 'logout' ? 1 : 0
    this.#book.arrival()
    if (this.#book.session(connection, verb)) this.#end(connection, 'commands of a session')
    if (name !== '') this.#book.name(name, verb)
    const refused = verb === 'create' && this.#random() < REFUSED_SHARE
    if (refused || verb === 'check') this.#book.failure()
    const workMs = refused ? (this.#rules.refusalMs ?? WORK_MS) : WORK_MS
    this.#clock.after(workMs, () => this.#answer(connection, heard, refused))
  }

  #answer(connection: Connection, heard: Heard, refused: boolean): void {
    if (connection.closed) return
    const nowMs = this.#clock.nowMs()
    if (heard.verb === 'login') connection.loggedInAtMs = nowMs
    if (refused) connection.blockedUntilMs = nowMs + (this.#rules.errorBlockMs ?? 0)
    connection.line.tell(refused ? say.result(2302, heard.clTRID) : replyTo(heard))
    if (heard.verb === 'logout') this.#close(connection)
  }

  #watch(connection: Connection): void {
    if (connection.closed) return
    const over = this.#book.outlived(connection)
    if (over !== undefined) return this.#end(connection, over)
    const { idleMs, sessionAgeMs = Infinity } = this.#rules
    this.#clock.after(Math.min(idleMs, sessionAgeMs) / 20, () => this.#watch(connection))
  }

  #end(connection: Connection, rule: string): void {
    this.lost += 1
    this.#book.violate(rule)
    this.#close(connection)
  }

  #close(connection: Connection): void {
    if (connection.closed) return
    connection.closed = true
    this.#open.delete(connection)
    connection.line.cut()
  }
}

function replyTo({ verb, name, clTRID }: Heard): string {
  if (verb === 'hello') return say.greeting()
  if (verb === 'create') return say.created(name, clTRID)
  if (verb === 'info') return say.info(name, clTRID)
  if (verb === 'check') return say.checked([name], clTRID)
  return say.result(verb === 'logout' ? 1500 : 1000, clTRID)
}
