import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy between a process and its database, so that a test can make the database unavailable to that process only. */
export type Gate = {
  readonly url: string
  /** `refusing`: connections are cut and new ones refused. `silent`: connections stay open but nothing is passed on. */
  readonly close: (how: 'refusing' | 'silent') => void
  readonly open: () => void
  readonly end: () => Promise<void>
}

export async function openGate(databaseUrl: string): Promise<Gate> {
  const url = new URL(databaseUrl)
  const server = { host: url.hostname, port: Number(url.port) }
  const pairs = new Set<readonly [Socket, Socket]>()
  let state: 'open' | 'refusing' | 'silent' = 'open'
  const gate = createServer((client) => {
    if (state === 'refusing') return void client.destroy()
    const database = connect(server)
    const pair = [client, database] as const
    pairs.add(pair)
    for (const [from, to] of [pair, [database, client] as const]) {
      from.on('data', (octets) => state !== 'silent' && to.write(octets))
      from.on('error', () => undefined)
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
    }
  }).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const address = gate.address()
  if (typeof address !== 'object' || address === null) throw new Error('the gate has no port')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  const cut = () => {
    for (const [client, database] of pairs) {
      client.destroy()
      database.destroy()
    }
  }
  return {
    url: url.href,
    close: (how) => {
      state = how
      if (how === 'refusing') cut()
    },
    open: () => {
      // Data sent meanwhile is lost, so an old connection would be out of step.
      if (state === 'silent') cut()
      state = 'open'
    },
    end: async () => {
      cut()
      gate.close()
      await once(gate, 'close')
    },
  }
}
