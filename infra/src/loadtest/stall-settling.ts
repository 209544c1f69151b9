import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

/**
 * A deliberate fault where results are settled, without a line of it in the product: from `fromAt` on, for `stallMs`, a lock keeps
 * everybody from writing postings. Reading goes on, and so does catching. Resolves when the lock is released, or `stop` aborts.
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
