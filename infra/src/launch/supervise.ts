import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { killGroup } from '../processes/end.ts'
import { type Output, passLines } from './output.ts'
import { afterExit } from './restart.ts'
import type { RunRecord } from './run-record.ts'

export type Command = {
  readonly name: string
  readonly main: string
  readonly env: Readonly<Record<string, string>>
}
export type Surroundings = {
  readonly output: Output
  readonly record: RunRecord
  /** How long a draining app is waited for. */
  readonly drainMsMax: number
  /** Aborted: nobody waits any longer. */
  readonly hurry: AbortSignal
}
export type Supervised = {
  /** Rejects when the app has failed too often. Never resolves. */
  readonly givenUp: Promise<never>
  /** Asks it to drain, waits, and kills what is left. */
  readonly stop: () => Promise<void>
}

const withParent = join(import.meta.dirname, '..', 'processes', 'with-parent.ts')

/** Keeps an app running: started again after it ends by itself, with longer and longer pauses, until it is given up. */
export function supervise(command: Command, around: Surroundings): Supervised {
  const { promise: givenUp, reject: giveUp } = Promise.withResolvers<never>()
  // Whoever waits for it hears of it; if nobody does, it must not end the launcher as an unhandled rejection.
  givenUp.catch(() => undefined)
  let current = run(command, around, ended)
  let failures = 0
  let pause: NodeJS.Timeout | undefined
  let stopping = false

  function ended(ranMs: number, how: string): void {
    if (stopping) return
    const next = afterExit(failures, ranMs)
    failures = next.failures
    if (next.kind === 'give_up')
      return giveUp(new Error(`${command.name} failed ${failures} times in a row, last with ${how}`))
    around.output.say(`${command.name} ended with ${how}; starting it again in ${next.waitMs} ms`)
    pause = setTimeout(() => (current = run(command, around, ended)), next.waitMs)
  }

  const stop = async () => {
    stopping = true
    clearTimeout(pause)
    await drain(current, around)
  }
  return { givenUp, stop }
}

type Running = { readonly child: ChildProcess; readonly exited: Promise<void> }

/** Every app leads a process group: Ctrl-C in the terminal reaches the launcher alone, which then drains in order. */
function run(
  { name, main, env }: Command,
  around: Surroundings,
  ended: (ranMs: number, how: string) => void,
): Running {
  const { promise: exited, resolve } = Promise.withResolvers<void>()
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', withParent, main], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { pid } = child
  if (pid !== undefined) around.record.started(name, pid)
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) passLines(stream, (line) => around.output.line(name, line))
  }
  const over = (how: string) => {
    if (pid !== undefined) around.record.ended(pid)
    resolve()
    ended(performance.now() - startedAt, how)
  }
  child.once('error', (error) => pid === undefined && over(error.message))
  child.once('exit', (code, signal) => over(signal ?? `exit code ${code}`))
  return { child, exited }
}

async function drain({ child, exited }: Running, { drainMsMax, hurry }: Surroundings): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const patience = AbortSignal.any([hurry, AbortSignal.timeout(drainMsMax)])
  await Promise.race([exited, aborted(patience)])
  killGroup(child.pid)
  await exited
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
