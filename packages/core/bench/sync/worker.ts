import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const main = join(import.meta.dirname, '..', '..', '..', '..', 'apps', 'worker', 'src', 'main.ts')

/** The worker's process, which reads lists from this address. */
export function startWorker(databaseUrl: string, registryId: string, url: string) {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DROPLOCK_FEEDS: JSON.stringify([{ registryId, url, format: 'ietf-csv' }]),
    DROPLOCK_FEED_POLL_MS: '3600000',
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_LOG_LEVEL: 'warn',
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  // It does not outlive the bench.
  process.once('exit', () => child.kill('SIGKILL'))
  return { peakMegabytes: () => peakOf(child), end: () => end(child) }
}

/** The most memory that the process has had, of Linux. */
function peakOf({ pid }: ChildProcess): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(peak?.[1] ?? Number.NaN) / 1_024
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
