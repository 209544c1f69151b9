import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { queryActing } from './acting-query.ts'
import { cancelRunning } from './cancel-request.ts'
import { isPlanOutdated, replicationWait, Unreplicated } from './errors.ts'
import { StatementNames } from './statement-names.ts'
import { traceStatement } from './trace-statement.ts'

export type PreparedPool = Omit<PostgresPool, 'connect'> & { readonly connect: () => Promise<PreparedClient> }

/** The pool for kysely: its connections prepare their statements, and wait for answers no longer than `answerMsMax`. */
export function preparedPool(pool: Pool, answerMsMax?: number): PreparedPool {
  const names = new StatementNames()
  const clients = new WeakMap<PoolClient, PreparedClient>()
  const prepared = (client: PoolClient) => {
    const known = clients.get(client) ?? new PreparedClient(client, names, answerMsMax)
    clients.set(client, known)
    return known
  }
  return {
    options: pool.options,
    connect: async () => prepared(await pool.connect()),
    end: () => pool.end(),
  }
}

export class PreparedClient implements PostgresPoolClient {
  readonly #client: PoolClient
  readonly #names: StatementNames
  readonly #answerMsMax: number | undefined
  #gaveUp = false
  #isUnreplicated = false

  constructor(client: PoolClient, names: StatementNames, answerMsMax: number | undefined) {
    this.#client = client
    this.#names = names
    this.#answerMsMax = answerMsMax
    client.on('notice', ({ routine }) => {
      if (routine === replicationWait) this.#isUnreplicated = true
    })
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(text: string | PostgresCursor<Row>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('cursors are not supported')
    return this.queryFor<Row>(undefined, text, values)
  }

  /** Runs a statement outside of transactions for an account; undefined: for nobody. */
  async queryFor<Row>(
    accountId: string | undefined,
    text: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    try {
      return await traceStatement(text, () => this.#ask<Row>(accountId, text, values))
    } catch (error) {
      if (!isPlanOutdated(error)) throw error
      this.#names.renew()
      // A transaction is rolled back, and its caller repeats it.
      if (this.#client.getTransactionStatus() !== 'I') throw error
      return this.#ask<Row>(accountId, text, values)
    }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy === true || this.#gaveUp || this.#isUnreplicated)
  }

  /**
   * Has the server end what runs on this connection, and closes it, so that who waits for an answer need not wait for a server that gives
   * none. First the cancel: a pooler forgets a client whose connection is closed, and then knows nothing to cancel. What waits behind the
   * cancelled statement ends because the server checks its connection (`roleSettings`). A late cancel must not end what others ask, so the
   * connection is not used again: it must be released.
   */
  async giveUp(): Promise<void> {
    if (this.#gaveUp) return
    this.#gaveUp = true
    await cancelRunning(this.#client)
    this.#client.connection.stream.destroy()
  }

  async #ask<Row>(
    accountId: string | undefined,
    text: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    // Without values it is sent in one message, and may be several statements.
    const name = values.length === 0 ? undefined : this.#names.nameOf(text)
    const { stream } = this.#client.connection
    // Everything that is sent in this turn of the event loop leaves in one packet.
    stream.cork()
    process.nextTick(() => stream.uncork())
    const config = { text, values: [...values], ...(name !== undefined && { name }) }
    const asked =
      accountId === undefined ? this.#client.query(config) : queryActing(this.#client, config, accountId)
    // The driver's own `query_timeout` fails the query alone and hands the dead connection out again.
    const timer = this.#answerMsMax && setTimeout(() => void this.giveUp(), this.#answerMsMax)
    try {
      const result = await asked
      if (this.#isUnreplicated) throw new Unreplicated()
      return result as unknown as PostgresQueryResult<Row>
    } finally {
      clearTimeout(timer)
    }
  }
}
