import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemplate, type Template } from '@droplock/core/testing/template'
import type { Postgres } from '../../../../../infra/src/postgres/start.ts'
import { startTemporaryPostgres } from '../../../../../infra/src/postgres/temporary.ts'
import { waitUntil } from '../../support/wait-until.ts'

/** A PostgreSQL of its own, so that a trial can take it away. Durable: what it has committed must survive its end. */
export type OwnPostgres = {
  readonly template: Template
  /** Ends it at once, without a checkpoint and in the middle of its transactions. It recovers at `startAgain`. */
  readonly crash: () => Promise<void>
  readonly startAgain: () => Promise<void>
  /** SIGSTOP to all its processes: connections stay open, and new ones are accepted by the kernel and answered by nobody. */
  readonly freeze: () => void
  readonly thaw: () => void
  readonly stop: () => Promise<void>
}

/** Above the ports that servers of other runs look for: while this one is away, none of them may take its port. */
const PORTS = { first: 56_000, count: 4_000 } as const

export async function startOwnPostgres(prefix: string): Promise<OwnPostgres> {
  const port = PORTS.first + (process.pid % PORTS.count)
  const postgres = await startTemporaryPostgres({ durable: true, port })
  const template = await makeTemplate(postgres.url, prefix)
  let frozen: readonly number[] = []
  let guard: ChildProcess | undefined
  const thaw = () => {
    guard?.kill('SIGTERM')
    guard = undefined
    // The postmaster last: what ended meanwhile is its child until then.
    for (const pid of frozen.toReversed()) signal(pid, 'SIGCONT')
    frozen = []
  }
  return {
    template,
    crash: () => crash(postgres),
    startAgain: postgres.startAgain,
    freeze: () => {
      const { pid } = postgres.identity()
      signal(pid, 'SIGSTOP')
      frozen = [pid, ...childrenOf(pid)]
      for (const child of frozen.slice(1)) signal(child, 'SIGSTOP')
      guard = thawLater(frozen)
    },
    thaw,
    stop: async () => {
      thaw()
      await postgres.stop()
    },
  }
}

/** Longer than any trial keeps a server frozen. */
const THAWED_AFTER_SECONDS = 60

/** If this process is killed before it thaws them, another one does: a stopped process cannot be swept away. */
function thawLater(pids: readonly number[]): ChildProcess {
  const command = `sleep ${THAWED_AFTER_SECONDS}; kill -CONT ${pids.toReversed().join(' ')}`
  const guard = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' })
  guard.unref()
  return guard
}

/** SIGQUIT: an immediate shutdown. Its file goes when all its processes have ended. */
async function crash({ identity, dataFolder }: Postgres): Promise<void> {
  signal(identity().pid, 'SIGQUIT')
  await waitUntil('PostgreSQL has ended', async () => !existsSync(join(dataFolder, 'postmaster.pid')), 30_000)
}

export function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []))
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Servers for the trials that take one away, one trial at a time each: started when they are needed, and kept. */
export function createServers() {
  const idle: OwnPostgres[] = []
  const all: OwnPostgres[] = []
  let starting: Promise<unknown> = Promise.resolve()
  // One after the other: a server chooses its folder and port by those that are in use.
  const start = async (): Promise<OwnPostgres> => {
    const next = starting.then(() => startOwnPostgres(`dropday_${process.pid}_${all.length}`))
    starting = next.catch(() => undefined)
    const server = await next
    all.push(server)
    return server
  }
  return {
    with: async <Result>(work: (server: OwnPostgres) => Promise<Result>): Promise<Result> => {
      const server = idle.pop() ?? (await start())
      // One that failed a trial is not used again.
      const result = await work(server)
      idle.push(server)
      return result
    },
    stop: async () => {
      await Promise.allSettled(all.map((server) => server.stop()))
    },
  }
}

export type Servers = ReturnType<typeof createServers>
