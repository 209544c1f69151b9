import { expect, test } from 'vitest'
import { Conversation } from '../src/session/conversation.ts'
import type { Request } from '../src/session/exchange.ts'
import * as say from './support/answers.ts'
import { fakeClock } from './support/fake-clock.ts'

function talk(windowMax: number, writable = () => true, maySend = () => true) {
  const clock = fakeClock()
  const written: string[] = []
  const ends: string[] = []
  const conversation = new Conversation({ clock, windowMax, maySend, onEnd: (reason) => ends.push(reason) })
  conversation.attach({
    write: (frame) => writable() && written.push(frame.toString('utf8')) > 0,
    close: () => {},
    gone: Promise.resolve(),
  })
  const ask = (clTRID: string, timeoutMs = 1_000) => {
    const request: Request = { frame: Buffer.from(clTRID), clTRID, expects: 'response', timeoutMs }
    return conversation.request(request)
  }
  const hear = (xml: string) => conversation.receive(Buffer.from(xml, 'utf8'))
  return { clock, written, ends, conversation, ask, hear }
}

test('with a window of one the second command waits until the first is answered', async () => {
  const { written, ask, hear } = talk(1)
  const first = ask('A-1')
  const second = ask('A-2')
  expect(written).toEqual(['A-1'])
  hear(say.result(1000, 'A-1'))
  expect(written).toEqual(['A-1', 'A-2'])
  hear(say.result(2302, 'A-2'))
  expect([await first, await second]).toMatchObject([{ clTRID: 'A-1' }, { clTRID: 'A-2', kind: 'answered' }])
})

test('a command that waits too long is not_sent; one that was sent and gets no answer is unknown', async () => {
  const { clock, ask, ends } = talk(1)
  const left = ask('A-1', 2_000)
  const waiting = ask('A-2', 1_000)
  clock.advance(1_000)
  expect(await waiting).toMatchObject({ kind: 'not_sent' })
  expect(ends).toEqual([])
  clock.advance(1_000)
  expect(await left).toMatchObject({ kind: 'unknown', clTRID: 'A-1' })
  expect(ends).toHaveLength(1)
})

test('when sending is not allowed no frame is sent, neither a hello nor a command', async () => {
  let may = true
  const { written, conversation, ask, hear, ends } = talk(
    1,
    () => true,
    () => may,
  )
  const left = ask('A-1')
  const waiting = ask('A-2')
  may = false
  hear(say.result(1000, 'A-1'))
  expect(await left).toMatchObject({ kind: 'answered' })
  expect(await waiting).toMatchObject({ kind: 'not_sent' })
  const frame = Buffer.from('hello')
  const hello = conversation.request({ frame, clTRID: '', expects: 'greeting', timeoutMs: 1_000 })
  expect(await hello).toMatchObject({ kind: 'not_sent' })
  expect(written).toEqual(['A-1'])
  expect(ends).toEqual([])
})

test('when a session ends, waiting commands are not_sent', async () => {
  const { conversation, ask } = talk(1)
  const left = ask('A-1')
  const waiting = ask('A-2')
  conversation.end('cut')
  expect([await left, await waiting, await ask('A-3')]).toMatchObject([
    { kind: 'unknown', reason: 'cut' },
    { kind: 'not_sent', reason: 'cut' },
    { kind: 'not_sent', reason: 'cut' },
  ])
})

test('on a connection that has ended a command is not_sent', async () => {
  const { ask, ends } = talk(1, () => false)
  expect(await ask('A-1')).toMatchObject({ kind: 'not_sent' })
  expect(ends).toHaveLength(1)
})

test('a command waits the full time for its answer, however long it waited for the window', async () => {
  const { clock, ask, hear } = talk(1)
  void ask('A-1', 10_000)
  const second = ask('A-2', 1_000)
  clock.advance(999)
  hear(say.result(1000, 'A-1'))
  clock.advance(999)
  hear(say.result(1000, 'A-2'))
  expect(await second).toMatchObject({ kind: 'answered' })
})

test('under pipelining, answers out of order end the session and both commands are unknown', async () => {
  const { ask, hear } = talk(2)
  const both = [ask('A-1'), ask('A-2')]
  hear(say.result(1000, 'A-2'))
  expect(await Promise.all(both)).toMatchObject([{ kind: 'unknown' }, { kind: 'unknown' }])
})

test('when too many commands wait, further ones are not_sent', async () => {
  const { ask } = talk(1)
  const asked = Array.from({ length: 12 }, (_, index) => ask(`A-${index}`))
  expect(await asked.at(-1)).toMatchObject({ kind: 'not_sent', reason: 'too many commands wait' })
})
