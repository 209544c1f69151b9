import { expect, test } from 'vitest'
import type { PoolEvent } from '../src/pool/answer.ts'
import { Backoff } from '../src/pool/failures.ts'
import { SessionSupervisor, type SupervisedSession } from '../src/pool/session-supervisor.ts'
import type { SessionState } from '../src/session/dialect.ts'
import { SessionRefused } from '../src/session/open.ts'
import { fakeClock } from './support/fake-clock.ts'

type Fake = SupervisedSession & { state: SessionState; confirm(): void; end(code?: number): void }

/** A supervisor for whose sessions the test decides when they are opened, refused and ended. */
function supervisorOf(sessionsMax: number) {
  const clock = fakeClock()
  const events: PoolEvent[] = []
  const opening: { accept(): Fake; refuse(code?: number): void }[] = []
  const supervisor = new SessionSupervisor<Fake>({
    clock,
    pauses: new Backoff(() => 0),
    sessionsMax,
    onEvent: (event) => events.push(event),
    onChange: () => {},
    open: (onEnd) => {
      const { promise, resolve, reject } = Promise.withResolvers<Fake>()
      opening.push({
        accept: () => {
          const gone = Promise.withResolvers<void>()
          const end = (code?: number) => {
            session.state = 'closed'
            onEnd(session, 'ended', code)
          }
          const session: Fake = { state: 'ready', gone: gone.promise, confirm: gone.resolve, end }
          resolve(session)
          return session
        },
        refuse: (code) => reject(new SessionRefused('refused', Promise.resolve(), code)),
      })
      return promise
    },
  })
  return { clock, supervisor, opening, events }
}

/** Processes pending promises. */
const flushPromises = () => new Promise<void>((resolve) => setImmediate(resolve))

test('a session whose close is not confirmed still counts', async () => {
  const { clock, supervisor, opening } = supervisorOf(2)
  supervisor.fill()
  const first = opening.splice(0)[0]?.accept()
  await flushPromises()
  opening.splice(0)[0]?.accept()
  await flushPromises()
  first?.end()
  clock.advance(60_000)
  await flushPromises()
  expect(opening).toHaveLength(0)
  expect(supervisor.counted).toEqual({ ready: 1, opening: 0, leaving: 1 })
  first?.confirm()
  await flushPromises()
  expect(opening).toHaveLength(1)
})

test('a predecessor’s sessions count until the registry must have dropped them', async () => {
  const { clock, supervisor, opening } = supervisorOf(3)
  supervisor.inherit(2, 5_000)
  supervisor.fill()
  opening.splice(0)[0]?.accept()
  await flushPromises()
  expect(opening).toHaveLength(0)
  clock.advance(5_000)
  expect(opening).toHaveLength(2)
})

test('2502 at login leaves the sessions that are open and tries one more only after a while', async () => {
  const { clock, supervisor, opening, events } = supervisorOf(3)
  supervisor.fill()
  opening.splice(0)[0]?.accept()
  await flushPromises()
  const [second, third] = opening.splice(0)
  second?.accept()
  await flushPromises()
  third?.refuse(2502)
  await flushPromises()
  expect(events).toContainEqual({ kind: 'sessions_reduced', target: 2 })
  clock.advance(29_999)
  expect(opening).toHaveLength(0)
  clock.advance(1)
  expect(opening).toHaveLength(1)
})

test.each([2200, 2501])('after %i at login no further login is tried, and only one was', async (code) => {
  const { clock, supervisor, opening, events } = supervisorOf(100)
  supervisor.fill()
  expect(opening).toHaveLength(1)
  opening.splice(0)[0]?.refuse(code)
  await flushPromises()
  clock.advance(86_400_000)
  expect(opening).toHaveLength(0)
  expect(events.at(-1)).toMatchObject({ kind: 'alarm', code })
  expect(supervisor.stopped).toBe('refused')
})

test('a first login that hangs delays the other sessions for seconds only', async () => {
  const { clock, supervisor, opening } = supervisorOf(3)
  supervisor.fill()
  clock.advance(2_999)
  expect(opening).toHaveLength(1)
  clock.advance(1)
  expect(opening).toHaveLength(3)
})

test('after repeated refusals the attempts become less frequent', async () => {
  const { clock, supervisor, opening } = supervisorOf(1)
  supervisor.fill()
  let attempts = 0
  for (let second = 0; second < 120; second += 1) {
    for (const { refuse } of opening.splice(0)) {
      attempts += 1
      refuse()
    }
    await flushPromises()
    clock.advance(1_000)
  }
  expect(attempts).toBeGreaterThan(5)
  expect(attempts).toBeLessThan(14)
})

test('a session that lived for a while is replaced after the shortest pause, however many ended before', async () => {
  const { clock, supervisor, opening } = supervisorOf(1)
  supervisor.fill()
  for (let cut = 0; cut < 10; cut += 1) {
    const session = opening.splice(0)[0]?.accept()
    await flushPromises()
    clock.advance(1_000)
    session?.end()
    session?.confirm()
    await flushPromises()
    clock.advance(250)
    expect(opening).toHaveLength(1)
  }
})

function lengths(random: number): number[] {
  const backoff = new Backoff(() => random)
  return Array.from({ length: 40 }, () => backoff.next())
}

test('pauses double up to a bound, and half of each is random', () => {
  expect(lengths(0).slice(0, 3)).toEqual([250, 500, 1000])
  expect(lengths(0).at(-1)).toBe(15_000)
  expect(Math.max(...lengths(0.999))).toBeLessThanOrEqual(30_000)
})
