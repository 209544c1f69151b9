import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'

/** How long a user waits behind somebody else's lock before "try again". */
export const lockMsDefault = 2_000

/** PostgreSQL, with `lockMsDefault` as the lock limit of every transaction. */
export class BoundedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new BoundedDriver(this.#config)
  }
}

/**
 * The limit goes with BEGIN in one message: a claim has few round trips, and this is one less. It is local to the
 * transaction: a plain SET would leak to strangers through a transaction pooler.
 */
class BoundedDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const limit = `set local lock_timeout = ${lockMsDefault}`
    if (settings.isolationLevel === undefined && settings.accessMode === undefined) {
      await connection.executeQuery(CompiledQuery.raw(`begin; ${limit}`))
    } else {
      await super.beginTransaction(connection, settings)
      await connection.executeQuery(CompiledQuery.raw(limit))
    }
  }
}
