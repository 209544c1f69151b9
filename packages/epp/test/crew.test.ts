import { expect, test } from 'vitest'
import type { PoolEvent } from '../src/pool/answer.ts'
import { Backoff } from '../src/pool/failures.ts'
import { Crew, type Member } from '../src/pool/session-supervisor.ts'
import type { SessionState } from '../src/session/dialect.ts'
import { SessionRefused } from '../src/session/open.ts'
import { fakeClock } from './support/fake-clock.ts'

type Fake = Member & { state: SessionState; confirm(): void; end(code?: number): void }

/** A crew whose sessions are opened, refused and ended by the test. */
function crewOf(sessionsMax: number) {
  const clock = fakeClock()
  const events: PoolEvent[] = []
  const opening: { accept(): Fake; refuse(code?: number): void }[] = []
  const crew = new Crew<Fake>({
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
  return { clock, crew, opening, events }
}

/** Lets settled promises run their course. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('a session whose close is not confirmed still counts', async () => {
  const { clock, crew, opening } = crewOf(2)
  crew.fill()
  const first = opening.splice(0)[0]?.accept()
  await settle()
  opening.splice(0)[0]?.accept()
  await settle()
  first?.end()
  clock.advance(60_000)
  await settle()
  expect(opening).toHaveLength(0)
  expect(crew.counted).toEqual({ ready: 1, opening: 0, leaving: 1 })
  first?.confirm()
  await settle()
  expect(opening).toHaveLength(1)
})

test('a predecessor’s sessions count until the registry must have dropped them', async () => {
  const { clock, crew, opening } = crewOf(3)
  crew.inherit(2, 5_000)
  crew.fill()
  opening.splice(0)[0]?.accept()
  await settle()
  expect(opening).toHaveLength(0)
  clock.advance(5_000)
  expect(opening).toHaveLength(2)
})

test('2502 at login leaves the sessions that are open and tries one more only after a while', async () => {
  const { clock, crew, opening, events } = crewOf(3)
  crew.fill()
  opening.splice(0)[0]?.accept()
  await settle()
  const [second, third] = opening.splice(0)
  second?.accept()
  await settle()
  third?.refuse(2502)
  await settle()
  expect(events).toContainEqual({ kind: 'sessions_reduced', target: 2 })
  clock.advance(29_999)
  expect(opening).toHaveLength(0)
  clock.advance(1)
  expect(opening).toHaveLength(1)
})

test.each([2200, 2501])('after %i at login nobody knocks again, and one alone had knocked', async (code) => {
  const { clock, crew, opening, events } = crewOf(100)
  crew.fill()
  expect(opening).toHaveLength(1)
  opening.splice(0)[0]?.refuse(code)
  await settle()
  clock.advance(86_400_000)
  expect(opening).toHaveLength(0)
  expect(events.at(-1)).toMatchObject({ kind: 'alarm', code })
  expect(crew.stopped).toBe('refused')
})

test('a first login that hangs keeps the other sessions back for seconds and not longer', async () => {
  const { clock, crew, opening } = crewOf(3)
  crew.fill()
  clock.advance(2_999)
  expect(opening).toHaveLength(1)
  clock.advance(1)
  expect(opening).toHaveLength(3)
})

test('a registry that refuses again and again is asked less and less often', async () => {
  const { clock, crew, opening } = crewOf(1)
  crew.fill()
  let attempts = 0
  for (let second = 0; second < 120; second += 1) {
    for (const { refuse } of opening.splice(0)) {
      attempts += 1
      refuse()
    }
    await settle()
    clock.advance(1_000)
  }
  expect(attempts).toBeGreaterThan(5)
  expect(attempts).toBeLessThan(14)
})

test('sessions that served for a while are replaced after the shortest pause, however many were cut before', async () => {
  const { clock, crew, opening } = crewOf(1)
  crew.fill()
  for (let cut = 0; cut < 10; cut += 1) {
    const session = opening.splice(0)[0]?.accept()
    await settle()
    clock.advance(1_000)
    session?.end()
    session?.confirm()
    await settle()
    clock.advance(250)
    expect(opening).toHaveLength(1)
  }
})

function lengths(random: number): number[] {
  const backoff = new Backoff(() => random)
  return Array.from({ length: 40 }, () => backoff.next())
}

test('pauses double, stay bounded, and are half random', () => {
  expect(lengths(0).slice(0, 3)).toEqual([250, 500, 1000])
  expect(lengths(0).at(-1)).toBe(15_000)
  expect(Math.max(...lengths(0.999))).toBeLessThanOrEqual(30_000)
})
