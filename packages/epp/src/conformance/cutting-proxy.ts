import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type CuttingProxy = {
  readonly port: number
  /** The client's next command is passed on. Its answer is not: the connection is destroyed instead. */
  cutNextAnswer(): void
  stop(): Promise<void>
}

/**
 * A TCP proxy below TLS that can lose an answer on purpose, so that a command can be made ambiguous at any registry without
 * its help. It listens on 127.0.0.1. The registry's certificate is still checked end to end.
 */
export async function startCuttingProxy(host: string, port: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let armed = false
  const server = createServer((client) => {
    const registry = connect({ host, port })
    let cutting = false
    for (const [one, other] of [
      [client, registry],
      [registry, client],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    client.on('data', (octets) => {
      cutting ||= armed
      armed = false
      registry.write(octets)
    })
    registry.on('data', (octets) => {
      if (cutting) client.destroy()
      else client.write(octets)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server.address()),
    cutNextAnswer: () => {
      armed = true
    },
    stop: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return address.port
}
