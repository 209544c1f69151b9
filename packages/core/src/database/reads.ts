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
}

/** Connections for reads that may be slow, apart from those of orders and single reads. */
export type Reads = {
  /** The database for the reads of one request. What it runs when the signal aborts is cancelled at the server. It cannot write. */
  readonly within: (bounds: ReadBounds) => Kysely<Database>
  readonly connectionsMax: number
  readonly connections: () => PoolFigures
  readonly destroy: () => Promise<void>
}

type ReadsOptions = {
  readonly url: string
  readonly connectionsMax: number
  readonly applicationName: string
}

/** Opens them; nothing is sent before the first read. */
export function openReads(options: ReadsOptions): Reads {
  const { prepared, figures, end } = openPool(options)
  return {
    within: (bounds) =>
      new Kysely<Database>({
        dialect: {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => new ReadDriver(prepared, bounds),
          createIntrospector: (db) => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        },
      }),
    connectionsMax: options.connectionsMax,
    connections: figures,
    destroy: end,
  }
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
    const { signal } = this.#bounds
    if (signal.aborted) throw new RequestEnded()
    const client = await this.#pool.connect()
    if (!signal.aborted) return new ReadConnection(client, this.#bounds)
    client.release()
    throw new RequestEnded()
  }

  async releaseConnection(connection: ReadConnection): Promise<void> {
    connection.end()
  }
}

/** One connection for a read or a few: a transaction, which a pooler needs for settings that are local to it. */
class ReadConnection implements DatabaseConnection {
  readonly #client: PreparedClient
  readonly #bounds: ReadBounds
  #cancelled: Promise<void> | undefined

  constructor(client: PreparedClient, bounds: ReadBounds) {
    this.#client = client
    this.#bounds = bounds
    // Not awaited: it leaves in one packet with the first statement.
    client.query(beginWithin(bounds.untilMs - performance.now()), []).catch(() => undefined)
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { signal } = this.#bounds
    const cancel = () => void (this.#cancelled ??= this.#client.cancel())
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

  /** A request to cancel that is under way could end the next statement, so that connection is not used again. */
  end(): void {
    if (this.#cancelled !== undefined) {
      void this.#cancelled.then(() => this.#client.release(true))
      return
    }
    this.#client.query('commit', []).catch(() => undefined)
    this.#client.release()
  }
}

/**
 * Values decide the plan of a search, so it is planned anew each time: one that was planned for a frequent word takes seconds for a
 * rare one. Neither parallel workers nor compilation: a search has a share of the database's processors, not all of them. A random page
 * costs what it does from memory or solid state; by the default of 4 the server reads whole indexes instead of a few rows.
 */
function beginWithin(leftMs: number): string {
  const limitMs = Math.max(1, Math.min(READ_MS_MAX, Math.ceil(leftMs)))
  return [
    'begin read only',
    `set local statement_timeout = ${limitMs}`,
    'set local plan_cache_mode = force_custom_plan',
    'set local max_parallel_workers_per_gather = 0',
    'set local jit = off',
    'set local random_page_cost = 1.1',
  ].join('; ')
}
