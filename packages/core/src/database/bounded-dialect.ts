import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import { actLocally } from './acting-query.ts'

/** How long a request waits for a lock before it is refused as `try_again`. Milliseconds. */
export const lockMsDefault = 2_000

type Limits = {
  /** How long a transaction waits for a lock. Left out: `lockMsDefault`. Milliseconds. */
  readonly lockMsMax?: number
  /** How long a transaction may be idle. Milliseconds. */
  readonly silenceMsMax?: number
  /** How long a statement of a transaction may take. Milliseconds. */
  readonly statementMsMax?: number
  /** For whom transactions act; left out: for nobody. */
  readonly accountId?: string
}

/** PostgreSQL, with a lock limit for every transaction, and the further limits that are given. */
export class BoundedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  readonly #limits: string

  constructor(config: PostgresDialectConfig, limits: Limits = {}) {
    super(config)
    const { lockMsMax = lockMsDefault, silenceMsMax, statementMsMax, accountId } = limits
    this.#config = config
    const silence =
      silenceMsMax === undefined ? [] : [`idle_in_transaction_session_timeout = ${silenceMsMax}`]
    const statement = statementMsMax === undefined ? [] : [`statement_timeout = ${statementMsMax}`]
    const acting = accountId === undefined ? [] : [actLocally(accountId)]
    this.#limits = [`lock_timeout = ${lockMsMax}`, ...silence, ...statement, ...acting]
      .map((limit) => `set local ${limit}`)
      .join('; ')
  }

  override createDriver(): Driver {
    return new BoundedDriver(this.#config, this.#limits)
  }
}

/**
 * The limits go with BEGIN in one message, which is not awaited: it leaves with the first statement. They are local to the
 * transaction: a plain SET would leak to other clients of a transaction pooler.
 */
class BoundedDriver extends PostgresDriver {
  readonly #limits: string

  constructor(config: PostgresDialectConfig, limits: string) {
    super(config)
    this.#limits = limits
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    if (settings.isolationLevel === undefined && settings.accessMode === undefined) {
      connection.executeQuery(CompiledQuery.raw(`begin; ${this.#limits}`)).catch(() => undefined)
    } else {
      await super.beginTransaction(connection, settings)
      await connection.executeQuery(CompiledQuery.raw(this.#limits))
    }
  }
}
