import type { PostgresQueryResult } from 'kysely'
import type { PreparedClient, PreparedPool } from './prepared-pool.ts'

/** Statements under way on one connection; more take another. They are answered in order, so each waits for those before it. */
const STATEMENTS_PER_CONNECTION_MAX = 32

type Shared = { readonly client: Promise<PreparedClient>; statements: number }

/**
 * Sends statements that come at the same time over the same connection, one behind the other: they leave in one packet and are
 * answered in one, which costs less than the look-ups themselves. For short reads outside of transactions alone: a slow one delays
 * those behind it. A connection goes back to the pool as soon as nothing is under way on it.
 */
export class SharedConnections {
  readonly #pool: PreparedPool
  readonly #open = new Set<Shared>()

  constructor(pool: PreparedPool) {
    this.#pool = pool
  }

  /** For an account, or for nobody: those that share a connection act each for its own. */
  async query<Row>(
    accountId: string | undefined,
    text: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    const shared = this.#take()
    try {
      const client = await shared.client
      return await client.queryFor<Row>(accountId, text, values)
    } catch (error) {
      // It may be lost: what comes now takes another.
      this.#open.delete(shared)
      throw error
    } finally {
      await this.#giveBack(shared)
    }
  }

  #take(): Shared {
    for (const shared of this.#open) {
      if (shared.statements >= STATEMENTS_PER_CONNECTION_MAX) continue
      shared.statements += 1
      return shared
    }
    const opened: Shared = { client: this.#pool.connect(), statements: 1 }
    this.#open.add(opened)
    return opened
  }

  async #giveBack(shared: Shared): Promise<void> {
    shared.statements -= 1
    if (shared.statements > 0) return
    this.#open.delete(shared)
    const client = await shared.client.catch(() => undefined)
    client?.release()
  }
}
