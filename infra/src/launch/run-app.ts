import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../paths.ts'
import { killGroup } from '../processes/identity.ts'
import { type Patience, watchAnswers } from '../processes/watch-answers.ts'
import type { RunRecord } from './launch-record.ts'
import { type Output, passLines } from './output.ts'

export type Command = {
  readonly name: string
  readonly main: string
  /** Beside the launcher's own environment. What has no value here is not passed on. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where it will listen. It is up when it listens on all of them. */
  readonly ports?: readonly number[]
  /** The one of them where `/healthz` answers while it is well. */
  readonly healthPort?: number | undefined
}
export type SuperviseOptions = {
  readonly output: Output
  readonly record: RunRecord
  /** How long a draining app is waited for. */
  readonly drainMsMax: number
  /** Aborted: what has not ended is killed. */
  readonly hurry: AbortSignal
  /** An app that fails so often in a row is given up; without it, it is started again for ever. */
  readonly failuresMax?: number
  /** How long an app that lives may leave `/healthz` unanswered. */
  readonly patience?: Patience
}

/** How a process ended, and how long after its start. */
type Ended = { readonly how: string; readonly ranMs: number }
/** The addresses of ports: an app can be configured to listen elsewhere than on 127.0.0.1. */
type Addresses = ReadonlyMap<number, string>
export type Running = {
  readonly child: ChildProcess
  /** Resolves when this very process listens on all its ports: at once when it has none. */
  readonly listening: Promise<Addresses>
  /** Resolves with one of its ports on which it could not listen. */
  readonly portTaken: Promise<number>
  readonly exited: Promise<Ended>
}

const withParent = join(import.meta.dirname, '..', 'processes', 'with-parent.ts')
/** The slowest app is up in two seconds on a small machine. */
const listenMsMax = 60_000
/** An app that does not answer may still end well within this. A stopped process does not hear SIGTERM at all. */
const stuckDrainMsMax = 3_000
const sMs = 1_000

/** Every app leads a process group: Ctrl-C in the terminal reaches the launcher alone, which then drains in order. */
export function runApp(
  command: Command,
  options: SuperviseOptions & { readonly patience: Patience },
): Running {
  const { name, main, env } = command
  const exited = Promise.withResolvers<Ended>()
  const over = new AbortController()
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', withParent, main], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { pid } = child
  if (pid !== undefined) options.record.started(name, pid)
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) passLines(stream, (line) => options.output.line(name, line))
  }
  const ports = followPorts(child, command.ports ?? [])
  let stuck = ''
  const end = (how: string) => {
    over.abort()
    if (pid !== undefined) options.record.ended(pid)
    exited.resolve({ how: `${how}${stuck}`, ranMs: performance.now() - startedAt })
  }
  child.once('error', (error) => pid === undefined && end(error.message))
  child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  const watch = async () => {
    stuck = `, because it ${await whenStuck(ports.listening, command.healthPort, options.patience, over.signal)}`
    endStuck(child, exited.promise)
  }
  void watch()
  return { child, ...ports, exited: exited.promise }
}

/** What the process reports of its ports (see with-parent.ts). An answer on a port would prove nothing: another program may listen. */
function followPorts(
  child: ChildProcess,
  ports: readonly number[],
): Pick<Running, 'listening' | 'portTaken'> {
  const { promise: listening, resolve: isUp } = Promise.withResolvers<Addresses>()
  const { promise: portTaken, resolve: taken } = Promise.withResolvers<number>()
  const addresses = new Map<number, string>()
  const look = () => void (ports.every((port) => addresses.has(port)) && isUp(addresses))
  look()
  child.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null) return
    if ('listening' in message && 'address' in message)
      addresses.set(Number(message.listening), String(message.address))
    look()
    if ('refused' in message && ports.includes(Number(message.refused))) taken(Number(message.refused))
  })
  return { listening, portTaken }
}

/** Resolves with the reason why a living process is stuck. Never when `over` is aborted first. */
async function whenStuck(
  listening: Promise<Addresses>,
  healthPort: number | undefined,
  patience: Patience,
  over: AbortSignal,
): Promise<string> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), listenMsMax).unref()
  over.addEventListener('abort', () => clearTimeout(timer), { once: true })
  const addresses = await Promise.race([listening, aborted(late.signal)])
  clearTimeout(timer)
  if (addresses === undefined) return `did not listen within ${listenMsMax / sMs} s`
  if (healthPort === undefined) return new Promise(() => undefined)
  const url = `http://${hostFor(addresses.get(healthPort))}:${healthPort}/healthz`
  const silentMs = await watchAnswers((signal) => askHealth(url, signal), patience, over)
  return `did not answer for ${Math.round(silentMs / sMs)} s`
}

/** Where an app that listens on this address is asked from here. */
function hostFor(address = '127.0.0.1'): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return address.includes(':') ? `[${address}]` : address
}

/** Rejects without an answer of 2xx. A connection that is refused for want of room shows that the app is awake. */
async function askHealth(url: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await fetch(url, { signal })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`/healthz answered ${response.status}`)
  } catch (error) {
    if (!wasCutOff(error)) throw error
  }
}

const cutOffCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'UND_ERR_SOCKET'])

function wasCutOff(error: unknown): boolean {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return false
  return 'code' in error.cause && cutOffCodes.has(error.cause.code)
}

function endStuck(child: ChildProcess, exited: Promise<unknown>): void {
  const { pid } = child
  if (pid === undefined) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => killGroup(pid), stuckDrainMsMax)
  void exited.then(() => clearTimeout(timer))
}

/** Asks it to drain, waits, and kills what is left. */
export async function drain(
  { child, exited }: Pick<Running, 'child' | 'exited'>,
  { drainMsMax, hurry }: Pick<SuperviseOptions, 'drainMsMax' | 'hurry'>,
): Promise<void> {
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
