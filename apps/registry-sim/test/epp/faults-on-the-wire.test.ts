import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { faultMoments } from '../../src/registry/faults.ts'
import {
  checkXml,
  codeOf,
  connectEpp,
  createXml,
  type EppClient,
  frame,
  helloXml,
  infoXml,
  logIn,
  loginXml,
  objectXml,
  pollXml,
  textOf,
} from '../support/epp-client.ts'
import { startTestbed, type Testbed, until } from '../support/testbed.ts'

let testbed: Testbed
const clients: EppClient[] = []

beforeAll(async () => {
  const limits = { sessionsMax: 100, commandsPerSecondMax: 100_000 }
  testbed = await startTestbed({ limits, rivals: [] })
})
afterAll(() => testbed.stop())
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await fetch(`${testbed.simulator.control}/registries/sim/faults`, { method: 'DELETE' })
})

const fault = (kind: string, more: object = {}) => testbed.post('faults', { kind, count: 1, ...more })

async function session(): Promise<EppClient> {
  const client = await logIn(testbed.registry)
  clients.push(client)
  return client
}

let given = 0
const fresh = () => `name${(given += 1)}.pl`

/** Everything that arrives after `send`, chunk by chunk, until `octets` have or the connection ends. */
async function chunksAfter(client: EppClient, xml: string, octets: number): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  client.socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  client.socket.write(frame(xml))
  await until(() => client.socket.destroyed || Buffer.concat(chunks).length >= octets)
  return chunks
}

async function isRegistered(name: string): Promise<boolean> {
  return codeOf(await (await session()).send(infoXml(name))) === 1000
}

test.each(['split_frame', 'single_octets'])(
  'an answer in pieces (%s) is one answer, and the next one is whole',
  async (kind) => {
    const client = await session()
    await fault(kind)
    expect(codeOf(await client.send(pollXml))).toBe(1300)
    expect(codeOf(await client.send(infoXml('nobody.pl')))).toBe(2303)
  },
)

test('joined frames leave in one write, and a frame without company leaves alone', async () => {
  const client = await session()
  await fault('joined_frames', { commands: ['poll'] })
  const chunks: Buffer[] = []
  client.socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  client.socket.write(Buffer.concat([frame(pollXml), frame(infoXml('nobody.pl'))]))
  expect([await client.next(), await client.next()].map(codeOf)).toEqual([1300, 2303])
  expect(chunks).toHaveLength(1)
  await fault('joined_frames')
  expect(codeOf(await client.send(pollXml))).toBe(1300)
})

test('a wrong length is sent as ordered', async () => {
  for (const lengthOff of [7, -7]) {
    const client = await session()
    await fault('wrong_length', { lengthOff })
    const all = Buffer.concat(await chunksAfter(client, pollXml, 100))
    expect(all.readUInt32BE(0) - all.length).toBe(lengthOff)
  }
})

test('a plain text stands in the place of the greeting, and the connection ends', async () => {
  await fault('plain_text_banner')
  const { host, port, ca } = testbed.registry
  const socket = connect({ host, port, ca, servername: 'localhost' })
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await new Promise((resolve) => socket.on('close', resolve))
  expect(text).toMatch(/^Access denied/)
  expect((await connectEpp(testbed.registry)).greeting).toContain('<greeting>')
})

test('the clock of a greeting is skewed as ordered, after connecting and after hello', async () => {
  const client = await session()
  for (const target of ['connect', 'hello']) {
    await fault('skewed_sv_date', { commands: [target], skewMs: -3_600_000 })
    const greeting =
      target === 'hello' ? await client.send(helloXml) : (await connectEpp(testbed.registry)).greeting
    const behindMs = Date.now() - Date.parse(textOf(greeting, 'svDate') ?? '')
    expect(Math.round(behindMs / 600_000)).toBe(6)
  }
})

test('a half-close after the commit ends our reading without an answer, and the name is registered', async () => {
  const client = await session()
  const name = fresh()
  await fault('half_close_after_commit')
  let ended = false
  client.socket.on('end', () => {
    ended = true
  })
  await expect(client.send(createXml(name))).rejects.toThrow('connection ended')
  expect(ended).toBe(true)
  expect(await isRegistered(name)).toBe(true)
})

test('a reset in the frame is a reset, after half of the answer, and what was asked is done', async () => {
  const client = await session()
  const name = fresh()
  let failure: NodeJS.ErrnoException | undefined
  client.socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = error
  })
  await fault('reset_in_frame')
  await expect(client.send(createXml(name))).rejects.toThrow('connection ended')
  expect(failure?.code).toBe('ECONNRESET')
  expect(await isRegistered(name)).toBe(true)
})

test.each([
  ['stall_before_commit', false],
  ['stall_after_commit', true],
] as const)('%s answers nothing any more on an open connection; registered: %s', async (kind, isDone) => {
  const client = await session()
  const name = fresh()
  await fault(kind)
  client.socket.write(Buffer.concat([frame(createXml(name)), frame(pollXml)]))
  const other = await session()
  expect(codeOf(await other.send(infoXml(name)))).toBe(isDone ? 1000 : 2303)
  expect(client.socket.destroyed).toBe(false)
  const answered = await Promise.race([client.next(), other.send(pollXml).then(() => 'nothing')])
  expect(answered).toBe('nothing')
})

test('a clTRID is left out, or invented, and the svTRID is there', async () => {
  const client = await session()
  await fault('missing_cltrid')
  const without = await client.send(pollXml)
  expect(without).not.toContain('clTRID')
  await fault('invented_cltrid')
  const invented = await client.send(pollXml)
  expect(textOf(invented, 'clTRID')).toMatch(/^invented-/)
  for (const answer of [without, invented]) expect(textOf(answer, 'svTRID')).toMatch(/^sim-/)
})

test('an answer out of order comes after the next one', async () => {
  const client = await session()
  await fault('out_of_order', { commands: ['poll'] })
  client.socket.write(Buffer.concat([frame(pollXml), frame(infoXml('nobody.pl')), frame(checkXml(['a.pl']))]))
  const codes = [await client.next(), await client.next(), await client.next()].map(codeOf)
  expect(codes).toEqual([2303, 1300, 1000])
})

test('a repeated answer comes twice', async () => {
  const client = await session()
  await fault('repeated_answer')
  const first = await client.send(pollXml)
  expect(await client.next()).toBe(first)
  expect(codeOf(await client.send(infoXml('nobody.pl')))).toBe(2303)
})

test('a burst of 2400 answers creates that are not done, and one that is', async () => {
  const client = await session()
  const [undone, done] = [fresh(), fresh()]
  await fault('failed', { commands: ['create'], count: 3 })
  const codes: number[] = []
  for (let count = 0; count < 3; count++) codes.push(codeOf(await client.send(createXml(undone))))
  expect(codes).toEqual([2400, 2400, 2400])
  await fault('failed_after_commit')
  expect(codeOf(await client.send(createXml(done)))).toBe(2400)
  expect(codeOf(await client.send(infoXml(undone)))).toBe(2303)
  expect(codeOf(await client.send(infoXml(done)))).toBe(1000)
})

test('a login is answered 2502 while there is room, and the connection ends', async () => {
  await fault('session_limit')
  const client = await connectEpp(testbed.registry)
  expect(codeOf(await client.send(loginXml()))).toBe(2502)
  await client.ended
  expect(codeOf(await (await connectEpp(testbed.registry)).send(loginXml()))).toBe(1000)
})

test('only answers of one code are slow when so ordered, and those behind them on the session wait', async () => {
  const client = await session()
  const name = fresh()
  await client.send(createXml(name))
  await fault('slow', { code: 2302, delayMs: 2000 })
  expect(codeOf(await client.send(createXml(fresh())))).toBe(1000)
  const other = await session()
  const order: number[] = []
  client.socket.write(Buffer.concat([frame(createXml(name)), frame(pollXml)]))
  const late = Promise.all([client.next(), client.next()]).then((answers) =>
    order.push(...answers.map(codeOf)),
  )
  for (let count = 0; count < 5; count++) order.push(codeOf(await other.send(infoXml(name))))
  await late
  expect(order).toEqual([1000, 1000, 1000, 1000, 1000, 2302, 1300])
})

test('a fault is aimed at a command: renewals are cut after they are done, creates are not', async () => {
  const client = await session()
  const name = fresh()
  await fault('cut_after_commit', { commands: ['renew'] })
  const created = await client.send(createXml(name))
  const year = textOf(created, 'exDate')?.slice(0, 10)
  const renewal = objectXml('renew', `<d:name>${name}</d:name><d:curExpDate>${year}</d:curExpDate>`)
  await expect(client.send(renewal)).rejects.toThrow('connection ended')
  const info = await (await session()).send(infoXml(name))
  expect(Number(textOf(info, 'exDate')?.slice(0, 4))).toBe(Number(year?.slice(0, 4)) + 1)
})

test('every kind of fault can be ordered by the control API, and an unknown one is refused with the list', async () => {
  for (const kind of Object.keys(faultMoments)) {
    expect(await fault(kind, { names: ['never.pl'] })).toMatchObject({ kind, injected: 0 })
  }
  await expect(fault('explode')).rejects.toThrow('must be one of plain_text_banner')
})

test('a name is pulled from the drop: it is ok again, and a create is 2302', async () => {
  const name = fresh()
  const purgeAt = new Date(Date.now() + 3_600_000).toISOString()
  await testbed.post('names', { names: [{ name, kind: 'normal', purgeAt }] })
  expect(await testbed.post('withdraw', { names: [name] })).toEqual({ withdrawn: 1, notPending: [] })
  const client = await session()
  expect(await client.send(infoXml(name))).toContain('<domain:status s="ok"/>')
  expect(codeOf(await client.send(createXml(name)))).toBe(2302)
})
