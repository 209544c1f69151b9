import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'

const PROXY = join(import.meta.dirname, '../../bench/catch/proxy.ts')
const HOST = '127.0.0.1'

let server: Server | undefined
let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGTERM')
  server?.close()
})

/** A server that answers every octet with itself, behind the proxy; returns the proxy's port. */
async function startEcho(roundTripMs: number): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  child = spawn(process.execPath, [PROXY, String(port), String(roundTripMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('no output')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return JSON.parse(String(line)).port
}

async function readText(socket: Socket, length: number): Promise<string> {
  let text = ''
  for await (const octets of socket) {
    text += String(octets)
    if (text.length >= length) break
  }
  return text
}

test('the proxy passes octets on in order, later by at least the round trip', async () => {
  const port = await startEcho(60)
  const socket = connect({ host: HOST, port, noDelay: true })
  await once(socket, 'connect')
  const sent = Array.from({ length: 200 }, (_, index) => `${index};`).join('')
  const startedMs = performance.now()
  for (const part of sent.split(/(?<=;)/)) socket.write(part)
  const text = await readText(socket, sent.length)
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(60)
  expect(text).toBe(sent)
})

test('the end of one side reaches the other through the proxy, after what was sent before', async () => {
  const port = await startEcho(20)
  const socket = connect({ host: HOST, port, allowHalfOpen: true })
  await once(socket, 'connect')
  socket.end('last words')
  let text = ''
  for await (const octets of socket) text += String(octets)
  expect(text).toBe('last words')
})
