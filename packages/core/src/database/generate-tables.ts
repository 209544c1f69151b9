import type { Kysely } from 'kysely'
import { type Column, readColumns, readConstraintNames } from './read-columns.ts'
import { rulesTypes } from './rules-types.ts'
import type { Database } from './tables.gen.ts'

/** Our own bookkeeping, which no use case reads. */
const hiddenTables: ReadonlySet<string> = new Set(['schema_migration'])

/** PostgreSQL's type → the type a row is read as. A type not listed stops the generator. */
const readAs: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  float8: 'number',
  inet: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  jsonb: 'Json',
  numeric: 'string',
  text: 'string',
  time: 'string',
  timestamptz: 'Timestamp',
  uuid: 'string',
  xid8: 'string',
}

const head = `// Generated from the migrated database by \`npm run generate\`. Do not edit.
import type { ColumnType } from 'kysely'
`

const helpers = `
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [key: string]: JsonValue | undefined }
/** Written as an object: node-postgres would send an array as a PostgreSQL array. */
type Json = ColumnType<JsonValue, JsonObject, JsonObject>
type Timestamp = ColumnType<Date, Date | string, Date | string>
/** May be left out of an insert: the database has a default. */
type Generated<Type> =
  Type extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read, Insert | undefined, Update>
    : ColumnType<Type, Type | undefined, Type>
/** The rules' words, where they are exactly the words that the column's check lists. */
type Agreed<Rules, Listed> = [Rules, Listed] extends [Listed, Rules] ? Rules : never
`

/** The source of `tables.gen.ts`. Throws on a column type that has no entry above. */
export async function generateTables(db: Kysely<Database>): Promise<string> {
  const columns = (await readColumns(db)).filter((column) => !hiddenTables.has(column.table))
  const tables = Object.entries(Object.groupBy(columns, (column) => column.table))
  const shapes = tables.map(
    ([table, members = []]) => `export type ${typeName(table)} = {\n${members.map(member).join('')}}\n`,
  )
  const database = tables.map(([table]) => `  ${table}: ${typeName(table)}\n`).join('')
  const names = (await readConstraintNames(db)).map((name) => `  | '${name}'\n`).join('')
  return [
    head + rulesImports(columns) + helpers,
    ...shapes,
    `export type Database = {\n${database}}\n`,
    `/** Every name by which the schema refuses. */\nexport type ConstraintName =\n${names}`,
  ].join('\n')
}

function typeName(table: string): string {
  return `${table.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Table`
}

function rulesImports(columns: readonly Column[]): string {
  const used = columns.flatMap((column) => rulesTypes[keyOf(column)] ?? [])
  const byFile = Object.entries(Object.groupBy(used, (entry) => entry.from)).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const line = ([file, entries = []]: (typeof byFile)[number]) =>
    `import type { ${[...new Set(entries.map((entry) => entry.type))]
      .toSorted()
      .join(', ')} } from '@droplock/rules/${file}'\n`
  return byFile.map(line).join('')
}

function member(column: Column): string {
  const type = column.nullable ? `${valueType(column)} | null` : valueType(column)
  const wrapped = { none: type, default: `Generated<${type}>`, always: `ColumnType<${type}, never, never>` }[
    column.fill
  ]
  return `  ${column.column}: ${wrapped}\n`
}

function valueType(column: Column): string {
  const listed = column.listed.map((value) => `'${value}'`).join(' | ')
  const rules = rulesTypes[keyOf(column)]
  if (rules !== undefined) return column.type === 'jsonb' ? rules.type : `Agreed<${rules.type}, ${listed}>`
  if (listed !== '') return column.nullable ? `(${listed})` : listed
  return column.type.startsWith('_')
    ? `${scalar(column, column.type.slice(1))}[]`
    : scalar(column, column.type)
}

function scalar(column: Column, type: string): string {
  const found = readAs[type]
  if (found === undefined)
    throw new Error(`${keyOf(column)} has type ${type}, which generate-tables.ts does not know`)
  return found
}

const keyOf = (column: Column): string => `${column.table}.${column.column}`
