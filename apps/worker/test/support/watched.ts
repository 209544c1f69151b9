import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onServer } from '@droplock/core/testing/server'
import { expect, vi } from 'vitest'
import { openToday } from '../../../console-api/test/support/open-today.ts'
import { givenWorld, type World } from './world.ts'

const patient = { timeout: 30_000, interval: 50 }
const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

/** Long enough for a heartbeat that comes late on a busy machine. */
const SILENT_MS_MAX = '2500'

/** A database, the console's server as it is run, and workers as they are run. */
export type Watched = {
  readonly world: World
  readonly startWorker: (env?: Readonly<Record<string, string>>) => ChildProcess
  /** Waits until Today shows exactly these, as `kind subject`. */
  readonly shows: (...alarms: readonly string[]) => Promise<void>
  readonly run: (text: string) => Promise<{ readonly rowCount: number | null }>
  readonly waitFor: (condition: () => Promise<void> | void) => Promise<void>
  readonly end: () => Promise<void>
}

const waitFor: Watched['waitFor'] = (condition) => vi.waitFor(condition, patient)

export async function openWatched(): Promise<Watched> {
  const world = await givenWorld()
  const page = await openToday(world.ctx, world.clone.urls.console_api, {
    DROPLOCK_WORKER_SILENT_MS_MAX: SILENT_MS_MAX,
  })
  const children: ChildProcess[] = []
  return {
    world,
    waitFor,
    startWorker: (env = {}) => {
      const common = {
        DATABASE_URL: world.clone.urls.worker,
        DROPLOCK_IDLE_MS: '100',
        DROPLOCK_HEARTBEAT_MS: '1000',
        DROPLOCK_SWEEP_ALARMS_MS: '100',
        DROPLOCK_UNDECIDED_AFTER_MS: '1000',
        DROPLOCK_DELIVERIES_MS: '100',
      }
      const child = spawn(process.execPath, [main], { env: { ...common, ...env }, stdio: 'ignore' })
      children.push(child)
      return child
    },
    shows: (...alarms) =>
      waitFor(async () => {
        const open = (await page.alarms()).map(({ kind, subject }) => `${kind} ${subject}`)
        expect(open.toSorted()).toEqual(alarms.toSorted())
      }),
    run: (text) => onServer(world.clone.url, (client) => client.query(text)),
    end: async () => {
      await Promise.all(children.map(kill))
      page.end()
      await world.clone.drop()
    },
  }
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
