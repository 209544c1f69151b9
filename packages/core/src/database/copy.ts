import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from './tables.gen.ts'

// COPY needs a connection on which nothing else is sent meanwhile: the driver refuses it on those that pipeline statements.

/** A process stages one list at a time; a second connection is for an upload beside it. */
const CONNECTIONS_MAX = 2

type Copies = { readonly pool: Pool; readonly answerMsMax: number | undefined }

const pools = new WeakMap<Kysely<Database>, Copies>()

/** Connections for COPY. They are opened when they are needed and closed when they have been idle. */
export function openCopyPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, max: CONNECTIONS_MAX, pipeline: false })
  pool.on('error', () => undefined)
  return pool
}

/** `answerMsMax`: a COPY that the server takes nothing of for this long fails. Milliseconds. */
export function setCopyPool(db: Kysely<Database>, pool: Pool, answerMsMax: number | undefined): void {
  pools.set(db, { pool, answerMsMax })
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
  const copies = pools.get(db)
  if (copies === undefined) throw new Error('a transaction cannot copy')
  const client = await copies.pool.connect()
  const silence = watchSilence(copies.answerMsMax)
  const ended = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])])
  // The stream of a COPY ends only when the server says so, and one that is silent does not.
  const cut = () => void client.connection.stream.destroy()
  let failure: unknown
  client.on('error', ignoreLoss)
  ended.addEventListener('abort', cut)
  try {
    const target = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
    const source = Readable.from(offered(lines, silence), { objectMode: false })
    await pipeline(source, target, { signal: ended })
  } catch (error) {
    failure = error
    ended.throwIfAborted()
    throw error
  } finally {
    silence.end()
    ended.removeEventListener('abort', cut)
    client.off('error', ignoreLoss)
    // After a failure the connection may be in the middle of the protocol.
    client.release(failure !== undefined)
  }
}

type Silence = { readonly signal: AbortSignal; readonly begin: () => void; readonly end: () => void }

/** A silence aborts its signal when it lasts for `msMax`. */
function watchSilence(msMax: number | undefined): Silence {
  const tooLong = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    const error = new Error('the database took no rows in time')
    if (msMax !== undefined) timer = setTimeout(() => tooLong.abort(error), msMax)
  }
  return { signal: tooLong.signal, begin, end: () => clearTimeout(timer) }
}

/** The lines. It is silent from each of them to when the server takes more, and after the last until all is done; not while the source is slow. */
async function* offered(lines: AsyncIterable<string>, silence: Silence): AsyncIterable<string> {
  for await (const line of lines) {
    silence.begin()
    yield line
    silence.end()
  }
  silence.begin()
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
