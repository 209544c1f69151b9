import { createHash } from 'node:crypto'
import { Kysely, sql } from 'kysely'
import { Pool, type PoolClient, type PoolConfig, TypeOverrides } from 'pg'
import { BoundedDialect } from './bounded-dialect.ts'
import type { Database } from './tables.gen.ts'

/** A caller waits this long for a connection; a pool that stays exhausted is an outage, not a queue. */
const connectMsMax = 10_000

export type DatabaseOptions = {
  readonly url: string
  readonly connectionsMax: number
  /** Shown in pg_stat_activity: which app holds which lock. */
  readonly applicationName: string
  /**
   * A query without an answer for so long fails, and its connection is given up: a server that is frozen or gone closes none, and
   * would be waited for until the kernel loses patience, a quarter of an hour later. Left out, queries may take any time.
   */
  readonly answerMsMax?: number
  /** A transaction whose owner says nothing for so long is undone: frozen, it would keep its locks. Left out, there is no end. */
  readonly silenceMsMax?: number
}

/** Opens a pool of connections; close it with `destroy()`. Nothing is sent before the first query. */
export function openDatabase(options: DatabaseOptions): Kysely<Database> {
  const pool = new Pool(poolConfig(options))
  // A connection that dies is dropped from the pool, and the next query opens another. What was using it is told by its
  // query; an idle one was used by nobody. Without a listener for either, it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    nameStatements(client)
    if (options.answerMsMax !== undefined) boundAnswers(client, options.answerMsMax)
  })
  const db = new Kysely<Database>({ dialect: new BoundedDialect({ pool }, options.silenceMsMax) })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<Kysely<Database>, Pool>()

/** What the pool of an opened database is doing. Throws for a transaction, which has no pool of its own. */
export function connectionsOf(db: Kysely<Database>) {
  const pool = pools.get(db)
  if (pool === undefined) throw new Error('this database was not opened here')
  const { totalCount, idleCount, waitingCount } = pool
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}

const PREPARED = '/* prepared */'

/**
 * Stands in a statement, or in a part of one, that is to be prepared once per connection: where planning is most of its time, its texts
 * are few, and one plan fits all their values.
 */
export const prepared = sql.raw(PREPARED)

/** Names the statements that are `prepared`, for that is how the driver prepares them: Kysely gives it none. */
function nameStatements(client: PoolClient): void {
  client.query = new Proxy(client.query, {
    apply: (query, self, args) => {
      const [text, values]: unknown[] = args
      if (typeof text !== 'string' || !text.includes(PREPARED)) return Reflect.apply(query, self, args)
      return Reflect.apply(query, self, [{ name: nameOf(text), text, values }])
    },
  })
}

/** Names are cut at 63 characters. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** The driver's own `query_timeout` fails the query alone and hands the dead connection out again. */
function boundAnswers(client: PoolClient, answerMsMax: number): void {
  client.query = new Proxy(client.query, {
    apply: (query, self, args) => {
      const asked: unknown = Reflect.apply(query, self, args)
      if (!(asked instanceof Promise)) return asked
      const timer = setTimeout(() => client.connection.stream.destroy(), answerMsMax)
      const answered = () => clearTimeout(timer)
      asked.then(answered, answered)
      return asked
    },
  })
}

function poolConfig({ url, connectionsMax, applicationName }: DatabaseOptions): PoolConfig {
  return {
    connectionString: url,
    max: connectionsMax,
    application_name: applicationName,
    connectionTimeoutMillis: connectMsMax,
    keepAlive: true,
    types: exactTypes(),
  }
}

/**
 * Money and counts are int8 and come as bigint, never as a rounded number. A `date` has no time zone, so it stays the
 * text it is. Numeric stays text too (node-postgres' default): only sums of int8 are numeric here.
 */
function exactTypes(): TypeOverrides {
  const types = new TypeOverrides()
  types.setTypeParser(oid.int8, BigInt)
  types.setTypeParser(oid.date, (text) => text)
  return types
}

/** Object ids of pg_type that are fixed for all servers. */
const oid = { int8: 20, date: 1082 } as const
