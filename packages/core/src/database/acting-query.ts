import { type Connection, type PoolClient, Query, type QueryConfig, type QueryResult } from 'pg'

/** The setting that says whose rows a statement may touch (ADR 55). Empty, or not set at all: nobody acts. */
const SETTING = 'droplock.account'

const name = 'acting'
/** It returns no row, which would have to be read and thrown away. */
const text = `select where set_config('${SETTING}', $1, true) is null`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Has the transaction that it is a part of act for an account. Throws for anything but the id of an account: it becomes a part of SQL. */
export function actLocally(accountId: string): string {
  if (!uuid.test(accountId)) throw new Error('not the id of an account')
  return `${SETTING} = '${accountId}'`
}

/** What the driver's query does, and its types leave out. */
type DriversQuery = {
  callback?: (error: Error | undefined, result: QueryResult) => void
  prepare(connection: DriversConnection): void
  handleCommandComplete(message: unknown, connection: DriversConnection): void
}
type DriversConnection = Connection & {
  readonly parsedStatements: Readonly<Record<string, string>>
  readonly submittedNamedStatements: Readonly<Record<string, string>>
  bind(message: { readonly statement: string; readonly values: readonly string[] }): void
  execute(message: { readonly rows: number }): void
}

const BaseQuery = Query as unknown as new (config: QueryConfig & { queryMode: 'extended' }) => DriversQuery

/**
 * A statement that acts for an account. Before its own messages it sends those of a prepared statement that sets the account, and one
 * Sync ends both: to the server, and to a pooler, they are one transaction, and at its end the account is forgotten. It costs no
 * round trip and no answer of its own.
 */
class ActingQuery extends BaseQuery {
  readonly #accountId: string
  #isSet = false

  constructor(config: QueryConfig, accountId: string) {
    super({ ...config, queryMode: 'extended' })
    this.#accountId = accountId
  }

  override prepare(connection: DriversConnection): void {
    connection.bind({ statement: name, values: [this.#accountId] })
    connection.execute({ rows: 0 })
    super.prepare(connection)
  }

  /** The first completion is that of the setting. */
  override handleCommandComplete(message: unknown, connection: DriversConnection): void {
    if (this.#isSet) super.handleCommandComplete(message, connection)
    this.#isSet = true
  }
}

/** Runs one statement for an account. Not within a transaction, which says once for whom it acts. */
export function queryActing(
  client: PoolClient,
  config: QueryConfig,
  accountId: string,
): Promise<QueryResult> {
  const { parsedStatements, submittedNamedStatements } = client.connection as DriversConnection
  // A failure of this one fails the statement behind it, which needs it.
  if (parsedStatements[name] === undefined && submittedNamedStatements[name] === undefined)
    client.query({ name, text, values: [''] }).catch(() => undefined)
  return new Promise((resolve, reject) => {
    const query = new ActingQuery(config, accountId)
    query.callback = (error, result) => (error ? reject(error) : resolve(result))
    client.query(query as unknown as Query)
  })
}
