import { expect, test } from 'vitest'
import { Lateness } from '../../src/plan/lateness.ts'
import { target } from '../support/target.ts'

const RELEASE_MS = 10_000

/** A name that existed at these times after its instant, and was released by then. */
function end(
  lateness: Lateness,
  id: string,
  { existed, by, isWon = true }: { existed: readonly number[]; by: number; isWon?: boolean },
) {
  const one = target({ id })
  for (const ms of existed) lateness.learn(one, { kind: 'refused', atMs: RELEASE_MS + ms })
  lateness.learn(one, { kind: 'released', byMs: RELEASE_MS + by, isOurs: isWon, isWon })
}

const aimOf = (lateness: Lateness) => {
  const aim = lateness.aimOf(target())
  return aim && { soonest: aim.soonestMs - RELEASE_MS, surely: aim.surelyMs - RELEASE_MS }
}

test('between what was refused and what was won the next name is tried', () => {
  const lateness = new Lateness()
  end(lateness, 'a', { existed: [1], by: 41 })
  expect(aimOf(lateness)).toEqual({ soonest: 21, surely: 41 })
  end(lateness, 'b', { existed: [], by: 21 })
  expect(aimOf(lateness)).toEqual({ soonest: 11, surely: 21 })
})

test('names that rivals got on time do not make their zone late, however long they were tried', () => {
  const lateness = new Lateness()
  for (const id of ['a', 'b', 'c']) end(lateness, id, { existed: [5_000, 20_000], by: 50, isWon: false })
  expect(lateness.expectedMs(target())).toBeUndefined()
  expect(aimOf(lateness)).toBeUndefined()
})

test('one name that is held back for a moment moves no other', () => {
  const lateness = new Lateness()
  end(lateness, 'a', { existed: [], by: 1 })
  end(lateness, 'b', { existed: [2, 102], by: 152 })
  expect(aimOf(lateness)).toBeUndefined()
})

test('a name that another account of ours got says nothing', () => {
  const lateness = new Lateness()
  end(lateness, 'a', { existed: [3, 8], by: 5, isWon: false })
  expect(aimOf(lateness)).toBeUndefined()
})
