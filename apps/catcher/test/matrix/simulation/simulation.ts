import { asService, type Context } from '@droplock/core/context'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { type Fate, SimulatedConnections, type Statement } from '@droplock/core/testing/simulated-connections'
import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { FrameDecoder } from '@droplock/epp/framing'
import { silent } from '../../../../registry-sim/src/clock.ts'
import { serveConnection } from '../../../../registry-sim/src/epp/connection.ts'
import { resolveSettings } from '../../../../registry-sim/src/profiles.ts'
import { type Random, stream } from '../../../../registry-sim/src/random.ts'
import { orderFault } from '../../../../registry-sim/src/registry/faults.ts'
import { loadNames } from '../../../../registry-sim/src/registry/load-names.ts'
import { makeRegistry, present, type Registry } from '../../../../registry-sim/src/registry/registry.ts'
import { scheduleBatch } from '../../../../registry-sim/src/registry/schedule-batch.ts'
import { connectEnds } from '../world/line.ts'
import { type VirtualTime, virtualTime } from '../world/virtual-time.ts'
import { CLID } from '../world/world.ts'
import { startCatcher, startWorker } from './actors.ts'
import { Books } from './books.ts'
import type { Control } from './controls.ts'
import { BALANCE_MINOR, givenOrders, REGISTRY } from './given-orders.ts'
import { type SimulatedProcess, startProcess } from './process.ts'
import { Runtime } from './runtime.ts'
import { DROP_MS, type Event, FAULTY_MS, MACHINES, type Scenario, START_MS } from './scenario.ts'
import { type Line, readCommand, Sending } from './sending.ts'
import { takeOver } from './take-over.ts'
import { type Step, Trace } from './trace.ts'
import { VirtualDisk } from './virtual-disk.ts'

/** After the last fault everything is decided within this, in the simulated time. Milliseconds. */
const DECIDED_MS_MAX = 120_000

/** How long stopped processes may take to end. Milliseconds. */
const END_MS_MAX = 60_000

/** The registry's machine gives up a connection that was cut after this long. Milliseconds. */
const UNHEARD_MS_MAX = 10_000

/** What may be sent depends on these rows, and the books are made of those. */
const LEASED = /lease_/
const STOPPED = /registry_stop\b/
const TARGETED = /target_try|catch_target/
const BOOKED = /\b(backorder|catch_target|listing|refund|posting)\b/

type Options = {
  readonly control?: Control | undefined
  /** Called with every line of the trace. */
  readonly print?: ((line: string) => void) | undefined
}

/** Runs the scenario of a seed to its end. The same seed gives the same trace. */
export async function simulate(
  server: SimulatedServer,
  scenario: Scenario,
  options: Options = {},
): Promise<Trace> {
  server.reset()
  const simulation = new Simulation(server, scenario, options)
  return simulation.run()
}

/** The world of a scenario: time, registry, database, lines, processes, and what happens to them. */
class Simulation {
  readonly #scenario: Scenario
  readonly #server: SimulatedServer
  readonly #control: Control | undefined
  readonly #time: VirtualTime = virtualTime(START_MS)
  readonly #runtime = new Runtime(this.#time)
  readonly #registry: Registry
  readonly #connections: SimulatedConnections
  readonly #disk: VirtualDisk
  readonly #books: Books
  readonly #sending: Sending
  readonly #trace: Trace
  readonly #random: Readonly<Record<'database' | 'line' | 'process' | 'event', Random>>
  readonly #processes = new Map<string, SimulatedProcess>()
  readonly #lines = new Set<Line>()
  readonly #operator: Context
  readonly #running = new Set<Promise<void>>()
  readonly #steppedMs = new Map<string, number>()
  #isRegistryAway = false
  #started = 0
  #ids = 0
  #injected = 0
  #broken = new Map<string, number>()
  /** Sessions that only one side knows, so that their number says nothing. */
  #hasStaleSessions = false

  constructor(server: SimulatedServer, scenario: Scenario, { control, print }: Options) {
    const { seed } = scenario
    this.#server = server
    this.#scenario = scenario
    this.#control = control
    const of = (purpose: string) => stream(seed, purpose)
    this.#random = { database: of('database'), line: of('line'), process: of('process'), event: of('event') }
    this.#trace = new Trace(() => ({ ms: this.#sinceMs, step: this.#step }), print)
    const settings = resolveSettings({ id: REGISTRY, zones: ['test'], ...scenario.registry })
    this.#registry = makeRegistry(settings, seed, {
      nowMs: () => this.#time.epochMs(),
      after: this.#time.after,
    })
    this.#disk = new VirtualDisk(this.#runtime, () => 0.1 + 2 * this.#random.process() ** 4)
    this.#books = new Books(server, this.#registry, BALANCE_MINOR)
    this.#sending = new Sending(server)
    this.#connections = new SimulatedConnections(server, {
      nowMs: this.#time.nowMs,
      after: (ms, run) => void this.#time.after(ms, run),
      fateOf: (statement) => this.#fateOf(statement),
      onCommitted: (texts, client) => this.#committed(texts, client),
    })
    this.#operator = this.#contextOf(startProcess('operator', 'operator'))
  }

  get #sinceMs(): number {
    return this.#time.epochMs() - START_MS
  }

  get #step(): Step {
    if (this.#sinceMs < DROP_MS - 1_000) return 'before the drop'
    return this.#sinceMs < DROP_MS + 20_000 ? 'during the drop' : 'after the drop'
  }

  async run(): Promise<Trace> {
    const putBack = this.#control?.replace?.()
    const restore = takeOver({
      runtime: this.#runtime,
      random: this.#random.process,
      disk: this.#disk,
      connect: () => this.#connect(),
    })
    try {
      await this.#time.until(givenOrders(this.#operator, this.#scenario), 10_000)
      this.#loadRegistry()
      for (const machine of MACHINES) this.#start(machine)
      this.#start('worker')
      for (const event of this.#scenario.events)
        this.#time.after(event.atMs - this.#sinceMs, () => this.#happen(event))
      await this.#time.pass(FAULTY_MS - this.#sinceMs)
      await this.#end()
    } finally {
      restore()
      putBack?.()
    }
    return this.#trace
  }

  /** Faults are over: everything is decided, and the processes end when they are told to. */
  async #end(): Promise<void> {
    this.#registry.faults.faults.length = 0
    const untilMs = this.#time.nowMs() + DECIDED_MS_MAX
    while (!this.#books.isSettled && this.#time.nowMs() < untilMs) await this.#time.pass(1_000)
    if (!this.#books.isSettled) this.#trace.violated(`undecided: ${this.#books.outcomes.join(', ')}`)
    for (const process of this.#processes.values())
      if (process.isAlive) this.#runtime.run(process, () => process.stop.abort())
    await this.#time
      .until(Promise.all(this.#running), END_MS_MAX)
      .catch(() => this.#trace.violated('the processes do not end'))
    for (const process of this.#processes.values()) process.isAlive = false
    this.#trace.note(`END ${this.#books.outcomes.join(', ')}`)
  }

  #loadRegistry(): void {
    const { names, kind, answerFaults } = this.#scenario
    const nowMs = present(this.#registry)
    const { refused } = loadNames(this.#registry, names, nowMs)
    if (refused.length > 0) throw new Error(`not loaded: ${JSON.stringify(refused[0])}`)
    if (kind === 'batch')
      scheduleBatch(this.#registry, START_MS + DROP_MS, nowMs, this.#registry.settings.pace)
    for (const order of answerFaults) orderFault(this.#registry.faults, order)
  }

  /** Like UUIDv7: in the order of their making. */
  readonly #newId = (): string => {
    this.#ids += 1
    const time = Math.trunc(this.#time.epochMs()).toString(16).padStart(12, '0')
    const count = this.#ids.toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count}`
  }

  #contextOf(process: SimulatedProcess): Context {
    const db = this.#connections.connect({
      name: process.name,
      deliver: (run) => this.#runtime.deliver(process, run),
      after: (ms, run) => this.#time.after(ms, () => this.#runtime.deliver(process, run)),
      instead: this.#control?.instead,
    })
    return { db, newId: this.#newId }
  }

  #start(machine: string): void {
    this.#started += 1
    const clock = MACHINES.findIndex((each) => each === machine)
    const steppedMs = (this.#scenario.clockErrorsMs[clock] ?? 0) + (this.#steppedMs.get(machine) ?? 0)
    const process = startProcess(machine, `${machine}#${this.#started}`, steppedMs)
    this.#processes.set(machine, process)
    const owner = `00000000-0000-4000-8000-${String(this.#started).padStart(12, '0')}`
    const actor = {
      process,
      runtime: this.#runtime,
      ctx: this.#contextOf(process),
      random: this.#random.process,
      owner,
      onLog: (level: string, facts: Readonly<Record<string, unknown>>) => this.#logged(process, level, facts),
    }
    Object.assign(process, { owner })
    this.#trace.note(`START ${process.name}`)
    const { signal } = process.stop
    const running = (machine === 'worker' ? startWorker(actor, signal) : startCatcher(actor, signal)).catch(
      (error: unknown) => this.#trace.violated(`${process.name} ended: ${String(error)}`),
    )
    this.#running.add(running)
    Object.assign(process, { running })
  }

  #logged(
    { name }: SimulatedProcess,
    level: string,
    { event, err, ...facts }: Readonly<Record<string, unknown>>,
  ): void {
    if (level === 'debug') return
    const error = err instanceof Error ? err.message : ''
    const why = typeof facts['reason'] === 'string' ? facts['reason'] : ''
    this.#trace.note(`${name} ${level} ${String(event)} ${why} ${error}`)
  }

  // The database.

  #fateOf({ client, text }: Statement): Fate {
    const random = this.#random.database
    const arrivesMs = 0.1 + random()
    const answeredMs = 0.1 + random()
    const { lost, deadlock, slow } = this.#scenario.databaseFaults
    const draw = random()
    const kind = 'carried_out'
    if (client === 'operator' || this.#sinceMs >= FAULTY_MS || this.#sinceMs <= 0)
      return { arrivesMs, answeredMs, kind }
    if (draw < lost) {
      const fault = draw < lost / 2 ? 'lost_before' : 'lost_after'
      this.#trace.fault(`database ${fault}`, `${client}: ${excerpt(text)}`)
      return { arrivesMs, answeredMs, kind: fault }
    }
    if (draw < lost + deadlock) {
      this.#trace.fault('database deadlock', `${client}: ${excerpt(text)}`)
      return { arrivesMs, answeredMs, kind: 'deadlock' }
    }
    if (draw >= lost + deadlock + slow) return { arrivesMs, answeredMs, kind }
    const slowMs = 100 + 6_000 * random() ** 4
    this.#trace.fault('database slow', `${client}: ${slowMs.toFixed(0)} ms, ${excerpt(text)}`)
    return random() < 0.5 ? { arrivesMs: slowMs, answeredMs, kind } : { arrivesMs, answeredMs: slowMs, kind }
  }

  #committed(texts: readonly string[], client: string): void {
    this.#control?.committed?.(texts, this.#server)
    const nowMs = this.#time.epochMs()
    if (texts.some((text) => LEASED.test(text))) this.#sending.readLease()
    if (texts.some((text) => STOPPED.test(text))) this.#sending.readStop(nowMs)
    if (texts.some((text) => TARGETED.test(text))) this.#sending.readTargets(nowMs)
    if (!texts.some((text) => BOOKED.test(text))) return
    const { violations, news } = this.#books.read()
    for (const what of news) this.#trace.note(`${client} DECIDES ${what}`)
    for (const what of violations) this.#trace.violated(what)
  }

  // The registry and the lines to it.

  #connect(): unknown {
    const process = this.#runtime.current
    if (process === undefined) throw new Error('only processes connect')
    const { wayMsMax } = this.#scenario
    const deliver = (run: () => void) => this.#runtime.deliver(process, run)
    const random = this.#random.line
    const { client, server } = connectEnds(this.#time, random, deliver, wayMsMax)
    const line: Line = {
      process,
      owner: process.owner,
      client,
      server,
      decoder: new FrameDecoder(),
      open: [],
    }
    this.#lines.add(line)
    this.#sending.opened(line)
    const forget = () => {
      this.#lines.delete(line)
      this.#sending.closed(line)
    }
    this.#time.after(1 + wayMsMax * random(), () => {
      if (!process.isAlive || server.destroyed) return
      if (this.#isRegistryAway) {
        forget()
        return deliver(() => {
          client.emit('error', new Error('connect ECONNREFUSED'))
          client.destroy()
        })
      }
      serveConnection(this.#registry, server, `line-${(this.#ids += 1)}`, silent, () => server.reset())
      server.on('data', () => this.#registryActed())
      deliver(() => client.emit('secureConnect'))
    })
    server.on('error', () => server.destroy())
    client.on('data', (octets: Buffer) => this.#received(line, octets))
    client.on('close', forget)
    const write = client.write.bind(client)
    client.write = (octets, then) => {
      this.#sent(line, Buffer.from(octets))
      return write(octets, then)
    }
    if (this.#control?.ending !== undefined) this.#answerEnding(line, this.#control.ending)
    return Object.assign(client, { getPeerX509Certificate: () => undefined })
  }

  #answerEnding(line: Line, answerOf: NonNullable<Control['ending']>): void {
    const { client } = line
    const emit = client.emit.bind(client)
    client.emit = (event: string, ...given: readonly unknown[]) => {
      const answer = event === 'error' || event === 'end' || event === 'close' ? answerOf(line) : undefined
      if (answer !== undefined) emit('data', answer)
      return emit(event, ...given)
    }
  }

  #sent(line: Line, frame: Buffer): void {
    const command = readCommand(frame)
    this.#trace.note(
      `${line.process.name} sends ${command.verb} ${command.name ?? ''} ${command.clTRID ?? ''}`,
    )
    for (const what of this.#sending.judge(line, command, this.#time.epochMs())) this.#trace.violated(what)
  }

  #received(line: Line, octets: Buffer): void {
    this.#sending.received(line, octets)
    const codes = [...octets.toString('utf8').matchAll(/<result code="(\d+)"/g)].map(([, code]) => code)
    if (codes.length > 0) this.#trace.note(`${line.process.name} receives ${codes.join(', ')}`)
  }

  /** After every frame that reached the registry. */
  #registryActed(): void {
    for (const { kind, injected } of this.#registry.faults.faults)
      while ((this.#broken.get(`fault ${kind}`) ?? 0) < injected) {
        this.#broken.set(`fault ${kind}`, (this.#broken.get(`fault ${kind}`) ?? 0) + 1)
        this.#trace.fault(`registry ${kind}`)
      }
    const { violations } = this.#registry.accounts.get(CLID) ?? { violations: {} }
    for (const [rule, count] of Object.entries(violations)) {
      if (count === (this.#broken.get(rule) ?? 0)) continue
      this.#broken.set(rule, count)
      if (rule === 'sessions' && this.#hasStaleSessions) continue
      this.#trace.violated(`the registry's rule ${rule} was broken`)
    }
    for (const what of this.#books.judgeRefunded()) this.#trace.violated(what)
  }

  // What happens to the world.

  #happen(event: Event): void {
    switch (event.kind) {
      case 'killed':
        return this.#kill(event)
      case 'frozen':
        return this.#freeze(event.process, event.forMs)
      case 'clock_stepped':
        return this.#stepClock(event.process, event.byMs)
      case 'disk_full':
        this.#trace.fault('disk full', event.process)
        this.#disk.full.add(event.process)
        return void this.#time.after(event.forMs, () => this.#disk.full.delete(event.process))
      case 'database_away':
        this.#trace.fault('database away', `${event.forMs} ms`)
        this.#connections.goAway()
        return void this.#time.after(event.forMs, () => this.#connections.comeBack())
      case 'registry_away':
        this.#trace.fault('registry away', `${event.forMs} ms`)
        this.#isRegistryAway = true
        this.#resetLines()
        return void this.#time.after(event.forMs, () => {
          this.#isRegistryAway = false
        })
      case 'lines_reset':
        this.#trace.fault('lines reset')
        return this.#resetLines()
      case 'line_cut':
        return this.#cutLine()
      case 'registry_stopped':
        return this.#operate('registry stopped', () => this.#stopRegistry(event.forMs))
      case 'drop_moved':
        return this.#operate('drop moved', () => this.#moveDrop(event.byMs))
    }
  }

  #kill({ process: machine, forMs, losesDisk }: Extract<Event, { kind: 'killed' }>): void {
    const process = this.#processes.get(machine)
    if (process?.isAlive !== true) return
    this.#trace.fault(
      machine === 'worker' ? 'worker killed' : 'catcher killed',
      `${process.name}, back in ${forMs} ms`,
    )
    process.isAlive = false
    this.#running.delete(process.running)
    this.#connections.endThoseOf(process.name)
    for (const line of this.#lines) if (line.process === process) line.client.close()
    if (losesDisk) this.#disk.lose(machine)
    this.#time.after(forMs, () => this.#start(machine))
  }

  #freeze(machine: string, forMs: number): void {
    const process = this.#processes.get(machine)
    const nowMs = this.#time.nowMs()
    if (process?.isAlive !== true || process.frozenUntilMs > nowMs) return
    this.#trace.fault(
      machine === 'worker' ? 'worker frozen' : 'catcher frozen',
      `${process.name}, ${forMs} ms`,
    )
    this.#hasStaleSessions = true
    process.frozenUntilMs = nowMs + forMs
  }

  #stepClock(machine: string, byMs: number): void {
    const process = this.#processes.get(machine)
    if (process === undefined) return
    this.#trace.fault('clock stepped', `${machine} by ${byMs} ms`)
    process.steppedMs += byMs
    this.#steppedMs.set(machine, (this.#steppedMs.get(machine) ?? 0) + byMs)
  }

  #resetLines(): void {
    for (const { client } of this.#lines) this.#runtime.time.after(0, () => client.breakDown())
  }

  #cutLine(): void {
    const lines = [...this.#lines]
    const line = lines[Math.floor(this.#random.event() * lines.length)]
    if (line === undefined) return
    this.#trace.fault('line cut', line.process.name)
    this.#hasStaleSessions = true
    line.client.cut()
    this.#time.after(UNHEARD_MS_MAX, () => line.server.destroy())
  }

  #operate(fault: string, work: () => Promise<void>): void {
    this.#trace.fault(fault)
    const done = work().catch((error: unknown) => this.#trace.note(`${fault}: ${String(error)}`))
    this.#running.add(done)
  }

  async #stopRegistry(forMs: number): Promise<void> {
    const operator = asService(this.#operator)
    await stopRegistry(operator, { registryId: REGISTRY, reason: 'a simulation' })
    const restart = async (): Promise<void> => {
      try {
        await restartRegistry(operator, { registryId: REGISTRY, reason: 'a simulation' })
      } catch {
        this.#time.after(1_000, () => void restart())
      }
    }
    this.#time.after(forMs, () => void restart())
  }

  /** The registry announces another time while it drops. */
  async #moveDrop(byMs: number): Promise<void> {
    const operator = asService(this.#operator)
    const dropFrom = new Date(Math.trunc((this.#time.epochMs() + byMs) / 1_000) * 1_000)
    const dropTo = new Date(dropFrom.getTime() + 20_000)
    const change = { action: { kind: 'drop_moved', dropFrom, dropTo }, filter: { zone: 'test' } } as const
    const { id: changeId } = await previewChange(operator, change)
    await applyChange(operator, { changeId, reason: 'a simulation' })
  }
}

function excerpt(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 60)
}
