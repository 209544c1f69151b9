import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Simulator } from '../../../registry-sim/src/start-simulator.ts'
import { accountOf } from './arrange.ts'
import { runs } from './scenarios.ts'

const mainOf = (app: string) => join(import.meta.dirname, '../../..', app, 'src/main.ts')

/** Starts the processes of catcher and worker. What they do every second or half second they do sixty times, or ten times, as often. */
export function startProcesses(url: string, simulator: Simulator, folder: string) {
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, simulator.registries[0]?.ca ?? '')
  const credentials = runs.map((run) => [accountOf(run), { password: 'sim-secret-1', caFile }])
  const children = [
    start('catcher', {
      DATABASE_URL: url,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
      DROPLOCK_REFRESH_MS: '50',
      DROPLOCK_PREPARE_LEAD_MS: '5000',
      DROPLOCK_FIRE_LEAD_MS: '500',
    }),
    start('worker', {
      DATABASE_URL: url,
      DROPLOCK_DEMO: '1',
      DROPLOCK_CARDS: '0',
      DROPLOCK_DRIFT_MS: '100',
      DROPLOCK_SWEEP_ALARMS_MS: '200',
      DROPLOCK_IDLE_MS: '500',
    }),
  ]
  return { end: () => Promise.all(children.map(endGently)) }
}

function start(app: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [mainOf(app)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DROPLOCK_LOG_LEVEL: 'error', ...environment },
  })
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
