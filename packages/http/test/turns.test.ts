import { Refusal } from '@droplock/rules/refusals'
import { expect, test } from 'vitest'
import { openTurns } from '../src/turns.ts'

const busy = () => new Refusal('unavailable', 'busy')

test('so many have a turn at once, so many wait in their order, and the rest are refused at once', async () => {
  const turns = openTurns({ atOnceMax: 2, waitingMax: 3 }, busy)
  const began: number[] = []
  const ends = new Map<number, () => void>()
  const asked = Array.from({ length: 8 }, async (_, who) => {
    ends.set(who, await turns.take())
    began.push(who)
  })
  const results = await Promise.race([Promise.allSettled(asked), Promise.allSettled(asked.slice(5))])
  expect(results.every(({ status }) => status === 'rejected')).toBe(true)
  expect(began).toEqual([0, 1])
  for (const [who, next] of [
    [1, 2],
    [0, 3],
    [2, 4],
  ] as const) {
    ends.get(who)?.()
    // A turn ends once, however often it is said.
    ends.get(who)?.()
    await asked[next]
    expect(began.at(-1)).toBe(next)
  }
  ends.get(3)?.()
  ends.get(4)?.()
  const free = await Promise.all([turns.take(), turns.take()])
  expect(free).toHaveLength(2)
})

test('no source has more turns than the limit, and others have theirs meanwhile', async () => {
  const turns = openTurns({ atOnceMax: 10, waitingMax: 0, ofOneMax: 2 }, busy)
  const [end] = await Promise.all([turns.take('ann'), turns.take('ann')])
  await expect(turns.take('ann')).rejects.toMatchObject({ code: 'unavailable' })
  await turns.take('bob')
  end()
  await turns.take('ann')
})
