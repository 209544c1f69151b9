import { expect, test } from 'vitest'
import * as say from './support/answers.ts'
import { AUTH_INFO, order, poolOn, until } from './support/pool.ts'
import { frameOf, type Script } from './support/registry.ts'

/** A registry that answers creates by a test's script, and everything else as usual. */
const onCreate =
  (answer: Script): Script =>
  (command, peer) =>
    command.verb === 'create' ? (answer(command, peer) ?? 'handled') : undefined

const QUICK = { times: { answerMsMax: 2_000, closeMsMax: 300 } }

test('a create without an answer is unknown, and its late answer is not taken for another command’s', async () => {
  let answerLate: (() => void) | undefined
  const { pool, registry } = await poolOn((command, peer) => {
    if (command.name !== 'slow.pl') return undefined
    answerLate = () => peer.reply(say.created('slow.pl', command.clTRID))
    return 'handled'
  }, QUICK)
  const slow = await pool.create(order('slow.pl'))
  expect(slow).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('no answer within') })
  answerLate?.()
  const next = await pool.create(order('next.pl'))
  expect(next).toMatchObject({ kind: 'answered', data: { name: 'next.pl' } })
  expect(new Set(registry.arrivals.map(({ session }) => session)).size).toBe(2)
})

test.each([
  ['a length that no frame has', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x00])],
  ['a plain text', Buffer.from('Connection closed by administrator\r\n')],
  ['another answer', frameOf(say.result(2302, 'NOT-OURS'))],
])('an answer that is complete is kept although %s follows in the same chunk', async (_, garbage) => {
  const { pool, registry } = await poolOn(
    onCreate(({ name, clTRID }, peer) =>
      peer.raw(Buffer.concat([frameOf(say.created(name, clTRID)), garbage])),
    ),
    QUICK,
  )
  expect(await pool.create(order('kept.pl'))).toMatchObject({ kind: 'answered', data: { name: 'kept.pl' } })
  await until(
    () => registry.open() === 1 && registry.arrivals.filter(({ verb }) => verb === 'login').length === 2,
  )
  expect(await pool.info('kept.pl', 'I-1')).toMatchObject({ kind: 'answered', code: 1000 })
})

test('without a session a command is not_sent', async () => {
  const { pool, registry } = await poolOn(undefined, { times: { slotMsMax: 50, closeMsMax: 100 } })
  await registry.stop()
  await until(() => pool.status().ready === 0)
  const marks: string[] = []
  expect(await pool.create(order(), (sent) => marks.push(sent.clTRID))).toMatchObject({ kind: 'not_sent' })
  expect(marks).toEqual([])
})

test('a slot whose session has ended sends nothing', async () => {
  const { pool, registry } = await poolOn()
  const slot = await pool.acquire()
  await registry.stop()
  await until(() => pool.status().ready === 0)
  expect(await slot.create(order())).toMatchObject({ kind: 'not_sent' })
})

test('a write-ahead record that fails stops the command', async () => {
  const { pool, registry } = await poolOn()
  const answer = await pool.create(order(), () => {
    throw new Error('lease over')
  })
  expect(answer).toMatchObject({ kind: 'not_sent', reason: expect.stringContaining('lease over') })
  expect(await pool.create(order())).toMatchObject({ code: 1000 })
  expect(registry.arrivals.filter(({ verb }) => verb === 'create')).toHaveLength(1)
})

test('the write-ahead record is made before the command is sent', async () => {
  const { pool, registry } = await poolOn()
  let arrivedBefore = -1
  await pool.create(order(), () => {
    arrivedBefore = registry.arrivals.filter(({ verb }) => verb === 'create').length
  })
  expect(arrivedBefore).toBe(0)
})

test.each<[string, Script]>([
  ['a reset', (_, peer) => peer.reset()],
  ['a half-close', (_, peer) => peer.end()],
  [
    'an end within the answer',
    (command, peer) => {
      peer.raw(frameOf(say.created(command.name, command.clTRID)).subarray(0, 30))
      peer.end()
    },
  ],
  ['a senseless length', (_, peer) => peer.raw(Buffer.from('HTTP/1.1 400\r\n'))],
  ['XML that is not well-formed', (_, peer) => peer.raw(frameOf('<epp>'))],
  ['a DOCTYPE', (_, peer) => peer.raw(frameOf('<!DOCTYPE epp><epp/>'))],
  ['a greeting', (_, peer) => peer.reply(say.greeting())],
  [
    'a success under an id that is not ours',
    (command, peer) => peer.reply(say.created(command.name, 'FOREIGN-1')),
  ],
  ['a success without an id for another name', (_, peer) => peer.reply(say.created('other.pl'))],
])('%s instead of an answer makes a create unknown and ends the session', async (_, script) => {
  const { pool, registry } = await poolOn(onCreate(script), QUICK)
  expect(await pool.create(order('a.pl'))).toMatchObject({ kind: 'unknown' })
  registry.script = () => undefined
  expect(await pool.create(order('b.pl'))).toMatchObject({ kind: 'answered', data: { name: 'b.pl' } })
  expect(registry.arrivals.at(-1)?.session).toBe(2)
})

test.each([
  ['missing', undefined],
  ['invented', 'INVENTED-77'],
])('an error with a %s clTRID is taken by its order, and the session goes on', async (_, clTRID) => {
  const { pool, registry } = await poolOn(onCreate((__, peer) => peer.reply(say.result(2400, clTRID))))
  expect(await pool.create(order())).toMatchObject({ kind: 'answered', code: 2400 })
  expect(await pool.create(order())).toMatchObject({ kind: 'answered', code: 2400 })
  expect(registry.arrivals.every(({ session }) => session === 1)).toBe(true)
})

test.each([
  ['under its own id', (clTRID: string) => say.result(2302, clTRID)],
  ['under an invented id', () => say.result(2302, 'INVENTED-78')],
])('an answer repeated %s never becomes the next command’s', async (_, make) => {
  let repeated: string | undefined
  const { pool, registry } = await poolOn(
    onCreate((command, peer) => {
      if (command.name === 'first.pl') {
        repeated = make(command.clTRID)
        return peer.reply(repeated)
      }
      peer.reply(repeated ?? '')
      peer.reply(say.created(command.name, command.clTRID))
    }),
  )
  expect(await pool.create(order('first.pl'))).toMatchObject({ code: 2302 })
  expect(await pool.create(order('second.pl'))).toMatchObject({ kind: 'unknown' })
  registry.script = () => undefined
  expect(await pool.create(order('third.pl'))).toMatchObject({ kind: 'answered', data: { name: 'third.pl' } })
})

test('a late error with an earlier id of ours is not taken for the next command’s', async () => {
  const { pool } = await poolOn(
    onCreate((command, peer) =>
      peer.reply(say.result(2302, command.name === 'b.pl' ? 'LATE-1' : command.clTRID)),
    ),
  )
  expect(await pool.create({ ...order('a.pl'), clTRID: 'LATE-1' })).toMatchObject({ code: 2302 })
  expect(await pool.create(order('b.pl'))).toMatchObject({ kind: 'unknown' })
})

test('an answer without a command ends the session before it can be taken for another', async () => {
  const { pool, registry } = await poolOn(
    onCreate((command, peer) => {
      const answer = say.result(2302, command.clTRID)
      peer.raw(Buffer.concat([frameOf(answer), frameOf(answer)]))
    }),
  )
  expect(await pool.create(order())).toMatchObject({ code: 2302 })
  await until(() => registry.arrivals.filter(({ verb }) => verb === 'login').length === 2)
})

test.each([2500, 2502])('%i answers its command and ends the session', async (code) => {
  const { pool, registry } = await poolOn(
    onCreate((command, peer) => {
      if (command.session > 1) return peer.reply(say.created(command.name, command.clTRID))
      peer.reply(say.result(code, command.clTRID))
    }),
  )
  expect(await pool.create(order())).toMatchObject({ kind: 'answered', code })
  expect(await pool.create(order())).toMatchObject({ kind: 'answered', code: 1000 })
  expect(registry.arrivals.at(-1)?.session).toBe(2)
})

test('after 2501 no session is opened any more, and an alarm is raised', async () => {
  const alarms: unknown[] = []
  const { pool, registry } = await poolOn(
    onCreate((command, peer) => peer.reply(say.result(2501, command.clTRID))),
    {},
    { onEvent: (event) => event.kind === 'alarm' && alarms.push(event.code), random: () => 0 },
  )
  const [first, waiting] = await Promise.all([pool.create(order()), pool.create(order())])
  expect(first).toMatchObject({ code: 2501 })
  expect(waiting).toMatchObject({ kind: 'not_sent', reason: expect.stringContaining('2501') })
  expect(alarms).toEqual([2501])
  expect(registry.arrivals.filter(({ verb }) => verb === 'login')).toHaveLength(1)
})

test('answers that arrive in single octets or joined are read', async () => {
  const { pool } = await poolOn(
    onCreate((command, peer) => {
      for (const octet of frameOf(say.created(command.name, command.clTRID))) peer.raw(Uint8Array.of(octet))
    }),
  )
  expect(await pool.create(order('a.pl'))).toMatchObject({ data: { name: 'a.pl' } })
})

test('authInfo that a registry quotes does not get into an answer', async () => {
  const { pool } = await poolOn(
    onCreate((command, peer) => peer.reply(say.result(2306, command.clTRID, `pw ${AUTH_INFO} too weak`))),
  )
  const answer = await pool.create(order())
  expect(answer).toMatchObject({ code: 2306, message: 'pw [redacted] too weak' })
  expect(JSON.stringify(answer)).not.toContain(AUTH_INFO)
})

test('a login names only the services that both sides support', async () => {
  const { registry } = await poolOn()
  const login = registry.arrivals[0]?.xml ?? ''
  expect(login.match(/<(?:obj|ext)URI>[^<]*/gu)).toEqual([
    '<objURI>urn:ietf:params:xml:ns:domain-1.0',
    '<objURI>urn:ietf:params:xml:ns:contact-1.0',
    '<extURI>urn:ietf:params:xml:ns:rgp-1.0',
    '<extURI>urn:ietf:params:xml:ns:secDNS-1.1',
  ])
})

test('a new connection resumes TLS', async () => {
  const { pool, registry } = await poolOn(onCreate((_, peer) => peer.reset()))
  await pool.create(order())
  await until(() => registry.arrivals.filter(({ verb }) => verb === 'login').length === 2)
  expect(registry.resumed()).toBe(1)
})

test('a silent session is kept alive by hello, well within the registry’s idle time', async () => {
  const { registry } = await poolOn(undefined, { limits: { idleMsMax: 400 } })
  await until(() => registry.arrivals.filter(({ verb }) => verb === 'hello').length >= 3)
  expect(registry.arrivals.every(({ session }) => session === 1)).toBe(true)
})
