import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const APPS = join(import.meta.dirname, '../../..')
/** A process that has not said that it is ready by then has failed. */
const READY_MS_MAX = 30_000
/** A process that has not ended by then is killed. */
const END_MS_MAX = 10_000

export type Environment = Readonly<Record<string, string>>

/** The processes of a round, so that all of them end with it. */
export type Processes = {
  /** Starts the file of an app (`registry-sim/src/main.ts`); what it prints is dropped. */
  start(file: string, environment: Environment, args?: readonly string[]): ChildProcess
  /** Starts it, and resolves with this member of the first line of JSON that has one. Rejects when it ends before. */
  startUntil(
    file: string,
    member: string,
    environment: Environment,
    args?: readonly string[],
  ): Promise<string>
  end(): Promise<void>
}

export function makeProcesses(): Processes {
  const children: ChildProcess[] = []

  function start(file: string, environment: Environment, args: readonly string[] = []): ChildProcess {
    const child = spawn(process.execPath, [join(APPS, file), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DROPLOCK_LOG_LEVEL: 'error', ...environment },
    })
    children.push(child)
    child.stdout?.resume()
    return child
  }

  return {
    start,
    startUntil: (file, member, environment, args) => firstLine(start(file, environment, args), member),
    async end() {
      await Promise.all(children.map(endGently))
    },
  }
}

async function firstLine(child: ChildProcess, member: string): Promise<string> {
  if (child.stdout === null) throw new Error('no output')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const late = setTimeout(() => reject(new Error('a process was not ready in time')), READY_MS_MAX)
  child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line: Readonly<Record<string, unknown>> = text.startsWith('{') ? JSON.parse(text) : {}
    if (line[member] !== undefined) resolve(String(line[member]))
  })
  try {
    return await promise
  } finally {
    clearTimeout(late)
  }
}

async function endGently(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), END_MS_MAX)
  await exited
  clearTimeout(patience)
}
