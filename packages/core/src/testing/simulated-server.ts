import { PGlite, protocol } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { PostgresQueryResult } from 'kysely'
import { DatabaseError } from 'pg'
import { exactTypes } from '../database/connect.ts'
import { migrationsFolder, readMigrations } from '../database/migrations.ts'
import { watchMachines } from './watch-machines.ts'

/** What a statement returned, and whether a transaction is open now: `I` none, `T` one, `E` one that has failed. */
export type CarriedOut = {
  readonly status: 'I' | 'T' | 'E'
  readonly result: PostgresQueryResult<unknown> | DatabaseError
}

const { serialize } = protocol
const types = exactTypes()

/**
 * A migrated PostgreSQL in this process, compiled to WebAssembly. It carries out the product's statements unchanged, with every constraint
 * and trigger, and reads the time from `Date.now`: a simulation that replaces it decides the database's time too. It has one session,
 * so its user lets transactions follow one another. ADR 54.
 */
export class SimulatedServer {
  readonly #database: PGlite
  readonly #prepared = new Map<string, string>()
  #reset = ''

  private constructor(database: PGlite) {
    this.#database = database
  }

  static async open(): Promise<SimulatedServer> {
    const database = await PGlite.create({ extensions: { pg_trgm } })
    const server = new SimulatedServer(database)
    for (const { sql } of readMigrations(migrationsFolder)) server.rows(`begin; ${sql}; commit`)
    await watchMachines({ query: async (text) => server.rows(text), escapeLiteral })
    server.#reset = server.#keepBeginning()
    return server
  }

  /** Carries out one statement; without values it may be several. */
  run(text: string, values: readonly unknown[] = []): CarriedOut {
    const octets = this.#database.execProtocolRawSync(
      values.length === 0 ? serialize.query(text) : this.#bound(text, values),
    )
    return readAnswer(octets)
  }

  /** The rows of a statement. Throws the database's errors. */
  rows<Row>(text: string, values: readonly unknown[] = []): readonly Row[] {
    const { result } = this.run(text, values)
    if (!(result instanceof DatabaseError)) return result.rows as readonly Row[]
    this.run('rollback')
    throw result
  }

  /** Everything is as when the server was opened. */
  reset(): void {
    this.rows(this.#reset)
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** Keeps the rows that migrations wrote. Returns the statements that restore them. */
  #keepBeginning(): string {
    const tables = this.rows<{ name: string; columns: string }>(`
      select table_name as name, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
      from information_schema.columns join pg_tables on tablename = table_name and schemaname = table_schema
      where table_schema = 'public' and is_generated = 'NEVER' group by table_name order by table_name`)
    this.rows('create schema beginning')
    const kept = tables.filter(({ name }) => {
      this.rows(`create table beginning.${name} as table ${name}`)
      return this.rows(`select from beginning.${name} limit 1`).length > 0
    })
    const sequences = this.rows<{ name: string }>(
      `select sequencename as name from pg_sequences where schemaname = 'public'`,
    )
    return [
      'begin; set local session_replication_role = replica',
      ...tables.map(({ name }) => `delete from ${name}`),
      ...kept.map(
        ({ name, columns }) =>
          `insert into ${name} (${columns}) overriding system value select ${columns} from beginning.${name}`,
      ),
      ...sequences.map(({ name }) => `alter sequence ${name} restart`),
      'commit',
    ].join(';')
  }

  /** Each statement is parsed once, as on the connections of the product. */
  #bound(text: string, values: readonly unknown[]): Uint8Array {
    const known = this.#prepared.get(text)
    const name = known ?? `s${this.#prepared.size}`
    if (known === undefined) {
      const parsed = Buffer.concat([serialize.parse({ name, text }), serialize.sync()])
      const { result } = readAnswer(this.#database.execProtocolRawSync(parsed))
      // It is asked again without a name, which fails in the same way.
      if (result instanceof DatabaseError) return Buffer.concat([serialize.parse({ text }), serialize.sync()])
      this.#prepared.set(text, name)
    }
    return Buffer.concat([
      serialize.bind({ statement: name, values: values.map(textOf) }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ])
  }
}

const escapeLiteral = (text: string) => `'${text.replaceAll("'", "''")}'`

type Fields = readonly { readonly name: string; readonly parse: (text: string) => unknown }[]

/** Reads the messages of the server's answer: a letter, the length with itself, and the content. */
function readAnswer(given: Uint8Array): CarriedOut {
  const octets = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  let status: CarriedOut['status'] = 'I'
  let failure: DatabaseError | undefined
  let command = ''
  let fields: Fields = []
  const rows: unknown[] = []
  for (let at = 0; at < octets.length; at += 1 + octets.readInt32BE(at + 1)) {
    const content = octets.subarray(at + 5, at + 1 + octets.readInt32BE(at + 1))
    const kind = String.fromCharCode(octets[at] ?? 0)
    if (kind === 'T') fields = readFields(content)
    else if (kind === 'D') rows.push(readRow(content, fields))
    else if (kind === 'C') command = content.toString('utf8', 0, content.length - 1)
    else if (kind === 'Z') status = content.toString('latin1') as CarriedOut['status']
    else if (kind === 'E') failure ??= readError(content)
  }
  return { status, result: failure ?? resultOf(command, rows) }
}

/** What follows the name of a column: table, place, type, size, modifier, format. */
const FIELD_OCTETS = 18
const TYPE_AT = 6

function readFields(content: Buffer): Fields {
  let at = 2
  return Array.from({ length: content.readInt16BE(0) }, () => {
    const end = content.indexOf(0, at)
    const name = content.toString('utf8', at, end)
    const type = content.readInt32BE(end + 1 + TYPE_AT)
    const parse: unknown = types.getTypeParser(type, 'text')
    at = end + 1 + FIELD_OCTETS
    return { name, parse: parse as (text: string) => unknown }
  })
}

function readRow(content: Buffer, fields: Fields): unknown {
  const row: Record<string, unknown> = {}
  let at = 2
  for (const { name, parse } of fields) {
    const length = content.readInt32BE(at)
    at += 4
    row[name] = length < 0 ? null : parse(content.toString('utf8', at, at + length))
    at += Math.max(0, length)
  }
  return row
}

const errorFields = {
  S: 'severity',
  C: 'code',
  M: 'message',
  D: 'detail',
  H: 'hint',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  n: 'constraint',
  R: 'routine',
} as const

/** The database's error as the class by which the product recognises it. */
function readError(content: Buffer): DatabaseError {
  const known: Partial<Record<string, string>> = {}
  for (const part of content.toString('utf8').split('\0')) {
    const field = errorFields[part[0] as keyof typeof errorFields]
    if (field !== undefined) known[field] = part.slice(1)
  }
  return Object.assign(new DatabaseError(known['message'] ?? '', content.length, 'error'), known)
}

/** As node-postgres reports it. */
function resultOf(text: string, rows: unknown[]): PostgresQueryResult<unknown> {
  const [command = '', ...counts] = text.split(' ')
  return { command, rowCount: Number(counts.at(-1) ?? 0), rows } as PostgresQueryResult<unknown>
}

/** A value in PostgreSQL's text format, as node-postgres writes it. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function elementOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value) ?? 'NULL'
  const text = textOf(value)
  return text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
