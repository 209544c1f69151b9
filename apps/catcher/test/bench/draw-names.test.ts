import { expect, test } from 'vitest'
import { drawNames, namesFor } from '../../bench/catch/draw-names.ts'
import { drawMinutes, orderOfLoading } from '../../bench/catch/draw-updates.ts'
import { scenarioNames, scenarios } from '../../bench/catch/scenarios.ts'

test.each(scenarioNames)('%s has as many names for us as for each rival, the same for a seed', (name) => {
  const names = drawNames(scenarios[name], 3)
  const { contested, alone, nobodys } = scenarios[name].names
  expect(names).toHaveLength(contested + 4 * alone + nobodys)
  expect(new Set(names.map(({ label }) => label)).size).toBe(names.length)
  for (const clid of ['droplock', 'rival-a', 'rival-b', 'rival-c'])
    expect(namesFor(names, clid)).toHaveLength(contested + alone)
  expect(drawNames(scenarios[name], 3)).toEqual(names)
  expect(drawNames(scenarios[name], 4)).not.toEqual(names)
})

test('names sorted by update, then by when they were loaded, are in the order of release; loading alone is another order', () => {
  const minutes = drawMinutes(100, 5)
  const loaded = orderOfLoading(minutes, 5)
  const slotOf = new Map(loaded.map((index, slot) => [index, slot]))
  const inOrder = [...minutes.keys()].toSorted(
    (one, other) =>
      (minutes[one] ?? 0) - (minutes[other] ?? 0) || (slotOf.get(one) ?? 0) - (slotOf.get(other) ?? 0),
  )
  expect(inOrder).toEqual([...minutes.keys()])
  expect(loaded).not.toEqual(inOrder)
  expect(loaded.toSorted((one, other) => one - other)).toEqual(inOrder)
  expect(new Set(minutes).size).toBeLessThan(minutes.length)
})
