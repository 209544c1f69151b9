import { array, assert, property, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { createNameSet } from '../src/name-set.ts'

test('has what was added and nothing else, as a Set has', () => {
  assert(
    property(array(stringMatching(/^[a-c]{0,3}(\.[a-b]{1,2})?$/), { maxLength: 400 }), (names) => {
      const [ours, set] = [createNameSet(), new Set<string>()]
      for (const name of names) {
        expect(ours.add(name)).toBe(!set.has(name))
        set.add(name)
        expect(ours.size).toBe(set.size)
      }
    }),
  )
})

const nameOf = (index: number) => `${index}.${'x'.repeat(index % 245)}`

test('grows, with names of every length', () => {
  const names = createNameSet()
  for (let index = 0; index < 20_000; index += 1) expect(names.add(nameOf(index))).toBe(true)
  for (let index = 0; index < 20_000; index += 1) expect(names.add(nameOf(index))).toBe(false)
  expect(names.size).toBe(20_000)
})
