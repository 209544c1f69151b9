import { createServer } from 'node:net'

/** How far a busy port moves up before we give in. */
const portsTriedMax = 100

/** The first free port on 127.0.0.1 from `first` upwards. Throws when a hundred in a row are taken. */
export async function freePort(first: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  const lastPort = Math.min(first + portsTriedMax - 1, 65_535)
  for (let port = first; port <= lastPort; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port
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
