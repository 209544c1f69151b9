import { connect, createServer, type Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** How far a busy port moves up. */
const portsTriedMax = 100

/** `count` ports in a row from `port` on, kept from other programs until they are released. */
export type HeldPorts = { readonly port: number; readonly release: () => Promise<void> }

/** Takes the first `count` ports in a row on 127.0.0.1, from `first` upwards, by listening on them. None of `avoided`. Throws when none are found among a hundred. */
export async function holdPorts(
  first: number,
  count = 1,
  avoided: ReadonlySet<number> = new Set(),
): Promise<HeldPorts> {
  const lastPort = Math.min(first + portsTriedMax - 1, 65_536 - count)
  for (let port = first; port <= lastPort; port += 1) {
    const block = Array.from({ length: count }, (_, index) => port + index)
    if (block.some((one) => avoided.has(one))) continue
    const held = await Promise.all(block.map(listenOn))
    const servers = held.filter((server) => server !== undefined)
    const release = async () => void (await Promise.all(servers.map(closed)))
    if (servers.length === count) return { port, release }
    await release()
  }
  throw new Error(`no free port from ${first} to ${lastPort}`)
}

/** A port that was free a moment ago, together with the `count - 1` after it. Throws like `holdPorts`. */
export async function freePort(first: number, count = 1): Promise<number> {
  const { port, release } = await holdPorts(first, count)
  await release()
  return port
}

function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
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
