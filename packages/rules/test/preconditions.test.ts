import { expect, test } from 'vitest'
import { decidePrecondition, type Precondition } from '../src/preconditions.ts'

const isMet = (precondition: Precondition, version: number | undefined) => {
  try {
    decidePrecondition(precondition, version)
    return true
  } catch {
    return false
  }
}

test.each([
  [{ kind: 'absent' }, undefined, true],
  [{ kind: 'absent' }, 1, false],
  [{ kind: 'present' }, 7, true],
  [{ kind: 'present' }, undefined, false],
  [{ kind: 'versions', versions: [2, 3] }, 3, true],
  [{ kind: 'versions', versions: [2, 3] }, 4, false],
  [{ kind: 'versions', versions: [2, 3] }, undefined, false],
] as const)('%j of version %s: %s', (precondition, version, expected) => {
  expect(isMet(precondition, version)).toBe(expected)
})
