import { expect, test } from 'vitest'
import { mayServe } from '../../src/requests/serve.ts'
import { target } from '../support/target.ts'

const NOW = 15_000
const facts = (targets: Parameters<typeof mayServe>[0]['targets'], lastServedMs = -Infinity) => ({
  targets,
  fireLeadMs: 1_000,
  commandsPerSecondMax: 30,
  lastServedMs,
})

/** Three commands at two hundredths of thirty a second. */
const GAP_MS = 5_000

test('outside fire windows requests are served one after the other', () => {
  const later = target({ phase: 'waiting', dropFromMs: NOW + 1_001 })
  expect(mayServe(facts([later], NOW), NOW)).toBe(true)
})

test.each([
  ['a target fires', target({ phase: 'firing' })],
  ['a target is ambiguous', target({ phase: 'ambiguous' })],
  ['a fire is about to begin', target({ phase: 'waiting', dropFromMs: NOW + 1_000 })],
])('while %s they have their small share and no more', (_, firing) => {
  expect(mayServe(facts([firing]), NOW)).toBe(true)
  expect(mayServe(facts([firing], NOW - GAP_MS + 1), NOW)).toBe(false)
  expect(mayServe(facts([firing], NOW - GAP_MS), NOW)).toBe(true)
})
