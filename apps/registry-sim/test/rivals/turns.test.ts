import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { evenTurns, type Pace, rollingTurns, type Turns } from '../../src/rivals/turns.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const attempt = { kind: 'create', name: 'a.pl' } as const

function pace(commandsPerSecond: number): Pace {
  return {
    commandsPerSecond,
    random: () => 0.5,
    rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}

test('even turns are as far apart as the rate says', async () => {
  const turns = evenTurns(pace(10))
  const at: number[] = []
  const all = Promise.all(
    [1, 2, 3].map(() => turns.take(() => attempt).then(() => at.push(performance.now()))),
  )
  await vi.advanceTimersByTimeAsync(1_000)
  await all
  const [first = 0, second = 0, third = 0] = at
  expect([Math.round(second - first), Math.round(third - second)]).toEqual([100, 100])
})

test('rolling turns come at once, until those of a second are used; a command counts until a second after its answer', async () => {
  const turns = rollingTurns(pace(2))
  const [one, two] = [await turns.take(() => attempt), await turns.take(() => attempt)]
  one?.done()
  two?.done()
  const third = takeUntil(turns)
  await vi.advanceTimersByTimeAsync(900)
  expect(third.isTaken).toBe(false)
  await vi.advanceTimersByTimeAsync(300)
  expect(third.isTaken).toBe(true)
})

/** Asks for a turn again and again. */
function takeUntil(turns: Turns): { readonly isTaken: boolean } {
  const state = { isTaken: false }
  const ask = async (): Promise<void> => {
    while (!state.isTaken) state.isTaken = (await turns.take(() => attempt)) !== undefined
  }
  void ask()
  return state
}

test('rolling turns wait for what is worth it, and return without it after a while', async () => {
  const turns = rollingTurns(pace(2))
  const shares: number[] = []
  const turn = turns.take((usedShare) => {
    shares.push(usedShare)
    return undefined
  })
  await vi.advanceTimersByTimeAsync(200)
  expect(await turn).toBeUndefined()
  expect(shares.length).toBeGreaterThan(10)
})
