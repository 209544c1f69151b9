import { once } from 'node:events'
import { Agent, get as ask, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { usualBounds } from '../src/bound-connections.ts'
import { type Address, type Fetch, listen } from '../src/listen.ts'
import { prepareFile, sendFile } from '../src/static-file.ts'
import { get, openUnread, readToEnd } from './support/raw.ts'

const MIB = 1_048_576

async function start(fetch: Fetch, changes: Partial<Address> = {}): Promise<string> {
  const server = await listen(fetch, { host: '127.0.0.1', port: 0, ...changes })
  onTestFinished(() => server.close(0))
  return server.url
}

const bounds = (changes: Partial<typeof usualBounds>) => ({ bounds: { ...usualBounds, ...changes } })

/** Connects and reads what comes. */
function open(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
    .on('error', () => undefined)
    .resume()
  onTestFinished(() => void socket.destroy())
  return socket
}

async function statusOf(url: string, agent: Agent, path = '/'): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  ask(`${url}${path}`, { agent }, resolve).on('error', reject)
  const response = await promise
  await response.resume().toArray()
  return response.statusCode
}

test('a connection that asks again before its answer is closed, and what it asked in addition is not worked on', async () => {
  const paths: string[] = []
  const { promise: never } = Promise.withResolvers<Response>()
  const url = await start((request) => {
    paths.push(new URL(request.url).pathname)
    return never
  })
  const socket = await openUnread(url, get('/1') + get('/2') + get('/3'))
  expect(await readToEnd(socket)).toBe('')
  expect(paths).toEqual(['/1'])
})

test('a connection is used again by the client that waits for the answer', async () => {
  const peers = new Set<unknown>()
  const url = await start(() => new Response('x'.repeat(MIB)))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agent.on('free', (socket: unknown) => peers.add(socket))
  onTestFinished(() => agent.destroy())
  for (let asked = 0; asked < 20; asked += 1) expect(await statusOf(url, agent)).toBe(200)
  expect(peers.size).toBe(1)
})

test.each([
  ['nothing', () => undefined],
  ['nothing and goes on sending', (socket: Socket) => void socket.write('\r\n')],
])('a client that reads %s is cut off in time, and others are answered', async (_, inBetween) => {
  let sent = 0
  const stopped = Promise.withResolvers<void>()
  const endless = () =>
    new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(MIB))
        sent += 1
      },
      cancel: () => stopped.resolve(),
    })
  const fetch: Fetch = (request) => new Response(request.url.endsWith('/file') ? 'a file' : endless())
  const url = await start(fetch, bounds({ writeMsMax: 300 }))
  const socket = await openUnread(url, get('/endless'))
  const timer = setInterval(() => inBetween(socket), 50)
  onTestFinished(() => clearInterval(timer))
  await stopped.promise
  expect(sent).toBeLessThan(100)
  expect(await (await globalThis.fetch(`${url}/file`)).text()).toBe('a file')
})

test('a client that reads slowly has the whole answer, however long it takes', async () => {
  const writeMsMax = 3_000
  const file = await prepareFile(new Uint8Array(24 * MIB), 'application/octet-stream')
  const app = new Hono().get('/', (c) => sendFile(c, file))
  const url = await start(app.fetch, bounds({ writeMsMax }))
  const socket = await openUnread(url, get('/', { Connection: 'close' }))
  const startMs = performance.now()
  let bytes = 0
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    socket.pause()
    setTimeout(() => socket.resume(), 12)
  })
  socket.resume()
  await once(socket, 'close')
  expect(bytes).toBeGreaterThan(24 * MIB)
  expect(performance.now() - startMs).toBeGreaterThan(writeMsMax)
})

test('one source has so many connections, and another is still let in', async () => {
  const url = await start(() => new Response('here'), bounds({ connectionsPerSourceMax: 3 }))
  const sockets = Array.from({ length: 3 }, () => open(url))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect(await readToEnd(await openUnread(url, get('/')))).toBe('')
  const other = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress: '127.0.0.2' })
  other.end(get('/', { Connection: 'close' }))
  expect(await readToEnd(other)).toContain('here')

  sockets[0]?.destroy()
  await expect
    .poll(async () => readToEnd(await openUnread(url, get('/', { Connection: 'close' }))))
    .toContain('here')
})

test('all together have so many, and a proxy of ours has as many as all', async () => {
  const limits = bounds({ connectionsPerSourceMax: 1, connectionsMax: 4 })
  const url = await start(() => new Response('here'), { ...limits, trustedProxies: ['127.0.0.0/8'] })
  const sockets = Array.from({ length: 4 }, () => open(url))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect(await readToEnd(await openUnread(url, get('/')))).toBe('')
})

test.each([
  ['no header is trusted', [], '127.0.0.1'],
  ['a proxy of ours is believed', ['127.0.0.1'], '192.0.2.7'],
])('by default: %s', async (_, trustedProxies, source) => {
  const url = await start((_request, asker) => new Response(asker.source), { trustedProxies })
  const response = await fetch(url, { headers: { 'X-Forwarded-For': '198.51.100.1, 192.0.2.7' } })
  expect(await response.text()).toBe(source)
})
