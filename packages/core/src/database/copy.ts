import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from './tables.gen.ts'

// COPY needs a connection on which nothing else is sent meanwhile: the driver refuses it on those that pipeline statements.

/** A process stages one list at a time; a second connection is for an upload beside it. */
const CONNECTIONS_MAX = 2

const pools = new WeakMap<Kysely<Database>, Pool>()

/** Connections for COPY. They are opened when they are needed and closed when they have been idle. */
export function openCopyPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, max: CONNECTIONS_MAX, pipeline: false })
  pool.on('error', () => undefined)
  return pool
}

export function setCopyPool(db: Kysely<Database>, pool: Pool): void {
  pools.set(db, pool)
}

type Copy = {
  readonly table: string
  readonly columns: readonly string[]
  /** Lines of the text format, see `copyLine`. A source that throws undoes the COPY. */
  readonly lines: AsyncIterable<string>
  readonly signal?: AbortSignal | undefined
}

/** Whether rows can be copied: a transaction has one connection, and it pipelines. */
export function canCopy(db: Kysely<Database>): boolean {
  return pools.has(db)
}

/**
 * Copies lines into a table as one statement: all of them are there afterwards, or none. The lines are read as fast as the server
 * takes them, and no faster. Throws what the source and the server throw, and the reason of the signal, which ends the connection.
 */
export async function copyRows(db: Kysely<Database>, { table, columns, lines, signal }: Copy): Promise<void> {
  const pool = pools.get(db)
  if (pool === undefined) throw new Error('a transaction cannot copy')
  const client = await pool.connect()
  let failure: unknown
  client.on('error', ignoreLoss)
  // The stream of a COPY ends only when the server says so, and one that is silent does not.
  const cut = () => void client.connection.stream.destroy()
  signal?.addEventListener('abort', cut)
  try {
    const target = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
    await pipeline(Readable.from(lines, { objectMode: false }), target, { signal })
  } catch (error) {
    failure = error
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', cut)
    client.off('error', ignoreLoss)
    // After a failure the connection may be in the middle of the protocol.
    client.release(failure !== undefined)
  }
}

/** Without a listener a connection that is lost ends the process; the pipeline fails by itself. */
function ignoreLoss(): void {}

/** One line of COPY's text format. Null is \N; of text, backslash, tab and line ends are escaped. */
export function copyLine(values: readonly (string | number | Date | null)[]): string {
  return `${values.map(copyValue).join('\t')}\n`
}

function copyValue(value: string | number | Date | null): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString()
  return value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
