import { expect, test } from 'vitest'
import { pause, runTogether, WakeUp } from '../src/loops.ts'

/** Long enough that only an abort can end it. */
const FOREVER_MS = 86_400_000

const fails = async () => {
  throw new Error('no session')
}

test('when one loop throws, the others are aborted and awaited, and its error is thrown', async () => {
  const ended: string[] = []
  const loop = (name: string) => async (signal: AbortSignal) => {
    await pause(FOREVER_MS, signal)
    await Promise.resolve()
    ended.push(name)
  }
  await expect(runTogether([loop('one'), fails, loop('two')], new AbortController().signal)).rejects.toThrow(
    'no session',
  )
  expect(ended).toEqual(['one', 'two'])
})

test('when one loop ends, or the signal aborts, it resolves after every loop has ended', async () => {
  for (const end of ['by itself', 'by the signal']) {
    const stop = new AbortController()
    let running = 2
    const loop = async (signal: AbortSignal) => {
      await pause(FOREVER_MS, signal)
      running -= 1
    }
    const first = end === 'by itself' ? async () => {} : async () => stop.abort()
    await runTogether([loop, first, loop], stop.signal)
    expect(running).toBe(0)
  }
})

test('a wait that was woken still lets answers be read', async () => {
  const wakeUp = new WakeUp()
  let turns = 0
  const count = () => void (turns += 1)
  for (let number = 0; number < 3; number += 1) {
    wakeUp.wake()
    setImmediate(count)
    await wakeUp.spin(() => false)
  }
  expect(turns).toBe(3)
})
