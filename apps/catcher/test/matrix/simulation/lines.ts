import { FrameDecoder } from '@droplock/epp/framing'
import { silent } from '../../../../registry-sim/src/clock.ts'
import { serveConnection } from '../../../../registry-sim/src/epp/connection.ts'
import type { Random } from '../../../../registry-sim/src/random.ts'
import type { Registry } from '../../../../registry-sim/src/registry/registry.ts'
import { connectEnds } from '../world/line.ts'
import { CLID } from '../world/world.ts'
import type { Control } from './controls.ts'
import type { SimulatedProcess } from './process.ts'
import type { Runtime } from './runtime.ts'
import { type Line, readCommand, type Sending } from './sending.ts'
import type { Trace } from './trace.ts'

/** The registry's machine gives up a connection that was cut after this long. Milliseconds. */
const UNHEARD_MS_MAX = 10_000

type Parts = {
  readonly runtime: Runtime
  readonly registry: Registry
  readonly random: Random
  readonly wayMsMax: number
  readonly sending: Sending
  readonly trace: Trace
  readonly ending: Control['ending']
  /** Called after every frame that reached the registry. */
  readonly onActed: () => void
}

/** The connections of all processes to the registry, and what is wrong with what is sent on them. */
export class Lines {
  readonly #parts: Parts
  readonly #lines = new Set<Line>()
  /** How often each rule was broken and each fault injected, as far as it was noted. */
  readonly #noted = new Map<string, number>()
  #opened = 0
  /** The registry accepts no connection. */
  isAway = false
  /** There may be sessions that only one side knows, so their number says nothing. */
  hasStaleSessions = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What a process gets instead of a TLS connection. */
  connect(): unknown {
    const { runtime, random, wayMsMax, ending } = this.#parts
    const process = runtime.current
    if (process === undefined) throw new Error('only processes connect')
    const deliver = (run: () => void) => runtime.deliver(process, run)
    const ends = connectEnds(runtime.time, random, deliver, wayMsMax)
    const line: Line = { process, ...ends, decoder: new FrameDecoder(), open: [] }
    const { client, server } = ends
    this.#lines.add(line)
    this.#parts.sending.opened(line)
    runtime.time.after(1 + wayMsMax * random(), () => this.#accept(line, deliver))
    server.on('error', () => server.destroy())
    client.on('data', (octets: Buffer) => this.#received(line, octets))
    client.on('close', () => this.#forget(line))
    const write = client.write.bind(client)
    client.write = (octets, then) => {
      this.#sent(line, Buffer.from(octets))
      return write(octets, then)
    }
    if (ending !== undefined) answerAtEnd(line, ending)
    return Object.assign(client, { getPeerX509Certificate: () => undefined })
  }

  /** All connections are reset on their way. */
  reset(): void {
    for (const { client } of this.#lines) this.#parts.runtime.time.after(0, () => client.breakDown())
  }

  /** Nothing arrives any more on one of them. Returns whose it is. */
  cutOne(draw: number): string | undefined {
    const line = [...this.#lines][Math.floor(draw * this.#lines.size)]
    if (line === undefined) return undefined
    this.hasStaleSessions = true
    line.client.cut()
    this.#parts.runtime.time.after(UNHEARD_MS_MAX, () => line.server.destroy())
    return line.process.name
  }

  closeThoseOf(process: SimulatedProcess): void {
    for (const line of [...this.#lines].filter((each) => each.process === process)) {
      line.client.close()
      this.#forget(line)
    }
  }

  #accept({ process, client, server }: Line, deliver: (run: () => void) => void): void {
    if (!process.isAlive || server.destroyed) return
    if (this.isAway)
      return deliver(() => {
        client.emit('error', new Error('connect ECONNREFUSED'))
        client.destroy()
      })
    this.#opened += 1
    serveConnection(this.#parts.registry, server, `line-${this.#opened}`, silent, () => server.reset())
    server.on('data', () => this.#acted())
    deliver(() => client.emit('secureConnect'))
  }

  #forget(line: Line): void {
    this.#lines.delete(line)
    this.#parts.sending.closed(line)
  }

  #sent(line: Line, frame: Buffer): void {
    const { trace, sending, runtime } = this.#parts
    const command = readCommand(frame)
    const { verb, name = '', clTRID = '' } = command
    trace.note(`${line.process.name} sends ${verb} ${name} ${clTRID}`)
    for (const what of sending.judge(line, command, runtime.time.epochMs())) trace.violated(what)
  }

  #received(line: Line, octets: Buffer): void {
    this.#parts.sending.received(line, octets)
    const codes = [...octets.toString('utf8').matchAll(/<result code="(\d+)"/g)].map(([, code]) => code)
    if (codes.length > 0) this.#parts.trace.note(`${line.process.name} receives ${codes.join(', ')}`)
  }

  /** Notes which faults the registry has injected, and which of its rules were broken. */
  #acted(): void {
    const { registry, trace, onActed } = this.#parts
    for (const { kind, injected } of registry.faults.faults)
      for (let more = this.#newOf(`fault ${kind}`, injected); more > 0; more -= 1)
        trace.fault(`registry ${kind.replaceAll('_', ' ')}`)
    for (const [rule, count] of Object.entries(registry.accounts.get(CLID)?.violations ?? {})) {
      const isNew = this.#newOf(rule, count) > 0
      if (isNew && !(rule === 'sessions' && this.hasStaleSessions))
        trace.violated(`the registry's rule ${rule} was broken`)
    }
    onActed()
  }

  #newOf(what: string, count: number): number {
    const more = count - (this.#noted.get(what) ?? 0)
    this.#noted.set(what, count)
    return more
  }
}

/** A line that invents an answer when it ends. */
function answerAtEnd(line: Line, answerOf: NonNullable<Control['ending']>): void {
  const { client } = line
  const emit = client.emit.bind(client)
  client.emit = (event: string, ...given: readonly unknown[]) => {
    const answer = event === 'error' || event === 'end' || event === 'close' ? answerOf(line) : undefined
    if (answer !== undefined) emit('data', answer)
    return emit(event, ...given)
  }
}
