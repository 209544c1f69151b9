import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import { actLocally } from './acting-query.ts'
import { openPool, type PoolFigures } from './connect.ts'
import { RequestEnded } from './errors.ts'
import type { PreparedClient, PreparedPool } from './prepared-pool.ts'
import type { Database } from './tables.gen.ts'

/**
 * A statement of a list or a search that takes longer is ended: every one that an index answers takes milliseconds at 5,000,000
 * listings (ADR 18). Milliseconds.
 */
export const READ_MS_MAX = 2_000

/** Until when and for whom a read is made. */
type ReadBounds = {
  /** Aborts when the request is over: it was answered, its time has passed, or its client has gone. */
  readonly signal: AbortSignal
  /** By `performance.now()`. */
  readonly untilMs: number
  /** `READ_MS_MAX` unless it says otherwise. */
  readonly statementMsMax?: number
  /** For whom it reads; left out: for nobody. */
  readonly accountId?: string
}

/** Connections for reads that may be slow, apart from those of orders and single reads. */
export type Reads = {
  /** The database for the reads of one request. What it runs when the signal aborts is cancelled at the server. It cannot write. */
  readonly within: (bounds: ReadBounds) => Kysely<Database>
  /** The same over one connection that shows the database as of its first read, until `release`. A statement may take a minute. */
  readonly snapshot: (bounds: ReadBounds) => Promise<Snapshot>
  readonly connectionsMax: number
  readonly connections: () => PoolFigures
  readonly destroy: () => Promise<void>
}

export type Snapshot = { readonly db: Kysely<Database>; readonly release: () => void }

type ReadsOptions = {
  readonly url: string
  readonly connectionsMax: number
  readonly applicationName: string
}

/** Opens them; nothing is sent before the first read. */
export function openReads(options: ReadsOptions): Reads {
  const { prepared, figures, end } = openPool(options)
  return {
    within: (bounds) => openKysely(new ReadDriver(prepared, bounds)),
    snapshot: async (bounds) => {
      const connection = await openConnection(prepared, bounds, beginSnapshot)
      return { db: openKysely(new OneConnection(connection)), release: () => connection.end() }
    },
    connectionsMax: options.connectionsMax,
    connections: figures,
    destroy: end,
  }
}

function openKysely(driver: Driver): Kysely<Database> {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

const nothing = async () => undefined

/** Every connection that it hands out is in a transaction that reads only, so beginning another does nothing. */
class ReadDriver implements Driver {
  readonly #pool: PreparedPool
  readonly #bounds: ReadBounds
  readonly init = nothing
  readonly beginTransaction = nothing
  readonly commitTransaction = nothing
  readonly rollbackTransaction = nothing
  readonly destroy = nothing

  constructor(pool: PreparedPool, bounds: ReadBounds) {
    this.#pool = pool
    this.#bounds = bounds
  }

  async acquireConnection(): Promise<ReadConnection> {
    return openConnection(this.#pool, this.#bounds, beginWithin)
  }

  async releaseConnection(connection: ReadConnection): Promise<void> {
    connection.end()
  }
}

/** Gives out one connection again and again; who opened it ends it. */
class OneConnection implements Driver {
  readonly #connection: ReadConnection
  readonly init = nothing
  readonly beginTransaction = nothing
  readonly commitTransaction = nothing
  readonly rollbackTransaction = nothing
  readonly releaseConnection = nothing
  readonly destroy = nothing

  constructor(connection: ReadConnection) {
    this.#connection = connection
  }

  async acquireConnection(): Promise<ReadConnection> {
    return this.#connection
  }
}

async function openConnection(pool: PreparedPool, bounds: ReadBounds, begin: Begin): Promise<ReadConnection> {
  if (bounds.signal.aborted) throw new RequestEnded()
  const client = await pool.connect()
  if (!bounds.signal.aborted) return new ReadConnection(client, bounds, begin)
  client.release()
  throw new RequestEnded()
}

/** One connection for a read or a few: a transaction, which a pooler needs for settings that are local to it. */
class ReadConnection implements DatabaseConnection {
  readonly #client: PreparedClient
  readonly #bounds: ReadBounds

  constructor(client: PreparedClient, bounds: ReadBounds, begin: Begin) {
    this.#client = client
    this.#bounds = bounds
    // Not awaited: it leaves in one packet with the first statement.
    client.query(begin(bounds.untilMs - performance.now(), bounds), []).catch(() => undefined)
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { signal } = this.#bounds
    const cancel = () => void this.#client.giveUp()
    signal.addEventListener('abort', cancel)
    try {
      if (signal.aborted) throw new RequestEnded()
      const { rows } = await this.#client.query<Row>(sql, parameters)
      return { rows }
    } catch (error) {
      throw signal.aborted ? new RequestEnded({ cause: error }) : error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  streamQuery(): never {
    throw new Error('reads are not streamed')
  }

  end(): void {
    this.#client.query('commit', []).catch(() => undefined)
    this.#client.release()
  }
}

/** The first page of a whole list may have to sort it: a million rows take some seconds. Milliseconds. */
const SNAPSHOT_READ_MS_MAX = 60_000

type Begin = (leftMs: number, bounds: ReadBounds) => string

function beginWithin(leftMs: number, { statementMsMax = READ_MS_MAX, accountId }: ReadBounds): string {
  const begun = beginReading('begin read only', Math.min(statementMsMax, leftMs))
  return accountId === undefined ? begun : `${begun}; set local ${actLocally(accountId)}`
}

function beginSnapshot(leftMs: number): string {
  return beginReading(
    'begin isolation level repeatable read, read only',
    Math.min(SNAPSHOT_READ_MS_MAX, leftMs),
  )
}

/**
 * Values decide the plan of a search, so it is planned anew each time: one that was planned for a frequent word takes seconds for a
 * rare one. Neither parallel workers nor compilation: a search has a share of the database's processors, not all of them. A random page
 * costs what it does from memory or solid state; by the default of 4 the server reads whole indexes instead of a few rows.
 */
function beginReading(begin: string, statementMsMax: number): string {
  return [
    begin,
    `set local statement_timeout = ${Math.max(1, Math.ceil(statementMsMax))}`,
    'set local plan_cache_mode = force_custom_plan',
    'set local max_parallel_workers_per_gather = 0',
    'set local jit = off',
    'set local random_page_cost = 1.1',
  ].join('; ')
}
