import { expect, test } from 'vitest'
import { afterExit } from '../../src/launch/restart.ts'

test('pauses double up to five seconds, and the sixth failure in a row is the last', () => {
  const waits: number[] = []
  let failures = 0
  for (;;) {
    const next = afterExit(failures, 0)
    failures = next.failures
    if (next.kind === 'give_up') break
    waits.push(next.waitMs)
  }
  expect(waits).toEqual([200, 400, 800, 1_600, 3_200])
  expect(failures).toBe(6)
})

test('an app that ran well for half a minute starts afresh', () => {
  expect(afterExit(5, 30_000)).toEqual({ kind: 'restart', failures: 1, waitMs: 200 })
})
