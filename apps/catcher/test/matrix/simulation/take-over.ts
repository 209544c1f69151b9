import programs from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import filesAsync from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import timersAsync from 'node:timers/promises'
import tls from 'node:tls'
import { promisify } from 'node:util'
import type { Runtime } from './runtime.ts'
import type { VirtualDisk } from './virtual-disk.ts'

/** Turns of the event loop take this long in the virtual time, so that code that waits in turns ends. Milliseconds. */
const TURN_MS = 0.05

type Parts = {
  readonly runtime: Runtime
  readonly random: () => number
  readonly disk: VirtualDisk
  /** Connects instead of TLS. */
  readonly connect: (options: { readonly host: string; readonly port: number }) => unknown
}

type Replaceable = Record<string, unknown>

/**
 * Replaces what Node.js gives the product of the world outside (clocks, timers, random numbers, TLS, files below /simulated) by
 * the simulation's, so that the product's code runs unchanged. The returned function puts everything back. ADR 54.
 */
export function takeOver(parts: Parts): () => void {
  const undo: (() => void)[] = []
  const replace = (owner: object, name: string, value: unknown) => {
    const had = Object.getOwnPropertyDescriptor(owner, name)
    Object.defineProperty(owner, name, {
      value,
      configurable: true,
      writable: true,
      enumerable: had?.enumerable ?? false,
    })
    undo.push(() => {
      if (had) Object.defineProperty(owner, name, had)
      else delete (owner as Replaceable)[name]
    })
  }
  for (const [owner, replacements] of replacementsOf(parts))
    for (const [name, value] of Object.entries(replacements)) replace(owner, name, value)
  syncBuiltinESMExports()
  return () => {
    for (const put of undo.toReversed()) put()
    syncBuiltinESMExports()
  }
}

/** Loads modules that would start programs: those that they find fail at once. */
export async function withoutPrograms<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const { execFile } = programs
  const none = Object.assign((): never => unavailable(), { [promisify.custom]: async () => unavailable() })
  Object.assign(programs, { execFile: none })
  syncBuiltinESMExports()
  const loaded = await load()
  Object.assign(programs, { execFile })
  syncBuiltinESMExports()
  return loaded
}

function unavailable(): never {
  throw new Error('a simulation starts no programs')
}

function replacementsOf(parts: Parts): readonly (readonly [object, Replaceable])[] {
  const { runtime, random, disk } = parts
  return [
    [globalThis, { ...timersOf(runtime), Date: dateOf(runtime) }],
    [performance, { now: () => runtime.time.nowMs() }],
    [AbortSignal, { timeout: timeoutOf(runtime) }],
    [timersAsync, { setTimeout: delayOf(runtime) }],
    [Math, { random }],
    [crypto, randomnessOf(random)],
    [tls, { connect: parts.connect }],
    [fs, disk.synchronous(fs)],
    [filesAsync, disk.asynchronous(filesAsync)],
  ]
}

type Timer = { readonly cancel: () => void }

const clearReal = clearTimeout

/** Also one that was set before the simulation began. */
function cancelTimer(handle: Timer | NodeJS.Timeout | undefined): void {
  if (handle !== undefined && 'cancel' in handle) handle.cancel()
  else clearReal(handle)
}

function timersOf(runtime: Runtime): Replaceable {
  const timer = (ms: number, run: () => void) => {
    const cancel = runtime.after(ms, run)
    const handle = { cancel, ref: () => handle, unref: () => handle, hasRef: () => true }
    return handle
  }
  return {
    setTimeout: (run: (...given: unknown[]) => void, ms = 1, ...given: unknown[]) =>
      timer(Math.max(1, Math.trunc(ms)), () => run(...given)),
    clearTimeout: cancelTimer,
    setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      timer(TURN_MS, () => run(...given)),
    clearImmediate: cancelTimer,
  }
}

/** The wall clock of the machine that the process runs on. */
function dateOf(runtime: Runtime): unknown {
  const RealDate = Date
  const now = () => Math.trunc(runtime.time.epochMs() + (runtime.current?.steppedMs ?? 0))
  return new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(
        target,
        given.length === 0 ? [now()] : given,
        newTarget === undefined ? target : target,
      ) as object,
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}

function timeoutOf(runtime: Runtime) {
  return (ms: number): AbortSignal => {
    const over = new AbortController()
    runtime.after(ms, () => over.abort(new DOMException('the time is over', 'TimeoutError')))
    return over.signal
  }
}

function delayOf(runtime: Runtime) {
  return (ms = 1, value?: unknown, { signal }: { readonly signal?: AbortSignal } = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const abort = () => {
        cancel()
        reject(new DOMException('aborted', 'AbortError'))
      }
      const cancel = runtime.after(Math.max(1, Math.trunc(ms)), () => {
        signal?.removeEventListener('abort', abort)
        resolve(value)
      })
      if (signal?.aborted === true) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    })
}

/** Ids without secrets: the same for the same seed. */
function randomnessOf(random: () => number): Replaceable {
  const fill = <Octets extends Uint8Array>(octets: Octets): Octets => {
    for (let index = 0; index < octets.length; index += 1) octets[index] = Math.floor(random() * 256)
    return octets
  }
  const hex = (octets: number) => Buffer.from(fill(new Uint8Array(octets))).toString('hex')
  return {
    randomUUID: () => `${hex(4)}-${hex(2)}-4${hex(2).slice(1)}-8${hex(2).slice(1)}-${hex(6)}`,
    randomBytes: (octets: number) => Buffer.from(fill(new Uint8Array(octets))),
    randomFillSync: fill,
  }
}
