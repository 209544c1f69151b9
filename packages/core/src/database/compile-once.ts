import type { CompiledQuery, Kysely } from 'kysely'
import type { Database } from './tables.gen.ts'

/** Stands for a value while a query is compiled. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query that is built and compiled at its first use and never again, for those that are made thousands of times a second:
 * compiling a read of four tables costs as much as the gateway's whole HTTP part. `build` uses the values as they are: it must
 * not look at them, as they are placeholders.
 */
export function compileOnce<Values extends object, Row>(
  build: (db: Kysely<Database>, values: Values) => CompiledQuery<Row>,
): (db: Kysely<Database>, values: Values) => CompiledQuery<Row> {
  let compiled: CompiledQuery<Row> | undefined
  return (db, values) => {
    compiled ??= build(db, placeholders<Values>())
    const valueOf = (parameter: unknown): unknown => {
      if (parameter instanceof Placeholder) return Reflect.get(values, parameter.name)
      return Array.isArray(parameter) ? parameter.map(valueOf) : parameter
    }
    return { ...compiled, parameters: compiled.parameters.map(valueOf) }
  }
}

function placeholders<Values extends object>(): Values {
  return new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Values
}
