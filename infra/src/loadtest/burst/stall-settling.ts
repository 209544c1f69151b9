import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

/**
 * A deliberate fault in the path that settles results, without a line of it in the product: from `fromAt` on, for
 * `stallMs`, a lock lets nobody write postings. Readers do not notice, and neither does the fight for the names. Resolves
 * when the lock is given back, or `stop` aborts.
 */
export async function stallSettling(
  databaseUrl: string,
  fromAt: Date,
  stallMs: number,
  stop: AbortSignal,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'droplock-loadtest-stall' })
  await client.connect()
  try {
    await wait(Math.max(0, fromAt.getTime() - Date.now()), undefined, { signal: stop })
    await client.query('begin')
    await client.query('lock table posting in share mode')
    await wait(stallMs, undefined, { signal: stop })
    await client.query('commit')
  } catch (error) {
    if (!stop.aborted) throw error
  } finally {
    await client.end()
  }
}
