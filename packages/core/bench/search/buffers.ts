import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'

const nothing = async () => undefined

/** A database over `db` that remembers what it was asked. */
export function recording(db: Kysely<Database>) {
  const asked: CompiledQuery[] = []
  const connection = {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      asked.push(query)
      return db.executeQuery<Row>(query as CompiledQuery<Row>)
    },
    streamQuery: (): never => {
      throw new Error('nothing is streamed')
    },
  }
  const recorded = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
        releaseConnection: nothing,
        destroy: nothing,
      }),
      createIntrospector: (from) => new PostgresIntrospector(from),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return { db: recorded, asked }
}

type Plan = { readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number } }

/** How many pages of 8 kB the statements read, from memory or not. */
export async function countBuffers(db: Kysely<Database>, asked: readonly CompiledQuery[]): Promise<number> {
  let buffers = 0
  for (const { sql, parameters } of asked) {
    const explained = CompiledQuery.raw(`explain (analyze, buffers, timing off, format json) ${sql}`, [
      ...parameters,
    ])
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': readonly Plan[] }>(explained)
    const [plan] = rows[0]?.['QUERY PLAN'] ?? []
    buffers += (plan?.Plan['Shared Hit Blocks'] ?? 0) + (plan?.Plan['Shared Read Blocks'] ?? 0)
  }
  return buffers
}
