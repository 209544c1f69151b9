import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { createWakeUp } from '../../src/events/feed.ts'

/** Nothing that a test waits for comes so late. */
const NEVER_MS = 3_600_000
const never = new AbortController().signal

test('everybody who waits is woken', async () => {
  const wakeUp = createWakeUp()
  const waiting = [wakeUp.wait(NEVER_MS, never), wakeUp.wait(NEVER_MS, never)]
  wakeUp.wake()
  await Promise.all(waiting)
})

test('a wake-up that nobody waits for is kept for the next, once', async () => {
  const wakeUp = createWakeUp()
  wakeUp.wake()
  await wakeUp.wait(NEVER_MS, never)
  const stop = new AbortController()
  const woken = vi.fn<() => void>()
  const waiting = wakeUp.wait(NEVER_MS, stop.signal).then(woken)
  await setImmediate()
  expect(woken).not.toHaveBeenCalled()
  stop.abort()
  await waiting
})

test('who waits goes on when the time is over, or when it is to stop', async () => {
  const wakeUp = createWakeUp()
  await wakeUp.wait(1, never)
  await wakeUp.wait(NEVER_MS, AbortSignal.abort())
})
