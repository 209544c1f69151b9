import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { runningPostmaster } from '../../src/postgres/server-user.ts'
import { startTemporaryPostgres } from '../../src/postgres/temporary.ts'
import { identityOf } from '../../src/processes/identity.ts'

const runs: ChildProcess[] = []
afterEach(async () => {
  for (const run of runs.splice(0)) await kill(run)
  // Whatever a failed test left is swept by this.
  await (await startTemporaryPostgres()).stop()
})

async function kill(run: ChildProcess): Promise<void> {
  if (run.exitCode !== null || run.signalCode !== null) return
  run.kill('SIGKILL')
  await once(run, 'exit')
}

/** A run of its own, with the process id of its server. */
async function startRun() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'temporary-fixture.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  runs.push(child)
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const { dataFolder }: { dataFolder: string } = JSON.parse(String(line))
  const server = runningPostmaster(dataFolder)
  if (server === undefined) throw new Error('the run has no server')
  return { child, dataFolder, server }
}

test('a run sweeps away the server of a killed run, and leaves that of a living run alone', async () => {
  const killed = await startRun()
  const living = await startRun()
  await kill(killed.child)
  expect(identityOf(killed.server)).toBeDefined()

  const own = await startTemporaryPostgres()
  expect(identityOf(killed.server)).toBeUndefined()
  expect(existsSync(killed.dataFolder)).toBe(false)
  expect(identityOf(living.server)).toBeDefined()

  await own.stop()
  expect(existsSync(own.dataFolder)).toBe(false)
})
