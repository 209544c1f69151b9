import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { DatabaseError } from 'pg'
import type { Database } from '../database/tables.gen.ts'

const nothing = async () => undefined

/** A database without a server, whose every statement has the rows that `answer` gives, or fails as it does. */
export function fakeDatabase(answer: () => Promise<readonly object[]>): Kysely<Database> {
  const connection: DatabaseConnection = {
    // The rows are of whatever type the statement says.
    executeQuery: async <Row>() => ({ rows: [...(await answer())] as Row[] }),
    streamQuery: () => {
      throw new Error('a fake database streams nothing')
    },
  }
  const driver: Driver = {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  }
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** The error with which the server ends a statement whose time is over. */
export function timedOut(): Error {
  const error = new DatabaseError('canceling statement due to statement timeout', 0, 'error')
  error.code = '57014'
  return error
}
