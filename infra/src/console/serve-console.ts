import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { killGroup } from '../processes/identity.ts'
import { freePort, portAnswers } from '../processes/port.ts'
import { buildConsole } from './build-console.ts'

/** Away from where `npm start` serves it. */
const firstPort = 18_081
const readyMsMax = 30_000
/** Longer than the server's own drain. */
const drainMsMax = 15_000

type ServedConsole = { readonly url: string; readonly stop: () => Promise<void> }

/** The built console and its API as a process of their own, as operators have them. Throws when it does not come up. */
export async function serveConsole(
  databaseUrl: string,
  log: 'shown' | 'quiet' = 'quiet',
): Promise<ServedConsole> {
  await buildConsole()
  const port = await freePort(firstPort)
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps', 'console-api', 'src', 'main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      DROPLOCK_PUBLICATION: 'at_once',
      DROPLOCK_LOG_LEVEL: log === 'shown' ? 'info' : 'error',
    },
    detached: true,
    stdio: ['ignore', log === 'shown' ? 'inherit' : 'ignore', 'inherit'],
  })
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`console-api ended with exit code ${code} before it listened`)
  })
  try {
    await Promise.race([portAnswers(port, AbortSignal.timeout(readyMsMax)), died])
  } catch (error) {
    await end(child)
    throw error
  }
  died.catch(() => undefined)
  return { url: `http://127.0.0.1:${port}`, stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([gone, once(AbortSignal.timeout(drainMsMax), 'abort')])
  killGroup(child.pid)
  await gone
}
