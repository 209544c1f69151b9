import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { type RunningRegistry, type Simulator, startSimulator } from '../../src/start-simulator.ts'
import {
  codeOf,
  connectEpp,
  createXml,
  frame,
  helloXml,
  infoXml,
  logIn,
  loginXml,
  logoutXml,
  pollXml,
  textOf,
} from '../support/epp-client.ts'

const registries: RegistryOptions[] = [
  { id: 'plain', release: 'exact', zones: ['pl'] },
  { id: 'skewed', release: 'exact', zones: ['pl'], clockSkewMs: -7000 },
  { id: 'hasty', release: 'exact', zones: ['pl'], idleMs: 2000, loginMs: 2000 },
]
const NOW = Date.parse('2026-11-24T12:00:00.123Z')
let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ registries, clock: { nowMs: () => NOW } })
})
afterAll(() => simulator.stop())

function running(id: string): RunningRegistry {
  const found = simulator.registries.find((registry) => registry.id === id)
  if (!found) throw new Error(`no registry is called ${id}`)
  return found
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${simulator.control}${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
}

async function openSessions(id: string): Promise<number> {
  const response = await fetch(`${simulator.control}/registries/${id}/violations`)
  const { accounts } = (await response.json()) as { accounts: { clid: string; sessions: number }[] }
  return accounts.find(({ clid }) => clid === 'droplock')?.sessions ?? -1
}

async function untilSessions(id: string, count: number): Promise<void> {
  let open = await openSessions(id)
  for (let look = 0; open !== count && look < 1000; look++) open = await openSessions(id)
  expect(open).toBe(count)
}

test('the server speaks first, and hello is greeted again, by the clock of the registry', async () => {
  const plain = await connectEpp(running('plain'))
  expect(textOf(plain.greeting, 'svDate')).toBe('2026-11-24T12:00:00.123Z')
  expect(await plain.send(helloXml)).toBe(plain.greeting)
  plain.close()
  const skewed = await connectEpp(running('skewed'))
  expect(textOf(skewed.greeting, 'svDate')).toBe('2026-11-24T11:59:53.123Z')
  skewed.close()
})

test('a client that trusts another authority, or asks for another name, is not connected', async () => {
  const { host, port, ca } = running('plain')
  const refused = (options: object) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, ...options }, () => resolve(false))
      socket.on('error', () => resolve(true))
    })
  expect(await refused({})).toBe(true)
  expect(await refused({ ca, servername: 'registry.example' })).toBe(true)
})

test('a frame in single octets is one command', async () => {
  const client = await connectEpp(running('plain'))
  for (const octet of frame(loginXml())) client.socket.write(Buffer.of(octet))
  expect(codeOf(await client.next())).toBe(1000)
  client.close()
})

test('three commands in one write are answered in their order', async () => {
  const client = await logIn(running('plain'))
  client.socket.write(Buffer.concat([frame(pollXml), frame(infoXml('nobody.pl')), frame(logoutXml)]))
  const codes = [await client.next(), await client.next(), await client.next()].map(codeOf)
  expect(codes).toEqual([1300, 2303, 1500])
  await client.ended
})

test.each([
  ['zero', 0],
  ['no room for a document', 4],
  ['more than the cap', 64 * 1024 + 1],
  ['plain HTTP', 0x47455420],
])('a length of %s ends the connection without an answer', async (_, octets) => {
  const client = await logIn(running('plain'))
  const header = Buffer.alloc(4)
  header.writeUInt32BE(octets)
  client.socket.write(header)
  await expect(client.next()).rejects.toThrow('connection ended')
})

test.each([
  ['a length that no frame has', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['plain HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
])('commands that are complete are answered although %s follows in the same chunk', async (_, garbage) => {
  const client = await logIn(running('plain'))
  client.socket.write(Buffer.concat([frame(pollXml), frame(infoXml('nobody.pl')), garbage]))
  expect([await client.next(), await client.next()].map(codeOf)).toEqual([1300, 2303])
  await client.ended
  await untilSessions('plain', 0)
})

test('a logout is answered 1500 and the server ends the connection', async () => {
  const client = await logIn(running('plain'))
  expect(codeOf(await client.send(logoutXml))).toBe(1500)
  await client.ended
  await untilSessions('plain', 0)
})

test('a login over the session limit is answered 2502 and its connection ended; a lost connection frees its place', async () => {
  await untilSessions('plain', 0)
  const clients = await Promise.all([1, 2, 3, 4].map(() => logIn(running('plain'))))
  const fifth = await connectEpp(running('plain'))
  expect(codeOf(await fifth.send(loginXml()))).toBe(2502)
  await fifth.ended
  clients[0]?.close()
  await untilSessions('plain', 3)
  const sixth = await logIn(running('plain'))
  for (const client of [...clients, sixth]) client.close()
  await untilSessions('plain', 0)
})

test('a create cut before or after its commit ends the connection unanswered; info shows which it was', async () => {
  for (const [name, kind, code] of [
    ['before.pl', 'cut_before_commit', 2303],
    ['after.pl', 'cut_after_commit', 1000],
  ] as const) {
    await post('/registries/plain/faults', { kind, names: [name], count: 1 })
    const client = await logIn(running('plain'))
    await expect(client.send(createXml(name))).rejects.toThrow('connection ended')
    const second = await logIn(running('plain'))
    expect(codeOf(await second.send(infoXml(name)))).toBe(code)
    second.close()
  }
  await untilSessions('plain', 0)
})

test('a silent session is closed at the idle limit and counted; so is a silent connection without login', async () => {
  const client = await logIn(running('hasty'))
  await client.ended
  const silent = await connectEpp(running('hasty'))
  await silent.ended
  const response = await fetch(`${simulator.control}/registries/hasty/violations`)
  const { accounts } = (await response.json()) as { accounts: { violations: { idle: number } }[] }
  expect(accounts[0]?.violations.idle).toBe(1)
})

test('two clients racing for one name over the wire: one 1000, one 2302', async () => {
  const ours = await logIn(running('plain'))
  const rival = await logIn(running('plain'), 'rival-a')
  const codes = (await Promise.all([ours, rival].map((client) => client.send(createXml('race.pl'))))).map(
    codeOf,
  )
  expect(codes.toSorted()).toEqual([1000, 2302])
  ours.close()
  rival.close()
})

test('stopping ends open connections and frees the port', async () => {
  const other = await startSimulator({ registries: [{ id: 'brief', release: 'exact', zones: ['pl'] }] })
  const [brief] = other.registries
  if (!brief) throw new Error('no registry')
  const client = await logIn(brief)
  await other.stop()
  await client.ended
  const again = await startSimulator({
    registries: [{ id: 'brief', release: 'exact', zones: ['pl'], port: brief.port }],
  })
  expect(again.registries[0]?.port).toBe(brief.port)
  await expect(
    startSimulator({ registries: [{ id: 'second', release: 'exact', zones: ['pl'], port: brief.port }] }),
  ).rejects.toThrow('EADDRINUSE')
  await again.stop()
})
