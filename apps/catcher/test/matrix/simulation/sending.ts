import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { FrameDecoder } from '@droplock/epp/framing'
import type { End } from '../world/line.ts'
import type { SimulatedProcess } from './process.ts'

/** A command as it is handed to the socket. */
export type SentCommand = {
  readonly verb: string
  readonly name: string | undefined
  readonly clTRID: string | undefined
}

/** A connection of a process to the registry. */
export type Line = {
  readonly process: SimulatedProcess
  readonly client: End
  readonly server: End
  readonly decoder: FrameDecoder
  /** Not answered yet. */
  readonly open: SentCommand[]
}

/** A target as of the database's last commit. Times in epoch milliseconds. */
type PermittedTarget = {
  readonly name: string
  readonly isTried: boolean
  readonly fromMs: number
  readonly untilMs: number
}

/** Creates of one name that may be in flight at once; see `runCatchLoop`. */
const CREATES_IN_FLIGHT_MAX = 3

/** How far the registry's clock may be misjudged: the longest way. A create is aimed this much early at most. Milliseconds. */
const EARLY_MS_MAX = 500

/** What a catcher may not have read yet when something was moved: a refresh, with its statements. Milliseconds. */
const UNREAD_MS_MAX = 8_000

/** Judges every frame at the moment at which it is handed to the socket, by what the database had committed by then. */
export class Sending {
  readonly #server: SimulatedServer
  readonly #lines = new Set<Line>()
  #owner: string | null = null
  #leasedUntilMs = 0
  #stoppedAtMs: number | undefined
  #targets: ReadonlyMap<string, PermittedTarget> = new Map()
  /** The windows that a name had, and until when. */
  readonly #past = new Map<string, { readonly target: PermittedTarget; readonly untilMs: number }[]>()
  /** Names whose last answer, by whatever catcher, was to a question, after their grace. */
  readonly #asked = new Set<string>()

  constructor(server: SimulatedServer) {
    this.#server = server
  }

  /** Called after a commit that changes the lease. */
  readLease(): void {
    const [account] = this.#server.rows<{ lease_owner: string | null; lease_expires_at: Date | null }>(
      'select lease_owner, lease_expires_at from registry_account',
    )
    this.#owner = account?.lease_owner ?? null
    this.#leasedUntilMs = account?.lease_expires_at?.getTime() ?? 0
  }

  /** Called after a commit that stops the registry, or ends that. */
  readStop(nowMs: number): void {
    const stops = this.#server.rows('select from registry_stop where ended_at is null')
    this.#stoppedAtMs = stops.length > 0 ? nowMs : undefined
  }

  /** Called after a commit that changes targets. */
  readTargets(nowMs: number): void {
    for (const [name, target] of this.#targets) {
      const past = this.#past.get(name) ?? []
      past.push({ target, untilMs: nowMs })
      this.#past.set(
        name,
        past.filter(({ untilMs }) => untilMs > nowMs - UNREAD_MS_MAX),
      )
    }
    const rows = this.#server.rows<PermittedTarget>(`
      select name, try.target_id is not null as "isTried",
        (extract(epoch from drop_from) * 1000)::float8 as "fromMs", (extract(epoch from grace_until) * 1000)::float8 as "untilMs"
      from catch_target as target left join target_try as try on try.target_id = target.id and try.arming = target.arming`)
    this.#targets = new Map(rows.map((row) => [row.name, row]))
  }

  opened(line: Line): void {
    this.#lines.add(line)
  }

  closed(line: Line): void {
    this.#lines.delete(line)
  }

  /** What is wrong about a command that is being sent. */
  judge(line: Line, command: SentCommand, nowMs: number): readonly string[] {
    const violations = [...this.#judgeLease(line, nowMs), ...this.#judgeOrder(line, command)]
    line.open.push(command)
    if (command.verb === 'create' && command.name !== undefined)
      violations.push(...this.#judgeCreate(line, command.name, nowMs))
    return violations.map((what) => `${command.verb} ${command.name ?? ''}: ${what}`)
  }

  /** Counts the answers in what a process receives. */
  received(line: Line, octets: Buffer): void {
    try {
      line.decoder.push(octets, () => {
        const answered = line.open.shift()
        if (answered?.name === undefined) return
        if (answered.verb === 'info') this.#asked.add(answered.name)
      })
    } catch {
      // The process ends a connection that has lost its frames.
    }
  }

  #judgeLease({ process: { owner } }: Line, nowMs: number): readonly string[] {
    if (this.#owner !== owner)
      return [`sent without the lease, which ${this.#owner === null ? 'nobody' : 'another process'} has`]
    const lateMs = nowMs - this.#leasedUntilMs
    return lateMs < 0 ? [] : [`sent ${Math.round(lateMs)} ms after the end of the lease`]
  }

  #judgeOrder({ open }: Line, { verb }: SentCommand): readonly string[] {
    const before = open.at(-1)
    return before === undefined || verb === 'logout'
      ? []
      : [`${before.verb} ${before.name ?? ''} is unanswered on its session`]
  }

  #judgeCreate(line: Line, name: string, nowMs: number): readonly string[] {
    const known = this.#targets.get(name)
    const all = [
      ...(known === undefined ? [] : [known]),
      ...(this.#past.get(name) ?? []).map(({ target }) => target),
    ]
    const inFlight = [...this.#lines]
      .filter(({ process }) => process === line.process)
      .flatMap(({ open }) => open)
      .filter((each) => each.verb === 'create' && each.name === name).length
    const isWritten = all.some(({ isTried }) => isTried)
    const isIn = all.some(({ fromMs }) => nowMs >= fromMs - EARLY_MS_MAX)
    const isLate = all.every(({ untilMs }) => nowMs > untilMs + EARLY_MS_MAX)
    const isStopped = nowMs - (this.#stoppedAtMs ?? nowMs) > UNREAD_MS_MAX
    const violations = [
      ...(isStopped ? ['operators have stopped the registry'] : []),
      ...(inFlight > CREATES_IN_FLIGHT_MAX ? [`${inFlight} creates of it are in flight`] : []),
      ...(isWritten ? [] : ['it is not written that it is tried']),
      ...(isIn ? [] : [`${(known?.fromMs ?? 0) - nowMs} ms before its window`]),
      ...(isLate && !this.#asked.has(name) ? ['after its end, and nothing showed that it is free'] : []),
    ]
    this.#asked.delete(name)
    return violations
  }
}

/** What a frame commands. The first four octets are its length. */
export function readCommand(frame: Buffer): SentCommand {
  const text = frame.toString('utf8', 4)
  const verb =
    /<(login|logout|hello|poll|check|info|create|update|renew|delete)\b/.exec(text)?.[1] ?? 'unknown'
  const name = /<domain:name(?:\s[^>]*)?>([^<]+)</.exec(text)?.[1]
  return { verb, name, clTRID: /<clTRID>([^<]+)</.exec(text)?.[1] }
}
