import { connectRegistrar } from '@droplock/epp/connect'
import type { Answer, Created } from '@droplock/rules/ports/registrar'
import { seededRandom } from '@droplock/rules/seeded-random'
import { expect, test } from 'vitest'
import { Conversation } from '../../src/session/conversation.ts'
import type { Exchange } from '../../src/session/exchange.ts'
import type { OpenWire } from '../../src/session/wire.ts'
import * as say from '../support/answers.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { order, poolOn } from '../support/pool.ts'
import { frameOf } from '../support/registry.ts'
import { passUntil, virtualTime } from '../support/virtual-time.ts'
import { Dice, damaged } from './corpus.ts'

const CONVERSATIONS = 10_000
const ROUNDS = 1_000

/** Messages that a registry may send, with and without a command. */
function saying(dice: Dice, ids: readonly string[]): Buffer {
  const drawn = dice.pick([...ids, 'NONE', 'INVENTED'])
  const id = drawn === 'NONE' ? undefined : drawn
  const make = dice.pick([
    () => say.result(dice.pick([1000, 1500, 2302, 2400, 2500, 2502]), id),
    () => say.created('a.pl', id),
    () => say.greeting(),
  ])
  return dice.below(3) === 0 ? damaged(dice) : Buffer.from(make(), 'utf8')
}

test(`in ${CONVERSATIONS} conversations every command has exactly one result, whatever is answered and when`, async () => {
  const dice = new Dice(42)
  for (let round = 0; round < CONVERSATIONS; round += 1) {
    const clock = fakeClock()
    const ends: string[] = []
    const conversation = new Conversation({
      clock,
      windowMax: 1 + dice.below(3),
      maySend: () => true,
      onEnd: (reason) => ends.push(reason),
    })
    conversation.attach({ write: () => dice.below(20) > 0, close: () => {}, gone: Promise.resolve() })
    const ids = Array.from({ length: 1 + dice.below(4) }, (_, index) => `ID-${index}`)
    const asked: Promise<Exchange>[] = []
    for (const clTRID of ids) {
      const frame = Buffer.from(clTRID)
      asked.push(conversation.request({ frame, clTRID, expects: 'response', timeoutMs: 100 }))
      if (dice.below(2) === 0) conversation.receive(saying(dice, ids))
      if (dice.below(4) === 0) clock.advance(dice.below(120))
    }
    clock.advance(1_000)
    const exchanges = await Promise.all(asked)
    expect(exchanges.map(({ kind }) => kind).filter((kind) => kind === undefined)).toEqual([])
    expect(ends.length).toBeLessThanOrEqual(1)
    for (const exchange of exchanges) {
      if (exchange.kind !== 'answered' || exchange.message.kind !== 'response') continue
      const { clTRID, results } = exchange.message.response
      if (clTRID !== undefined && results[0].code < 2000) expect(clTRID).toBe(exchange.clTRID)
    }
  }
})

test(`after each of ${ROUNDS} senseless answers the pool registers the next name`, async () => {
  const clock = virtualTime()
  const dice = new Dice(7)
  const ended = { sessions: 0 }
  const openWire: OpenWire = (_endpoint, _times, _clock, _tickets, events) => {
    const hear = (xml: string | Buffer) => clock.after(5, () => events.onFrame(Buffer.from(xml)))
    const over = () => clock.after(0, () => events.onOver('it was over'))
    hear(say.greeting())
    return Promise.resolve({
      write: (frame) => {
        const xml = frame.subarray(4).toString('utf8')
        const clTRID = /<clTRID>([^<]*)/u.exec(xml)?.[1] ?? ''
        if (xml.includes('>bad.pl<')) hear(saying(dice, [clTRID]))
        else if (xml.includes('<create>')) hear(say.created('good.pl', clTRID))
        else hear(xml.includes('<hello/>') ? say.greeting() : say.result(1000, clTRID))
        return true
      },
      close: () => void over(),
      gone: Promise.resolve(),
    })
  }
  const registrar = connectRegistrar(
    {
      endpoint: { host: 'registry.test', port: 700 },
      credentials: { clID: 'us', password: 'foo-BAR2' },
      limits: { sessionsMax: 1, commandsPerSecondMax: 100, idleMsMax: 600_000 },
      times: { slotMsMax: 60_000 },
    },
    {
      clock,
      random: seededRandom(1),
      openWire,
      onEvent: ({ kind }) => (ended.sessions += Number(kind === 'session_ended')),
    },
  )
  const pool = await passUntil(clock, registrar)
  for (let round = 0; round < ROUNDS; round += 1) {
    const bad: Answer<Created> = await passUntil(clock, pool.create(order('bad.pl')))
    expect(bad.kind).not.toBe('not_sent')
    expect(await passUntil(clock, pool.create(order('good.pl')))).toMatchObject({
      code: 1000,
      data: { name: 'good.pl' },
    })
  }
  expect(ended.sessions).toBeGreaterThan(ROUNDS / 3)
})

const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><epp>&c;</epp>'

test.each<[string, Uint8Array]>([
  ['noise', new Dice(3).octets(4_096)],
  ['a length of nothing', Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4)],
  ['a length of four gigabytes', Uint8Array.of(255, 255, 255, 255)],
  ['a TLS record', Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 252, 3)],
  ['a page of HTML', Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n<html>')],
  ['deep XML', frameOf('<a>'.repeat(200_000))],
  ['wide XML', frameOf(`<a>${'<b/>'.repeat(200_000)}</a>`)],
  ['an entity bomb', frameOf(bomb)],
  ['UTF-16', frameOf(Buffer.from(say.result(1000), 'utf16le').toString('latin1'))],
  ['two answers in one frame', frameOf(say.result(1000) + say.result(1000))],
])('%s over TLS makes the command unknown, and the pool recovers', async (_, octets) => {
  const { pool, registry } = await poolOn(
    (command, peer) => {
      if (command.name !== 'bad.pl') return undefined
      peer.raw(octets)
      return 'handled'
    },
    { times: { answerMsMax: 2_000, closeMsMax: 300 } },
  )
  expect(await pool.create(order('bad.pl'))).toMatchObject({ kind: 'unknown' })
  expect(await pool.create(order('good.pl'))).toMatchObject({ code: 1000 })
  expect(registry.openMost()).toBe(1)
})
