import type { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followLiveChanges, isAffected } from '../../src/api/live-changes.ts'

test.each([
  [['backorders', 'getList', {}], { resource: 'backorders', ids: ['a'] }, true],
  [['backorders', 'getOne', { id: 'a' }], { resource: 'backorders', ids: ['a'] }, true],
  [['backorders', 'getOne', { id: 'b' }], { resource: 'backorders', ids: ['a'] }, false],
  [['backorders', 'getOne', { id: 'b' }], { resource: 'backorders' }, true],
  [['backorders/a/attempts', 'getList', {}], { resource: 'backorders', ids: ['a'] }, true],
  [['backorders/b/attempts', 'getList', {}], { resource: 'backorders', ids: ['a'] }, false],
  [['refunds', 'getList', {}], { resource: 'backorders', ids: ['a'] }, false],
  [['backorders', 'record', { id: 'a' }], { resource: 'backorders', ids: ['a'] }, true],
  [['backorders', 'record', { id: 'b' }], { resource: 'backorders', ids: ['a'] }, false],
  [['registries/r/order-of-service', 'getList', {}], { resource: 'order-of-service' }, true],
  [['registries', 'getList', {}], { resource: 'order-of-service' }, false],
] as const)('a query %j is affected by a change %j: %s', (key, changed, affected) => {
  expect(isAffected(key, changed)).toBe(affected)
})

/** A stream that the test speaks for. */
class Stream extends EventTarget {
  readyState = 1
  close(): void {
    this.readyState = 2
  }
  say(type: string, data?: unknown): void {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }))
  }
}

const streams: Stream[] = []
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
const states: boolean[] = []
let reads: (readonly string[])[]
let end: () => void

const shown = [['today'], ['backorders', 'getList', {}], ['drop-room']] as const

beforeEach(() => {
  vi.useFakeTimers()
  streams.length = 0
  states.length = 0
  reads = []
  page.visibilityState = 'visible'
  const invalidateQueries: QueryClient['invalidateQueries'] = async (filters) => {
    const { predicate } = filters ?? {}
    // Of a query only its key is looked at.
    const asked = shown.filter((queryKey) => predicate === undefined || predicate({ queryKey } as never))
    reads.push(asked.map(([resource]) => resource))
  }
  end = followLiveChanges({
    queries: { invalidateQueries },
    connect: () => {
      const stream = new Stream()
      streams.push(stream)
      return stream
    },
    document: page,
    onState: (isLive) => states.push(isLive),
  })
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

test('what changes is read at once, and lists no more than every two seconds while changes keep coming', () => {
  streams[0]?.say('open')
  for (let count = 0; count < 10; count += 1) {
    streams[0]?.say('changes', [{ resource: 'backorders', ids: ['a'] }])
    vi.advanceTimersByTime(300)
  }
  expect(reads).toEqual([
    ['today', 'backorders', 'drop-room'],
    ['today', 'backorders', 'drop-room'],
  ])
})

test('nothing is polled while the stream is up; while it is away all is read every half minute, and it says so', () => {
  streams[0]?.say('open')
  vi.advanceTimersByTime(300_000)
  expect(reads).toEqual([])
  streams[0]?.say('error')
  expect(states).toEqual([true, false])
  vi.advanceTimersByTime(60_000)
  expect(reads).toHaveLength(2)
  streams[0]?.say('open')
  expect(states).toEqual([true, false, true])
  expect(reads).toHaveLength(3)
})

test('a refused stream is opened again, and one that ends with its session has everything read, which leads to the sign-in', () => {
  streams[0]?.say('open')
  streams[0]?.say('ended')
  expect(streams[0]?.readyState).toBe(2)
  expect(reads).toHaveLength(1)
})

test('after what was missed everything is read', () => {
  streams[0]?.say('open')
  streams[0]?.say('resync', {})
  expect(reads).toEqual([['today', 'backorders', 'drop-room']])
})

test('a window that nobody sees gives its stream up, and reads everything when it is seen again', () => {
  streams[0]?.say('open')
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  vi.advanceTimersByTime(60_000)
  expect(streams[0]?.readyState).toBe(2)
  expect(reads).toEqual([])
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  streams[1]?.say('open')
  expect(reads).toHaveLength(1)
})
