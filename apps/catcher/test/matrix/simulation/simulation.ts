import { asService, type Context, type OperatorContext } from '@droplock/core/context'
import { SimulatedConnections } from '@droplock/core/testing/simulated-connections'
import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import { resolveSettings } from '../../../../registry-sim/src/profiles.ts'
import { type Random, stream } from '../../../../registry-sim/src/random.ts'
import { orderFault } from '../../../../registry-sim/src/registry/faults.ts'
import { loadNames } from '../../../../registry-sim/src/registry/load-names.ts'
import { makeRegistry, present, type Registry } from '../../../../registry-sim/src/registry/registry.ts'
import { scheduleBatch } from '../../../../registry-sim/src/registry/schedule-batch.ts'
import { type VirtualTime, virtualTime } from '../world/virtual-time.ts'
import { startCatcher, startWorker } from './actors.ts'
import { Books } from './books.ts'
import type { Control } from './controls.ts'
import { drawFate } from './fates.ts'
import { BALANCE_MINOR, givenOrders, REGISTRY } from './given-orders.ts'
import { Lines } from './lines.ts'
import { moveDrop, stopFor } from './operators.ts'
import { type SimulatedProcess, startProcess } from './process.ts'
import { Runtime } from './runtime.ts'
import { DROP_MS, type Event, FAULTY_MS, MACHINES, type Scenario, START_MS } from './scenario.ts'
import { Sending } from './sending.ts'
import { takeOver } from './take-over.ts'
import { type Step, Trace } from './trace.ts'
import { VirtualDisk } from './virtual-disk.ts'

/** After the last fault everything is decided within this, in the simulated time. Milliseconds. */
const DECIDED_MS_MAX = 120_000

/** How long processes that are to end may take. Milliseconds. */
const END_MS_MAX = 60_000

/** From then on names are tried, and until then. Milliseconds from the start. */
const DURING_MS = [DROP_MS - 1_000, DROP_MS + 20_000] as const

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
  readonly #lines: Lines
  readonly #operator = startProcess('operator', 0)
  readonly #running = new Map<string, Promise<void>>()
  readonly #steppedMs = new Map<string, number>()
  #started = 0
  #ids = 0

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
      fateOf: (statement) =>
        drawFate(statement, scenario.databaseFaults, {
          random: this.#random.database,
          trace: this.#trace,
          isFaulty: this.#sinceMs < FAULTY_MS && statement.client !== this.#operator.name,
        }),
      onCommitted: (texts, client) => this.#committed(texts, client),
    })
    this.#lines = new Lines({
      runtime: this.#runtime,
      registry: this.#registry,
      random: this.#random.line,
      wayMsMax: scenario.wayMsMax,
      sending: this.#sending,
      trace: this.#trace,
      ending: control?.ending,
      onActed: () => this.#judge(this.#books.judgeRefunded()),
    })
  }

  get #sinceMs(): number {
    return this.#time.epochMs() - START_MS
  }

  get #step(): Step {
    const [from, until] = DURING_MS
    if (this.#sinceMs < from) return 'before the drop'
    return this.#sinceMs < until ? 'during the drop' : 'after the drop'
  }

  async run(): Promise<Trace> {
    const putBack = this.#control?.replace?.()
    const restore = takeOver({
      runtime: this.#runtime,
      random: this.#random.process,
      disk: this.#disk,
      connect: () => this.#lines.connect(),
    })
    try {
      await this.#time.until(givenOrders(this.#contextOf(this.#operator), this.#scenario), 10_000)
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

  /** Faults are over: everything is decided, and the processes end by their signal. */
  async #end(): Promise<void> {
    this.#registry.faults.faults.length = 0
    const untilMs = this.#time.nowMs() + DECIDED_MS_MAX
    const undecided = () => this.#books.undecided(this.#scenario.kind === 'budget')
    while (undecided().length > 0 && this.#time.nowMs() < untilMs) await this.#time.pass(1_000)
    for (const name of undecided()) this.#trace.violated(`${name} is not decided`)
    for (const process of this.#processes.values())
      if (process.isAlive) this.#runtime.run(process, () => process.stop.abort())
    await this.#time
      .until(Promise.all(this.#running.values()), END_MS_MAX)
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
    const process = startProcess(machine, this.#started, steppedMs)
    this.#processes.set(machine, process)
    this.#trace.note(`START ${process.name}`)
    const actor = {
      process,
      runtime: this.#runtime,
      ctx: this.#contextOf(process),
      random: this.#random.process,
      onLog: (level: string, facts: Readonly<Record<string, unknown>>) => this.#logged(process, level, facts),
    }
    const running = machine === 'worker' ? startWorker(actor) : startCatcher(actor)
    const failed = (error: unknown) => this.#trace.violated(`${process.name} ended: ${String(error)}`)
    this.#running.set(process.name, running.catch(failed))
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

  #committed(texts: readonly string[], client: string): void {
    this.#control?.committed?.(texts, this.#server)
    const nowMs = this.#time.epochMs()
    if (texts.some((text) => LEASED.test(text))) this.#sending.readLease()
    if (texts.some((text) => STOPPED.test(text))) this.#sending.readStop(nowMs)
    if (texts.some((text) => TARGETED.test(text))) this.#sending.readTargets(nowMs)
    if (!texts.some((text) => BOOKED.test(text))) return
    const { violations, news } = this.#books.read()
    for (const what of news) this.#trace.note(`${client} DECIDES ${what}`)
    this.#judge(violations)
  }

  #judge(violations: readonly string[]): void {
    for (const what of violations) this.#trace.violated(what)
  }

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
        this.#lines.isAway = true
        this.#lines.reset()
        return void this.#time.after(event.forMs, () => {
          this.#lines.isAway = false
        })
      case 'lines_reset':
        this.#trace.fault('lines reset')
        return this.#lines.reset()
      case 'line_cut':
        return this.#trace.fault('line cut', this.#lines.cutOne(this.#random.event()))
      case 'registry_stopped':
        return this.#operate('registry stopped', (ctx) => stopFor(ctx, this.#time, event.forMs))
      case 'drop_moved':
        return this.#operate('drop moved', (ctx) => moveDrop(ctx, this.#time, event.byMs))
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
    this.#running.delete(process.name)
    this.#connections.endThoseOf(process.name)
    this.#lines.closeThoseOf(process)
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
    this.#lines.hasStaleSessions = true
    process.frozenUntilMs = nowMs + forMs
  }

  #stepClock(machine: string, byMs: number): void {
    const process = this.#processes.get(machine)
    if (process === undefined) return
    this.#trace.fault('clock stepped', `${machine} by ${byMs} ms`)
    process.steppedMs += byMs
    this.#steppedMs.set(machine, (this.#steppedMs.get(machine) ?? 0) + byMs)
  }

  #operate(fault: string, work: (ctx: OperatorContext) => Promise<void>): void {
    this.#trace.fault(fault)
    work(asService(this.#contextOf(this.#operator))).catch((error: unknown) =>
      this.#trace.note(`${fault}: ${String(error)}`),
    )
  }
}
