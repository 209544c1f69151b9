import { type CompiledQuery, Kysely } from 'kysely'
import { Pool, type PoolConfig, TypeOverrides } from 'pg'
import { actingPool } from './acting-pool.ts'
import { BoundedDialect } from './bounded-dialect.ts'
import { openCopyPool, setCopyPool } from './copy.ts'
import { type PreparedPool, preparedPool } from './prepared-pool.ts'
import { SharedConnections } from './shared-connections.ts'
import type { Database } from './tables.gen.ts'

/**
 * A connection on which nothing was heard for so long is probed (TCP keep-alive), and lost if nobody answers: the system's own two hours are
 * longer than a firewall remembers it. Milliseconds.
 */
const probeAfterMs = 10_000

/** A caller waits this long for a connection; a pool that stays exhausted is an outage, not a queue. */
const connectMsMax = 10_000

type DatabaseOptions = {
  readonly url: string
  readonly connectionsMax: number
  /** Shown in pg_stat_activity: which app holds which lock. */
  readonly applicationName: string
  /**
   * A query without an answer for this long fails: it is cancelled, and its connection is closed. A server that is frozen or gone closes
   * none, and the kernel gives up only after a quarter of an hour. Left out, queries may take any time. Milliseconds.
   */
  readonly answerMsMax?: number
  /** How long a transaction waits for a lock where it does not say so itself. Left out, it is `lockMsDefault`. Milliseconds. */
  readonly lockMsMax?: number
  /** The server ends a statement of a transaction that takes longer. Left out, it may take any time. Milliseconds. */
  readonly statementMsMax?: number
  /**
   * A transaction that is idle for this long is rolled back: one whose owner is frozen, or whose connection is lost on the way, would
   * keep its locks. Left out, it is `answerMsMax`. Milliseconds.
   */
  readonly silenceMsMax?: number
  /**
   * Opens all connections at once and keeps them. Opening one takes both sides some ten milliseconds of processor time, which the first
   * requests of a rush would wait for.
   */
  readonly keepsOpen?: boolean
}

/** Opens a pool of connections; close it with `destroy()`. Without `keepsOpen`, nothing is sent before the first query. */
export function openDatabase(options: DatabaseOptions): Kysely<Database> {
  const { pool, prepared } = openPool(options)
  const copies = openCopyPool(poolConfig(options))
  const end = async () => {
    await Promise.all([pool.end(), copies.end()])
  }
  const dialect = new BoundedDialect({ pool: { ...prepared, end } }, limitsOf(options))
  const db = new Kysely<Database>({ dialect })
  opened.set(db, { db, options, pool, prepared, shared: new SharedConnections(prepared), handles: new Map() })
  setCopyPool(db, copies, options.answerMsMax)
  if (options.keepsOpen === true) openAll(pool, options.connectionsMax)
  return db
}

/** A pool whose connections prepare their statements. */
export function openPool(options: DatabaseOptions) {
  const pool = new Pool(poolConfig(options))
  // A connection that dies is removed from the pool, and the next query opens another. A query that was using it fails. Without
  // a listener the error would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  const prepared = preparedPool(pool, options.answerMsMax)
  return { pool, prepared, figures: () => figuresOf(pool), end: () => pool.end() }
}

/** What cannot be opened now is opened when it is needed. */
function openAll(pool: Pool, count: number): void {
  for (let opened = 0; opened < count; opened += 1)
    void pool.connect().then(
      (client) => client.release(),
      () => undefined,
    )
}

function limitsOf({ answerMsMax, lockMsMax, silenceMsMax = answerMsMax, statementMsMax }: DatabaseOptions) {
  return {
    ...(lockMsMax !== undefined && { lockMsMax }),
    ...(silenceMsMax !== undefined && { silenceMsMax }),
    ...(statementMsMax !== undefined && { statementMsMax }),
  }
}

type Opened = {
  /** As it was opened: nobody's. */
  readonly db: Kysely<Database>
  readonly options: DatabaseOptions
  readonly pool: Pool
  readonly prepared: PreparedPool
  readonly shared: SharedConnections
  /** Those of accounts. */
  readonly handles: Map<string, Kysely<Database>>
  /** For whom the handle acts. */
  readonly accountId?: string
}

/** Handles of accounts that are kept; at more than this they are made anew, which takes some tens of microseconds. */
const HANDLES_MAX = 1_000

const opened = new WeakMap<Kysely<Database>, Opened>()

/**
 * The handle of one account, over the same connections: all that it reads and writes is within that account's rows, for logins to
 * which row-level security applies (ADR 55). A transaction, and what `openDatabase` did not open, stays as it is.
 */
export function ofAccount(db: Kysely<Database>, accountId: string): Kysely<Database> {
  const known = opened.get(db)
  if (known === undefined) return db
  const { prepared, options, handles } = known
  const made = handles.get(accountId)
  if (made !== undefined) return made
  const dialect = new BoundedDialect(
    { pool: actingPool(prepared, accountId) },
    { ...limitsOf(options), accountId },
  )
  const handle = new Kysely<Database>({ dialect })
  opened.set(handle, { ...known, accountId })
  if (handles.size >= HANDLES_MAX) handles.clear()
  handles.set(accountId, handle)
  return handle
}

/** The handle of the whole process, where `db` is that of an account. */
export function sharedHandle(db: Kysely<Database>): Kysely<Database> {
  return opened.get(db)?.db ?? db
}

/**
 * The rows of a short read. Reads that come at the same time share a connection (see `SharedConnections`); given a transaction, it
 * is a part of that one.
 */
export async function readShortly<Row>(
  db: Kysely<Database>,
  query: CompiledQuery<Row>,
): Promise<readonly Row[]> {
  const known = opened.get(db)
  const { rows } = await (known?.shared.query<Row>(known.accountId, query.sql, query.parameters) ??
    db.executeQuery(query))
  return rows
}

/** Connections of an opened database's pool. Throws for a transaction, which has no pool of its own. */
export function connectionsOf(db: Kysely<Database>): PoolFigures {
  const known = opened.get(db)
  if (known === undefined) throw new Error('not a database that openDatabase opened')
  return figuresOf(known.pool)
}

export type PoolFigures = { readonly busy: number; readonly idle: number; readonly waiting: number }

function figuresOf({ totalCount, idleCount, waitingCount }: Pool): PoolFigures {
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}

function poolConfig({ url, connectionsMax, applicationName, keepsOpen }: DatabaseOptions): PoolConfig {
  return {
    connectionString: url,
    max: connectionsMax,
    application_name: applicationName,
    connectionTimeoutMillis: connectMsMax,
    ...(keepsOpen === true && { idleTimeoutMillis: 0 }),
    keepAlive: true,
    keepAliveInitialDelayMillis: probeAfterMs,
    pipeline: true,
    types: exactTypes(),
  }
}

/**
 * Money and counts are int8 and come as bigint, never as a rounded number. A `date` has no time zone, so it stays the
 * text it is. Numeric stays text too (node-postgres' default): only sums of int8 are numeric here.
 */
export function exactTypes(): TypeOverrides {
  const types = new TypeOverrides()
  types.setTypeParser(oid.int8, BigInt)
  types.setTypeParser(oid.date, (text) => text)
  return types
}

/** Object ids of pg_type that are fixed for all servers. */
const oid = { int8: 20, date: 1082 } as const
