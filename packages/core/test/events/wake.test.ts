import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { createWakeUp } from '../../src/events/feed.ts'

/** Nothing that a test waits for comes so late. */
const NEVER_MS = 3_600_000
const never = new AbortController().signal

test('wake wakes every waiter', async () => {
  const wakeUp = createWakeUp()
  const waiting = [wakeUp.wait(NEVER_MS, never), wakeUp.wait(NEVER_MS, never)]
  wakeUp.wake()
  await Promise.all(waiting)
})

test('a wake without a waiter is kept for the next one, once', async () => {
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

test('a waiter continues after its time, or when it is aborted', async () => {
  const wakeUp = createWakeUp()
  await wakeUp.wait(1, never)
  await wakeUp.wait(NEVER_MS, AbortSignal.abort())
})
