import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { serverAt } from '../../src/postgres/pg-ctl.ts'
import { runningPostmaster } from '../../src/postgres/server-user.ts'
import { stopAndRelease } from '../../src/postgres/start.ts'
import { startTemporaryPostgres } from '../../src/postgres/temporary.ts'
import { identityOf } from '../../src/processes/identity.ts'

const runs: { readonly child: ChildProcess; readonly dataFolder: string }[] = []
afterEach(async () => {
  for (const { child, dataFolder } of runs.splice(0)) {
    await kill(child)
    await stopAndRelease(serverAt(dataFolder))
    rmSync(dataFolder, { recursive: true, force: true })
  }
})

async function kill(run: ChildProcess): Promise<void> {
  if (run.exitCode !== null || run.signalCode !== null) return
  run.kill('SIGKILL')
  await once(run, 'exit')
}

/** Starts a test run as a process. Returns the process id of its server too. */
async function startRun() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'temporary-fixture.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const { dataFolder }: { dataFolder: string } = JSON.parse(String(line))
  runs.push({ child, dataFolder })
  const server = runningPostmaster(dataFolder)
  if (server === undefined) throw new Error('the run has no server')
  return { child, dataFolder, server }
}

test('a run sweeps away the server of a killed run, and leaves that of a living run alone', async () => {
  const [killed, living] = await Promise.all([startRun(), startRun()])
  await kill(killed.child)
  expect(identityOf(killed.server)).toBeDefined()

  const own = await startTemporaryPostgres()
  expect(identityOf(killed.server)).toBeUndefined()
  expect(existsSync(killed.dataFolder)).toBe(false)
  expect(identityOf(living.server)).toBeDefined()

  await own.stop()
  expect(existsSync(own.dataFolder)).toBe(false)
})
