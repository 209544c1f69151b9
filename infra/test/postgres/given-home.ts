import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onServer } from '@droplock/core/testing/server'
import { afterAll, onTestFinished } from 'vitest'
import { initialise } from '../../src/postgres/cluster.ts'
import { serverAt } from '../../src/postgres/pg-ctl.ts'
import { startPostgres } from '../../src/postgres/start.ts'

/**
 * For each process of tests its own hundred: the port of a server that was killed must not be taken by another test's before it is
 * started again. Below those that systems give to connections (from 32768 on Linux).
 */
const firstPort = 24_000 + 100 * Number(process.env['VITEST_POOL_ID'] ?? 0)

let template: string | undefined
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true })
  template = undefined
})

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'droplock-postgres-'))
  chmodSync(home, 0o755)
  return home
}

/** Copies a cluster that was never started. Making each anew takes seconds, and most tests are about what comes after. */
export function copyCluster(dataFolder: string): void {
  if (template === undefined) {
    template = newHome()
    initialise(serverAt(join(template, 'data')), false)
  }
  const { status } = spawnSync('cp', ['-a', join(template, 'data'), dataFolder], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the cluster could not be copied')
}

/** A folder for one cluster. What is started there is stopped, and all of it removed, when the test has finished. */
export function givenHome() {
  const home = newHome()
  copyCluster(join(home, 'data'))
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
