import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentialsOf, endGently, killHard, spawnCatcher } from '../../support/process.ts'
import { ACCOUNT, type Testbed } from '../../support/testbed.ts'

/** As in production, by the settings' defaults. */
export const LEASE_MS = 10_000
const environment = {
  DROPLOCK_LEASE_MS: String(LEASE_MS),
  DROPLOCK_LEASE_RENEW_MS: '1000',
  DROPLOCK_LEASE_MARGIN_MS: '1000',
  DROPLOCK_REFRESH_MS: '500',
  DROPLOCK_REQUESTS_MS: '1000',
  DROPLOCK_FIRE_LEAD_MS: '10000',
  DROPLOCK_LOG_LEVEL: 'info',
} as const

/** The catchers of a trial, each a process with its log in a file. */
export type Catchers = {
  /** Starts one for these accounts. `host`: whose disk has its journal. */
  readonly start: (host: string, accountIds?: readonly string[]) => ChildProcess
  readonly kill: (child: ChildProcess) => Promise<void>
  /** Ends those that run, gently. Returns the exit codes that are not 0. */
  readonly end: () => Promise<readonly string[]>
  /** Ends what still runs, at once. */
  readonly abandon: () => void
  /** The logs of all, for a trial that went wrong. */
  readonly logs: () => string
  readonly journalFolder: (host: string) => string
}

export function createCatchers(testbed: Testbed): Catchers {
  const running = new Map<ChildProcess, string>()
  const logs: string[] = []
  const journalFolder = (host: string) => join(diskOf(testbed, host), 'journal')
  const exited = new Set<ChildProcess>()
  return {
    journalFolder,
    start: (host, accountIds = [ACCOUNT]) => {
      const label = `catcher-${logs.length + 1}`
      const path = join(testbed.folder, `${label}.log`)
      const log = openSync(path, 'a')
      const settings = {
        ...environment,
        ...credentials(testbed, accountIds),
        DROPLOCK_JOURNAL_FOLDER: journalFolder(host),
      }
      const child = spawnCatcher(testbed, settings, log)
      closeSync(log)
      logs.push(path)
      running.set(child, label)
      child.once('exit', () => exited.add(child))
      return child
    },
    kill: async (child) => {
      running.delete(child)
      await killHard(child)
    },
    end: async () => {
      const ended = [...running].map(async ([child, label]) => {
        if (exited.has(child)) return `${label} had ended with ${child.exitCode ?? child.signalCode}`
        const code = await endGently(child)
        return code === 0 ? undefined : `${label} ended with ${code}`
      })
      const codes = await Promise.all(ended)
      running.clear()
      return codes.filter((code) => code !== undefined)
    },
    abandon: () => {
      for (const child of running.keys()) child.kill('SIGKILL')
      running.clear()
    },
    logs: () => logs.map((path) => `== ${path}\n${readFileSync(path, 'utf8')}`).join('\n'),
  }
}

/** The credentials of one process for several accounts, which are the same here. */
function credentials(testbed: Testbed, accountIds: readonly string[]): Record<string, string> {
  const each = accountIds.map((accountId) =>
    Object.values(credentialsOf(testbed, undefined, {}, accountId)).map((text) => JSON.parse(text) as object),
  )
  return { DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.assign({}, ...each.flat())) }
}

/** The folder of a host's disk, which a trial may replace by a small one. */
export function diskOf({ folder }: Testbed, host: string): string {
  return join(folder, `disk-${host}`)
}
