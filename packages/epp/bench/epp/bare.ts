import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { TLS } from './fixtures.ts'

/** A socket that sends frames and only counts the octets it receives: the cost of TLS and of this machine. */
type Bare = {
  /** Resolves when as many octets have arrived as an answer has. */
  send(frame: Buffer): Promise<void>
  close(): void
}

export async function openBare(port: number, answerOctets: number): Promise<Bare> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca: TLS.ca, servername: TLS.serverName })
  socket.setNoDelay(true)
  // The greeting.
  await once(socket, 'data')
  let missing = 0
  let done: (() => void) | undefined
  socket.on('data', (octets: Buffer) => {
    missing -= octets.length
    if (missing <= 0) done?.()
  })
  return {
    send: (frame) =>
      new Promise((resolve) => {
        missing = answerOctets
        done = resolve
        socket.write(frame)
      }),
    close: () => socket.destroy(),
  }
}
