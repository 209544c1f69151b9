import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onServer } from '@droplock/core/testing/server'
import { onTestFinished } from 'vitest'
import { startPostgres } from '../../src/postgres/start.ts'

const firstPort = 54_750

/** A folder for one cluster. What is started there is stopped, and all of it removed, when the test has finished. */
export function givenHome() {
  const home = mkdtempSync(join(tmpdir(), 'droplock-postgres-'))
  chmodSync(home, 0o755)
  const stops: (() => Promise<void>)[] = []
  onTestFinished(async () => {
    for (const stop of stops) await stop()
    rmSync(home, { recursive: true, force: true })
  })
  const start = async ({ durable = false } = {}) => {
    const postgres = await startPostgres({ dataFolder: join(home, 'data'), port: firstPort, durable })
    stops.push(postgres.stop)
    return postgres
  }
  return { start }
}

/** The values of all rows that a statement gives. */
export function ask(url: string, sql: string): Promise<unknown[]> {
  return onServer(url, async (client) => (await client.query({ text: sql, rowMode: 'array' })).rows.flat())
}
