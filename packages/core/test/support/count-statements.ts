import { Client } from 'pg'

/** How many statements `work` sends on all connections, with BEGIN and COMMIT, and how long it takes. */
export async function countStatements(
  work: () => Promise<unknown>,
): Promise<{ readonly statements: number; readonly ms: number }> {
  const { query } = Client.prototype
  let statements = 0
  Client.prototype.query = function counting(this: Client, ...args: Parameters<typeof query>) {
    statements += 1
    return query.apply(this, args)
  } as typeof query
  const startedMs = performance.now()
  try {
    await work()
  } finally {
    Client.prototype.query = query
  }
  return { statements, ms: performance.now() - startedMs }
}
