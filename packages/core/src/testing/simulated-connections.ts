import { Kysely, type PostgresPool, type PostgresPoolClient, type PostgresQueryResult } from 'kysely'
import { DatabaseError } from 'pg'
import { BoundedDialect } from '../database/bounded-dialect.ts'
import type { Database } from '../database/tables.gen.ts'
import type { CarriedOut, SimulatedServer } from './simulated-server.ts'

/**
 * What happens to a statement: how long it and its answer are on their way, and whether the connection is lost before it is carried out,
 * or after that, so that its effect is unknown; `deadlock`: the server ends its transaction as the victim of one.
 */
export type Fate = {
  readonly arrivesMs: number
  readonly answeredMs: number
  readonly kind: 'carried_out' | 'lost_before' | 'lost_after' | 'deadlock'
}

/** A statement on its way. `isAlone`: not in a transaction that was begun before. */
export type Statement = {
  readonly text: string
  readonly values: readonly unknown[]
  readonly client: string
}

export type StatementResult = PostgresQueryResult<unknown>

export type DatabaseWorld = {
  readonly nowMs: () => number
  /** Runs at the server, after so many milliseconds. */
  readonly after: (ms: number, run: () => void) => void
  readonly fateOf: (statement: Statement) => Fate
  /** Called when something was committed, with the statements that changed rows, before anything else happens. */
  readonly onCommitted: (texts: readonly string[], client: string) => void
}

/** A process that has connections. */
export type DatabaseClient = {
  readonly name: string
  /** Runs in the process when something arrives there; never in one that has ended, later in one that is frozen. */
  readonly deliver: (run: () => void) => void
  /** Runs in the process after so many milliseconds. Returns what cancels it. */
  readonly after: (ms: number, run: () => void) => () => void
  /** A protection that a simulation takes away: what a statement is answered instead of being carried out. */
  readonly instead?: ((statement: Statement) => PostgresQueryResult<unknown> | undefined) | undefined
}

/** The catcher's limits; see its settings. */
const ANSWER_MS_MAX = 4_000
const CONNECTIONS_MAX = 8

/**
 * Connections of simulated processes to a simulated server: pools with the product's dialect above them. Their statements arrive in their
 * order, and transactions are carried out one after the other, in the order in which they begin. A process that ends, or is silent for
 * too long, loses its transaction.
 */
export class SimulatedConnections {
  readonly #server: SimulatedServer
  readonly world: DatabaseWorld
  readonly #waiting: Arrived[] = []
  #holder: Connection | undefined
  /** The statements that have changed something, of the transaction that is open or was carried out last. */
  #changes: string[] = []
  #isDraining = false
  #isAway = false
  readonly #open = new Set<Connection>()

  constructor(server: SimulatedServer, world: DatabaseWorld) {
    this.#server = server
    this.world = world
  }

  get isAway(): boolean {
    return this.#isAway
  }

  connect(client: DatabaseClient): Kysely<Database> {
    // The limit of a transaction's silence is kept here: reaching it would end the only session of the server.
    const dialect = new BoundedDialect({ pool: new SimulatedPool(this, client) })
    return new Kysely<Database>({ dialect })
  }

  /** The server ends every connection, and accepts none until `comeBack`. */
  goAway(): void {
    this.#isAway = true
    for (const connection of this.#open) this.lose(connection)
  }

  comeBack(): void {
    this.#isAway = false
  }

  /** Ends the connections of a process that has ended. */
  endThoseOf(name: string): void {
    for (const connection of this.#open) if (connection.client.name === name) this.lose(connection)
  }

  opened(connection: Connection): void {
    this.#open.add(connection)
  }

  /** The connection has ended: its transaction is rolled back, and what is on its way is answered by an error. */
  lose(connection: Connection): void {
    this.#open.delete(connection)
    connection.end()
    if (this.#holder !== connection) return
    this.#server.run('rollback')
    this.#holder = undefined
    this.#drain()
  }

  /** A statement has arrived: it is carried out as soon as no other connection has a transaction. */
  arrive(arrived: Arrived): void {
    this.#waiting.push(arrived)
    this.#drain()
  }

  #drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) this.#serve(next)
    this.#isDraining = false
  }

  #takeNext(): Arrived | undefined {
    const place = this.#waiting.findIndex(
      ({ connection }) => this.#holder === undefined || this.#holder === connection,
    )
    return place < 0 ? undefined : this.#waiting.splice(place, 1)[0]
  }

  #serve({ connection, statement, kind, answer }: Arrived): void {
    if (connection.hasEnded) return
    if (kind === 'lost_before') return this.lose(connection)
    const carried = this.#carryOut(connection, statement, kind)
    if (kind === 'lost_after') this.lose(connection)
    else answer(carried)
  }

  #carryOut(connection: Connection, { text, values }: Statement, kind: Fate['kind']): CarriedOut {
    const isInside = this.#holder === connection
    if (kind === 'deadlock' && isInside) return this.#server.run(DEADLOCK)
    const carried = this.#server.run(text, values)
    if (!isInside) this.#changes = []
    if (hasChanged(carried, text)) this.#changes.push(text)
    if (carried.status !== 'I') {
      this.#holder = connection
      this.#watchSilence(connection)
    } else {
      this.#holder = undefined
      const isCommitted = !(carried.result instanceof DatabaseError) && carried.result.command !== 'ROLLBACK'
      if (isCommitted && this.#changes.length > 0)
        this.world.onCommitted(this.#changes, connection.client.name)
    }
    return carried
  }

  /** A transaction whose process is silent is rolled back, as by `idle_in_transaction_session_timeout`. */
  #watchSilence(connection: Connection): void {
    connection.heard += 1
    const { heard } = connection
    this.world.after(ANSWER_MS_MAX, () => {
      if (this.#holder === connection && connection.heard === heard) this.lose(connection)
    })
  }
}

const CHANGES = /\b(insert\s+into|update|delete\s+from)\b/i

/** Also where a part of a statement that reads writes. */
function hasChanged({ result }: CarriedOut, text: string): boolean {
  return !(result instanceof DatabaseError) && CHANGES.test(text) && Number(result.rowCount) > 0
}

const DEADLOCK = `do $$ begin raise 'deadlock detected' using errcode = '40P01'; end $$`

type Arrived = {
  readonly connection: Connection
  readonly statement: Statement
  readonly kind: Fate['kind']
  readonly answer: (carried: CarriedOut) => void
}

/** A connection that is lost, as the product's driver reports it. */
const connectionLost = () => new Error('Connection terminated unexpectedly')

type Answer = {
  readonly resolve: (result: PostgresQueryResult<unknown>) => void
  readonly reject: (error: Error) => void
}

class Connection {
  readonly client: DatabaseClient
  readonly #connections: SimulatedConnections
  readonly #open = new Set<Answer>()
  /** When the last statement, and the last answer, arrives. */
  #arrivesMs = 0
  #answeredMs = 0
  hasEnded = false
  /** How many statements its transaction has had. */
  heard = 0

  constructor(connections: SimulatedConnections, client: DatabaseClient) {
    this.#connections = connections
    this.client = client
    connections.opened(this)
  }

  query(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    const { promise, resolve, reject } = Promise.withResolvers<PostgresQueryResult<unknown>>()
    this.#ask({ text, values, client: this.client.name }, { resolve, reject })
    return promise
  }

  /** Called by the server's side. The process learns it when it can. */
  end(): void {
    if (this.hasEnded) return
    this.hasEnded = true
    const open = [...this.#open]
    this.#open.clear()
    this.client.deliver(() => {
      for (const { reject } of open) reject(connectionLost())
    })
  }

  #ask(statement: Statement, answer: Answer): void {
    if (this.hasEnded) return answer.reject(connectionLost())
    const { world } = this.#connections
    const instead = this.client.instead?.(statement)
    if (instead !== undefined) return this.#answer(1, () => answer.resolve(instead))
    const giveUp = () => world.after(0, () => this.#connections.lose(this))
    const cancel = this.client.after(ANSWER_MS_MAX, giveUp)
    const open: Answer = {
      resolve: (result) => (cancel(), answer.resolve(result)),
      reject: (error) => (cancel(), answer.reject(error)),
    }
    this.#open.add(open)
    const { arrivesMs, answeredMs, kind } = world.fateOf(statement)
    this.#arrivesMs = Math.max(this.#arrivesMs, world.nowMs() + arrivesMs)
    world.after(this.#arrivesMs - world.nowMs(), () => {
      if (this.hasEnded) return
      const settle = ({ result }: CarriedOut) => this.#answer(answeredMs, () => this.#settle(open, result))
      this.#connections.arrive({ connection: this, statement, kind, answer: settle })
    })
  }

  #answer(inMs: number, run: () => void): void {
    const { world } = this.#connections
    this.#answeredMs = Math.max(this.#answeredMs, world.nowMs() + inMs)
    world.after(this.#answeredMs - world.nowMs(), () => this.client.deliver(run))
  }

  #settle(answer: Answer, result: CarriedOut['result']): void {
    if (!this.#open.delete(answer)) return
    if (result instanceof DatabaseError) answer.reject(result)
    else answer.resolve(result)
  }
}

class SimulatedPool implements PostgresPool {
  readonly options = {}
  readonly #connections: SimulatedConnections
  readonly #client: DatabaseClient
  readonly #idle: Connection[] = []
  readonly #waiting: ((connection: Connection) => void)[] = []
  #count = 0

  constructor(connections: SimulatedConnections, client: DatabaseClient) {
    this.#connections = connections
    this.#client = client
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.#connections.isAway)
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    for (let known = this.#idle.pop(); known !== undefined; known = this.#idle.pop()) {
      if (!known.hasEnded) return this.#lend(known)
      this.#count -= 1
    }
    if (this.#count >= CONNECTIONS_MAX)
      return this.#lend(await new Promise<Connection>((resolve) => this.#waiting.push(resolve)))
    this.#count += 1
    return this.#lend(new Connection(this.#connections, this.#client))
  }

  async end(): Promise<void> {}

  #lend(connection: Connection): PostgresPoolClient {
    const query = (text: unknown, values: readonly unknown[] = []) => {
      if (typeof text !== 'string') throw new TypeError('cursors are not supported')
      return connection.query(text, values)
    }
    return { query: query as PostgresPoolClient['query'], release: () => this.#release(connection) }
  }

  #release(connection: Connection): void {
    const next = this.#waiting.shift()
    if (next === undefined) return void this.#idle.push(connection)
    next(connection.hasEnded ? new Connection(this.#connections, this.#client) : connection)
  }
}
