import type { TrustCell, TrustResult } from '@droplock/core/testing/trust-result'
import { expect, test } from 'vitest'
import { type Part, sumUp } from '../../src/trust/sum-up.ts'

const cell: TrustCell = { fault: 'kill -9', step: 'pay', runs: 3, violations: [] }
const good: TrustResult = {
  trust: 'crash',
  cells: [cell, { ...cell, step: 'place', runs: 2 }],
  controls: [{ name: 'asynchronous commit', caught: true }],
  kills: 5,
  simulatedFaults: 7,
}

const part = (name: string, result: TrustResult | undefined, exitCode = 0): Part => ({
  name,
  exitCode,
  result,
  seconds: 1.5,
})

test('the figures of all parts are added up', () => {
  expect(sumUp([part('one', good), part('two', good)])).toEqual({
    parts: 2,
    failed: [],
    runs: 10,
    violations: 0,
    controls: 2,
    controls_caught: 2,
    kills: 10,
    simulated_faults: 14,
    seconds: 3,
  })
})

test('a part fails that found a violation, missed a protection that was taken away, tried nothing, died, or said nothing', () => {
  const parts = {
    good: part('good', good),
    violation: part('violation', { ...good, cells: [{ ...cell, violations: ['an order is lost'] }] }),
    uncaught: part('uncaught', { ...good, controls: [{ name: 'a lease check', caught: false }] }),
    idle: part('idle', { ...good, cells: [] }),
    died: part('died', good, 1),
    silent: part('silent', undefined),
  }
  expect(sumUp(Object.values(parts))).toMatchObject({
    failed: ['violation', 'uncaught', 'idle', 'died', 'silent'],
    violations: 1,
    controls_caught: 4,
    controls: 5,
  })
})
