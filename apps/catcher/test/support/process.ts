import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'
import { ACCOUNT, AUTH_CODE_SECRET, compileCache, PASSWORD, type Testbed } from './testbed.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const GATEWAY = fileURLToPath(new URL('../../../gateway/src/main.ts', import.meta.url))
const WORKER = fileURLToPath(new URL('../../../worker/src/main.ts', import.meta.url))

type Environment = Readonly<Record<string, string>>

/** As in production: on a busy machine a shorter lease ends by itself, and its sessions with it. */
export const LEASE = {
  DROPLOCK_LEASE_MS: '10000',
  DROPLOCK_LEASE_RENEW_MS: '1000',
  DROPLOCK_LEASE_MARGIN_MS: '1000',
} as const

/** Starts the catcher as a process, as in production, with a short lease. `log`: an open file for what it logs. */
export function spawnCatcher(
  testbed: Testbed,
  environment: Environment = {},
  log: number | 'ignore' = 'ignore',
): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', log, log === 'ignore' ? 'inherit' : log],
    env: { ...environmentOf(testbed), DROPLOCK_LOG_LEVEL: 'error', ...environment },
  })
}

/** The setting with an account's credentials. */
export function credentialsOf(
  testbed: Testbed,
  password = PASSWORD,
  certificates = {},
  accountId = ACCOUNT,
  passwords: Readonly<Record<string, string>> = {},
): Environment {
  const caFile = join(testbed.folder, 'ca.pem')
  writeFileSync(caFile, testbed.registry.ca)
  return {
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [accountId]: { password, passwords, caFile, certificates } }),
  }
}

function environmentOf(testbed: Testbed): Environment {
  return {
    ...compileCache,
    ...credentialsOf(testbed),
    DATABASE_URL: testbed.clone.urls.catcher,
    DROPLOCK_AUTH_CODE_SECRET: AUTH_CODE_SECRET,
    DROPLOCK_JOURNAL_FOLDER: join(testbed.folder, 'journal'),
    DROPLOCK_LEASE_MS: '1500',
    DROPLOCK_LEASE_RENEW_MS: '250',
    DROPLOCK_LEASE_MARGIN_MS: '300',
    DROPLOCK_REFRESH_MS: '50',
    DROPLOCK_REQUESTS_MS: '50',
    DROPLOCK_FIRE_LEAD_MS: '500',
  }
}

export type Served = {
  readonly child: ChildProcess
  /** The events that it has logged. */
  readonly events: readonly Readonly<Record<string, unknown>>[]
  /** Its answer to `/readyz`; undefined when there is none. */
  readonly ready: () => Promise<Ready | undefined>
  /** The address of its health server and metrics. */
  readonly url: string
}

type Ready = {
  readonly status: number
  readonly accounts: readonly {
    readonly state: string
    readonly problems: readonly { readonly code: string }[]
  }[]
}

/** The same, with its log events and its health server. */
export async function spawnServed(testbed: Testbed, environment: Environment = {}): Promise<Served> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environmentOf(testbed), DROPLOCK_HEALTH_PORT: '0', ...environment },
  })
  const events: Record<string, unknown>[] = []
  const url = await listeningAt(child, (line) => events.push(JSON.parse(line)), 'health is served')
  const ready = async () => {
    const signal = AbortSignal.timeout(2_000)
    const answer = await fetch(`${url}/readyz`, { signal }).catch(() => undefined)
    if (answer === undefined) return undefined
    const { accounts = [] } = (await answer.json()) as Partial<Ready>
    return { status: answer.status, accounts }
  }
  return { child, events, ready, url }
}

/** The problems of the account that the catcher reports. */
export async function problemsOf({ ready }: Served): Promise<readonly string[]> {
  const answer = await ready()
  return answer?.accounts.flatMap(({ problems }) => problems.map(({ code }) => code)) ?? []
}

/** Starts the gateway as a process. Its URL. */
export async function spawnGateway(
  testbed: Testbed,
  environment: Environment = {},
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [GATEWAY], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...compileCache,
      DATABASE_URL: testbed.clone.urls.gateway,
      DROPLOCK_AUTH_CODE_SECRET: AUTH_CODE_SECRET,
      DROPLOCK_DEMO: '1',
      PORT: '0',
      ...environment,
    },
  })
  return { child, url: await listeningAt(child) }
}

/** Starts the worker as a process. It raises the alarms about catchers. */
export function spawnWorker(testbed: Testbed, environment: Environment = {}): ChildProcess {
  return spawn(process.execPath, [WORKER], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...compileCache,
      DATABASE_URL: testbed.clone.urls.worker,
      DROPLOCK_LOG_LEVEL: 'error',
      DROPLOCK_DEMO: '1',
      ...environment,
    },
  })
}

/** `kill -9`: the process ends at once, without running a signal handler. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error('the catcher had ended before it was killed')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Ends the process by SIGTERM. Returns its exit code, which is 1 when it was too slow and gave up (`catcher.stopped_late`). */
export async function endGently(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  return child.exitCode
}
