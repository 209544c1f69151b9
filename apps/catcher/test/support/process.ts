import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ACCOUNT, type Arena, PASSWORD } from './arena.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A catcher in a process of its own, as it runs in production, with a short lease. */
export function spawnCatcher(arena: Arena): ChildProcess {
  const caFile = join(arena.folder, 'ca.pem')
  writeFileSync(caFile, arena.registry.ca)
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      DATABASE_URL: arena.clone.url,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [ACCOUNT]: { password: PASSWORD, caFile } }),
      DROPLOCK_JOURNAL_FOLDER: join(arena.folder, 'journal'),
      DROPLOCK_LOG_LEVEL: 'error',
      DROPLOCK_LEASE_MS: '1500',
      DROPLOCK_LEASE_RENEW_MS: '250',
      DROPLOCK_LEASE_MARGIN_MS: '300',
      DROPLOCK_REFRESH_MS: '50',
      DROPLOCK_REQUESTS_MS: '50',
      DROPLOCK_FIRE_LEAD_MS: '500',
    },
  })
}

/** `kill -9`: nothing of the process runs any more, not even a signal handler. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error('the catcher had ended before it was killed')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** SIGTERM, and the exit code. */
export async function endGently(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  return child.exitCode
}
