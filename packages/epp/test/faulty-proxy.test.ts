import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type FaultyProxy, startFaultyProxy } from '../src/conformance/faulty-proxy.ts'

type Side = { readonly socket: Socket; readonly text: () => string; readonly pieces: () => readonly string[] }

let proxy: FaultyProxy
const ends: (() => void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  await proxy.stop()
})

const latin = 'latin1'

function sideOf(socket: Socket): Side {
  const pieces: string[] = []
  socket.on('data', (octets) => pieces.push(octets.toString(latin)))
  socket.on('error', () => undefined)
  ends.push(() => socket.destroy())
  return { socket, text: () => pieces.join(''), pieces: () => pieces }
}

/** A client and a server that are connected through the proxy. */
async function connected(): Promise<{ readonly client: Side; readonly server: Side }> {
  const listener = createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => undefined))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  ends.push(() => listener.close())
  proxy = await startFaultyProxy('127.0.0.1', (listener.address() as AddressInfo).port)
  const accepted = once(listener, 'connection')
  const socket = connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true })
  await once(socket, 'connect')
  const [peer] = await accepted
  return { client: sideOf(socket), server: sideOf(peer) }
}

const arrives = (side: Side, text: string) => expect.poll(side.text, { interval: 2 }).toBe(text)

/** How a socket ends: with the error's code, or without one. */
function endOf({ socket }: Side): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
  socket.once('close', () => resolve('closed'))
  return promise
}

test('without conditions everything passes in both directions, and each end by itself', async () => {
  const { client, server } = await connected()
  client.socket.end('a command')
  await once(server.socket, 'end')
  server.socket.end('its answer')
  await once(client.socket, 'end')
  expect([server.text(), client.text()]).toEqual(['a command', 'its answer'])
  expect(proxy.counts()).toMatchObject({ accepted: 1, up: 9, down: 10 })
})

test.each([1, 2, 3, 7])('pieces of %i octets arrive in their order and whole', async (size) => {
  const { client, server } = await connected()
  const text = Array.from({ length: 300 }, (_, n) => String.fromCodePoint(n % 256)).join('')
  proxy.impose({ up: { sliceOctets: () => size } })
  client.socket.end(Buffer.from(text, latin))
  await once(server.socket, 'end')
  expect(server.text()).toBe(text)
  expect(server.pieces().length).toBeGreaterThan(1)
})

test('what is delayed keeps its order, however different the delays are', async () => {
  const { client, server } = await connected()
  const delays = [60, 0, 30, 0].values()
  proxy.impose({ up: { delayMs: () => delays.next().value ?? 0 } })
  const startMs = performance.now()
  for (const letter of 'abcd') {
    client.socket.write(letter)
    await delay(5)
  }
  await arrives(server, 'abcd')
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(59)
})

test('no more octets pass in a second than the bandwidth allows', async () => {
  const { client, server } = await connected()
  proxy.impose({ up: { octetsPerSecondMax: 10_000, sliceOctets: () => 100 } })
  const startMs = performance.now()
  client.socket.write('x'.repeat(1_000))
  await arrives(server, 'x'.repeat(1_000))
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(85)
})

test('what is held arrives when it is let go, and the other direction is not held', async () => {
  const { client, server } = await connected()
  proxy.impose({ up: { silence: 'held' } })
  client.socket.write('late')
  server.socket.write('at once')
  await arrives(client, 'at once')
  expect(server.text()).toBe('')
  proxy.impose({})
  await arrives(server, 'late')
})

test('what is lost never arrives: neither side learns of the end of the other, until both are reset', async () => {
  const { client, server } = await connected()
  proxy.impose({ up: { silence: 'lost' }, down: { silence: 'lost' } })
  const serverEnds = endOf(server)
  client.socket.write('gone')
  client.socket.destroy()
  server.socket.write('gone too')
  await expect.poll(() => server.socket.bytesWritten).toBe(8)
  await delay(50)
  expect(server.socket.readableEnded || server.socket.destroyed).toBe(false)
  proxy.impose({})
  expect(await serverEnds).toBe('ECONNRESET')
  expect(server.text()).toBe('')
})

test('a connection on which nothing was lost outlives a silence', async () => {
  const { client, server } = await connected()
  proxy.impose({ up: { silence: 'lost' } })
  proxy.impose({})
  client.socket.write('still here')
  await arrives(server, 'still here')
})

test('connections that went silent stay so, whatever the conditions are; new ones are as usual', async () => {
  const { client, server } = await connected()
  expect(proxy.silenceOpen()).toBe(1)
  client.socket.write('gone')
  server.socket.write('gone too')
  await expect.poll(() => client.socket.bytesWritten + server.socket.bytesWritten).toBe(12)
  proxy.impose({})
  await delay(50)
  expect([client.text(), server.text(), client.socket.destroyed, server.socket.destroyed]).toEqual([
    '',
    '',
    false,
    false,
  ])
  sideOf(connect({ host: '127.0.0.1', port: proxy.port })).socket.write('passes')
  await expect.poll(() => proxy.counts().up).toBe(6)
})

test('a reset is one to both sides', async () => {
  const { client, server } = await connected()
  const ending = Promise.all([endOf(client), endOf(server)])
  expect(proxy.resetAll()).toBe(1)
  expect(await ending).toEqual(['ECONNRESET', 'ECONNRESET'])
  await expect.poll(() => proxy.counts().open).toBe(0)
})

test('of the next command the answer is lost: the server has carried it out, and the client is reset', async () => {
  const { client, server } = await connected()
  proxy.cutNextAnswer()
  const ending = endOf(client)
  client.socket.write('create')
  await arrives(server, 'create')
  server.socket.write('created')
  expect(await ending).toBe('ECONNRESET')
  expect(client.text()).toBe('')
})

test('while it refuses, open connections and new ones are reset', async () => {
  const { client } = await connected()
  const ending = endOf(client)
  proxy.impose({ refuses: true })
  expect(await ending).toBe('ECONNRESET')
  const next = sideOf(connect({ host: '127.0.0.1', port: proxy.port }))
  expect(await endOf(next)).toBe('ECONNRESET')
})
