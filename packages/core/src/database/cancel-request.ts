import { once } from 'node:events'
import { connect } from 'node:net'
import type { PoolClient } from 'pg'

/** A server that accepts no connection within this ends the statement by its own time limit instead. Milliseconds. */
const CANCEL_MS_MAX = 2_000

/** PostgreSQL protocol 3.0, §54.7 CancelRequest: length, code, process, key. */
const REQUEST_BYTES = 16
const CANCEL_CODE = 80_877_102

/** The driver keeps them, but does not document them. */
type Backend = { readonly processID?: unknown; readonly secretKey?: unknown }

/**
 * Asks the server to end what runs on the client's connection. Over a connection of its own, as the protocol has it, and not by
 * `pg_cancel_backend`: behind a pooler the client does not know the server's process, and the pooler passes the request on. Resolves
 * when the server has taken the request, or could not be reached. What runs next on that connection may be ended instead, so the
 * connection must be closed afterwards.
 */
export async function cancelRunning(client: PoolClient): Promise<void> {
  const { processID, secretKey }: Backend = client as Backend
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return
  const { host, port } = client
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  socket.setTimeout(CANCEL_MS_MAX, () => socket.destroy())
  const closed = once(socket, 'close').catch(() => undefined)
  socket.on('error', () => undefined)
  socket.end(requestOf(processID, secretKey))
  socket.resume()
  await closed
}

function requestOf(processID: number, secretKey: number): Buffer {
  const request = Buffer.alloc(REQUEST_BYTES)
  request.writeInt32BE(REQUEST_BYTES, 0)
  request.writeInt32BE(CANCEL_CODE, 4)
  request.writeInt32BE(processID, 8)
  request.writeInt32BE(secretKey, 12)
  return request
}
