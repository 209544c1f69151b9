import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** How far a busy port moves up before we give in. */
const portsTriedMax = 100

/**
 * The first port on 127.0.0.1, from `first` upwards, that is free together with the `count - 1` after it. Those `taken`
 * are promised to others. Throws when none is found among a hundred.
 */
export async function freePort(
  first: number,
  count = 1,
  taken: ReadonlySet<number> = new Set(),
): Promise<number> {
  const lastPort = Math.min(first + portsTriedMax - 1, 65_536 - count)
  for (let port = first; port <= lastPort; port += 1) {
    const block = Array.from({ length: count }, (_, index) => port + index)
    if (block.some((one) => taken.has(one))) continue
    const free = await Promise.all(block.map(isFree))
    if (free.every(Boolean)) return port
  }
  throw new Error(`no free port from ${first} to ${lastPort}`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** How often a starting server is tried. */
const tryMs = 25

/** Waits until something listens on the port. Rejects with the signal's reason when that comes first. */
export async function portAnswers(port: number, signal: AbortSignal): Promise<void> {
  while (!(await answers(port))) await wait(tryMs, undefined, { signal })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
