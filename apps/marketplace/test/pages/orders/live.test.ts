import { accountTopics } from '@droplock/rules/events'
import { expect, test } from 'vitest'
import { changedBy, gather } from '../../../src/pages/orders/live/changes.ts'
import { noticesOf, withNotices } from '../../../src/pages/orders/live/notices.ts'
import {
  type FollowedEvent,
  followEvents,
  followedTopics,
  type Source,
} from '../../../src/pages/orders/live/stream.ts'

/** Time that passes when a test says so. */
function clock() {
  let nowMs = 0
  let waiting: { readonly atMs: number; readonly work: () => void }[] = []
  return {
    nowMs: () => nowMs,
    wait: (work: () => void, ms: number) => {
      const one = { atMs: nowMs + ms, work }
      waiting.push(one)
      return () => {
        waiting = waiting.filter((other) => other !== one)
      }
    },
    pass: (ms: number) => {
      nowMs += ms
      const due = waiting.filter(({ atMs }) => atMs <= nowMs)
      waiting = waiting.filter(({ atMs }) => atMs > nowMs)
      for (const { work } of due) work()
    },
  }
}

type Message = { readonly data?: string; readonly lastEventId?: string }

/** A browser's EventSource that says what the test says. */
class FakeSource implements Source {
  readyState = 0
  readonly url: string
  readonly #listeners = new Map<string, (message: Message) => void>()
  constructor(url: string) {
    this.url = url
  }
  addEventListener(type: string, listener: (message: Message) => void): void {
    this.#listeners.set(type, listener)
  }
  close(): void {
    this.readyState = 2
  }
  say(type: string, message: Message = {}): void {
    this.#listeners.get(type)?.(message)
  }
  get after(): string | null {
    return new URL(this.url, 'http://pages.test').searchParams.get('after')
  }
}

const event = (type: FollowedEvent['type'], name: string, id = name) =>
  ({
    id,
    type,
    timestamp: '2026-02-15T13:00:00.000Z',
    cursor: '1',
    data: { id: `order of ${name}`, name },
  }) as unknown as FollowedEvent

function follow() {
  const time = clock()
  const sources: FakeSource[] = []
  const events: FollowedEvent[] = []
  const connection: boolean[] = []
  let stale = 0
  const following = followEvents({
    open: (url) => {
      const source = new FakeSource(url)
      sources.push(source)
      return source
    },
    wait: time.wait,
    onEvent: (one) => events.push(one),
    onStale: () => (stale += 1),
    onConnection: (isConnected) => connection.push(isConnected),
  })
  const now = () => {
    const source = sources.at(-1)
    if (source === undefined) throw new Error('no stream was opened')
    return source
  }
  const say = (one: FollowedEvent, lastEventId: string) =>
    now().say(one.type, { data: JSON.stringify(one), lastEventId })
  return { time, sources, events, connection, staleTimes: () => stale, following, now, say }
}

test('only topics that accounts get are asked for', () => {
  expect(followedTopics.filter((topic) => !accountTopics.includes(topic))).toEqual([])
})

test('what was read before the stream was open is read again', () => {
  const { now, staleTimes } = follow()
  expect(staleTimes()).toBe(0)
  now().say('open')
  expect(staleTimes()).toBe(1)
})

test('a refused stream is opened again after the last event, and the page asks by itself meanwhile', () => {
  const { time, sources, now, say, connection } = follow()
  now().say('open')
  say(event('backorder.secured', 'one.test'), '7')
  now().readyState = 2
  now().say('error')
  expect(connection).toEqual([true])
  time.pass(5_000)
  expect(connection).toEqual([true, false])
  time.pass(5_000)
  expect(sources).toHaveLength(2)
  expect(now().after).toBe('7')
  now().say('open')
  expect(connection.at(-1)).toBe(true)
})

test('a short break, in which the browser comes back by itself, is none', () => {
  const { time, sources, now, connection } = follow()
  now().say('open')
  now().say('error')
  time.pass(1_000)
  now().say('open')
  time.pass(60_000)
  expect(sources).toHaveLength(1)
  expect(connection).not.toContain(false)
})

test('a window that is not looked at has no stream, and goes on where it was', () => {
  const { time, sources, now, say, following, connection } = follow()
  now().say('open')
  say(event('backorder.secured', 'one.test'), '9')
  following.pause()
  expect(now().readyState).toBe(2)
  time.pass(600_000)
  following.resume()
  following.resume()
  expect(sources).toHaveLength(2)
  expect(now().after).toBe('9')
  expect(connection).not.toContain(false)
})

test('events that are gone make the page read everything again, and it goes on from there', () => {
  const { now, staleTimes, following } = follow()
  now().say('open')
  now().say('resync', { lastEventId: '30' })
  expect(staleTimes()).toBe(2)
  following.pause()
  following.resume()
  expect(now().after).toBe('30')
})

test('a drop with hundreds of events is read again at most every second and a half', () => {
  const time = clock()
  const flushed: number[][] = []
  const events = gather<number>({ ...time, flush: (items) => flushed.push([...items]) })
  for (let number = 0; number < 100; number += 1) {
    events.add(number)
    time.pass(50)
  }
  time.pass(2_000)
  expect(flushed.flat()).toEqual(Array.from({ length: 100 }, (_, number) => number))
  expect(flushed.length).toBeLessThanOrEqual(5)
})

test('an event changes the list, its order and nothing of another', () => {
  expect(changedBy(event('backorder.failed', 'one.test'))).toEqual([
    ['backorder', 'order of one.test'],
    ['registration', 'order of one.test'],
    ['backorders'],
    ['balance'],
  ])
})

test('of an order only the last change is said, its refund beside it', () => {
  const notices = noticesOf([
    event('backorder.registering', 'one.test', 'a'),
    event('backorder.failed', 'one.test', 'b'),
    event('refund.succeeded', 'one.test', 'c'),
    event('backorder.held', 'two.test', 'd'),
  ])
  expect(notices.map((notice) => notice.kind === 'one' && notice.text)).toEqual([
    'backorder_failed',
    'refund_succeeded',
  ])
})

test('what is said of an order again takes the place of what was said before', () => {
  const [dropping] = noticesOf([event('backorder.registering', 'one.test', 'a')])
  const [other] = noticesOf([event('backorder.registering', 'two.test', 'b')])
  const [won] = noticesOf([event('backorder.successful', 'one.test', 'c')])
  if (dropping === undefined || other === undefined || won === undefined) throw new Error('each is said')
  expect(withNotices([dropping, other], [won])).toEqual([other, won])
})

test('of many orders at once it is said how many came to what', () => {
  const names = Array.from({ length: 12 }, (_, index) => `n${index}.test`)
  const notices = noticesOf(
    names.map((name, index) => event(index < 3 ? 'backorder.successful' : 'backorder.failed', name)),
  )
  expect(notices).toEqual([
    {
      kind: 'many',
      id: 'n11.test',
      counts: [
        ['backorder_successful', 3],
        ['backorder_failed', 9],
      ],
    },
  ])
})
