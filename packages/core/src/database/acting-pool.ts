import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { PreparedClient, PreparedPool } from './prepared-pool.ts'

/** What begins and what ends a transaction. */
const beginning = /^(begin|start transaction)\b/
const end = /^(commit|rollback)$/

/** The connections of a pool, each acting for an account while it is taken. Its transactions say so themselves, when they begin. */
export function actingPool({ connect, options }: PreparedPool, accountId: string): PostgresPool {
  return {
    options,
    connect: async () => new ActingClient(await connect(), accountId),
    // The pool is everybody's.
    end: async () => undefined,
  }
}

class ActingClient implements PostgresPoolClient {
  readonly #client: PreparedClient
  readonly #accountId: string
  #isInTransaction = false

  constructor(client: PreparedClient, accountId: string) {
    this.#client = client
    this.#accountId = accountId
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(text: string | PostgresCursor<Row>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('cursors are not supported')
    if (beginning.test(text)) this.#isInTransaction = true
    const isPart = this.#isInTransaction
    if (end.test(text)) this.#isInTransaction = false
    return this.#client.queryFor<Row>(isPart ? undefined : this.#accountId, text, values)
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy)
  }
}
