import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** Starting a process takes a fraction of a second, 300 orders a few. */
const raceMsMax = 45_000

/**
 * Lets the resellers, each a separate process, order at the same moment. Returns the answers of each, in the order of
 * `orders`. Rejects when one fails or the race does not end in time; no process is left behind.
 */
export async function race(
  orders: readonly RaceOrder[],
  stop: AbortSignal,
): Promise<readonly (readonly Attempt[])[]> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(raceMsMax)])
  const racers = orders.map(() =>
    fork(join(import.meta.dirname, 'racer.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      detached: true,
    }),
  )
  try {
    await Promise.all(racers.map((racer, index) => prepare(racer, orders[index], signal)))
    return await Promise.all(racers.map((racer) => run(racer, signal)))
  } finally {
    for (const racer of racers) racer.kill('SIGKILL')
  }
}

async function prepare(
  racer: ChildProcess,
  order: RaceOrder | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (order === undefined) throw new Error('a racer without an order')
  const ready = answer(racer, signal)
  say(racer, { kind: 'order', order })
  await ready
}

async function run(racer: ChildProcess, signal: AbortSignal): Promise<readonly Attempt[]> {
  const done = answer(racer, signal)
  say(racer, { kind: 'go' })
  const message = await done
  if (message.kind !== 'done') throw new Error(`a reseller said ${message.kind} when it should race`)
  return message.attempts
}

function say(racer: ChildProcess, message: ToRacer): void {
  racer.send(message)
}

/** The racer's next message. Rejects when the racer ends without one, or `signal` aborts. */
async function answer(racer: ChildProcess, signal: AbortSignal): Promise<FromRacer> {
  const { promise, resolve, reject } = Promise.withResolvers<FromRacer>()
  const onExit = (code: number | null) => reject(new Error(`a reseller's process ended with ${code}`))
  const onAbort = () => reject(signal.reason)
  racer.once('message', (message: FromRacer) => resolve(message))
  racer.once('exit', onExit)
  racer.once('error', reject)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    return await promise
  } finally {
    racer.off('exit', onExit)
    racer.off('error', reject)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Messages between the demo and the resellers' processes. */

export type RaceOrder = {
  readonly gateway: string
  readonly apiKey: string
  /** In the order in which they are tried. */
  readonly names: readonly string[]
  /** Requests under way at once. */
  readonly atOnce: number
}

/** The gateway's last answer to one attempt. */
export type Attempt = {
  readonly name: string
  readonly status: number
  /** The problem's code, unless it was taken. */
  readonly code?: string
  /** The backorder's id, when it was taken. */
  readonly id?: string
}

export type ToRacer = { readonly kind: 'order'; readonly order: RaceOrder } | { readonly kind: 'go' }
export type FromRacer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly attempts: readonly Attempt[] }

/** Names that the resellers order at the same time: they meet within a block, so that none of them wins all. */
const blockLength = 30

/**
 * The order in which one of `resellers` tries the names: block after block, each begun at another place by each reseller.
 * In one order for all, the reseller that starts first stays first: the others wait for its locks and then follow. Pure.
 */
export function raceOrder(names: readonly string[], index: number, resellers: number): readonly string[] {
  const order: string[] = []
  for (let from = 0; from < names.length; from += blockLength) {
    const block = names.slice(from, from + blockLength)
    const start = Math.floor((index * block.length) / resellers)
    order.push(...block.slice(start), ...block.slice(0, start))
  }
  return order
}
