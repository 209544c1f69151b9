import { expect, test } from 'vitest'
import { afterExit } from '../../src/processes/identity.ts'

test('pauses double up to half a minute', () => {
  const waits: number[] = []
  for (let failures = 0; failures < 10; ) {
    const next = afterExit(failures, 0)
    failures = next.failures
    waits.push(next.waitMs)
  }
  expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
})

test('what ran well for half a minute starts afresh', () => {
  expect(afterExit(5, 30_000)).toEqual({ failures: 1, waitMs: 200 })
})
