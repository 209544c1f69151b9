import { expect, test } from 'vitest'
import type { TimelineEntry } from '../src/api/types.ts'
import { foldAttempts } from '../src/backorders/fold-attempts.ts'

const attempt = (cltrid: string, code: number, command = 'create'): TimelineEntry => ({
  kind: 'attempt',
  at: '2026-02-15T13:00:00.000Z',
  command,
  outcome: 'answered',
  code,
  registry_account_id: 'sim-1',
  cltrid,
  decided: false,
})
const decided: TimelineEntry = { kind: 'decided', at: '2026-02-15T13:00:01.000Z', state: 'successful' }

test('consecutive attempts with the same answer are one line, in order, and none is lost', () => {
  const timeline = [attempt('a', 2302), attempt('b', 2302), attempt('c', 1000), decided]
  const lines = foldAttempts(timeline)
  expect(
    lines.map((line) => (line.kind === 'attempts' ? line.attempts.map(({ cltrid }) => cltrid) : line.kind)),
  ).toEqual([['a', 'b'], ['c'], 'entry'])
})

test('another command, another code or an entry between starts a new line', () => {
  const timeline = [
    attempt('a', 2302),
    attempt('b', 2302, 'info'),
    attempt('c', 2400, 'info'),
    decided,
    attempt('d', 2400, 'info'),
  ]
  expect(foldAttempts(timeline)).toHaveLength(5)
})

test('the attempt that decided the outcome has its own line', () => {
  const deciding = { ...attempt('b', 2302), decided: true } as TimelineEntry
  const lines = foldAttempts([attempt('a', 2302), deciding, attempt('c', 2302)])
  expect(lines.map((line) => (line.kind === 'attempts' ? line.attempts.length : 0))).toEqual([1, 1, 1])
})
