import { expect, test } from 'vitest'
import { runDropDay } from '../../bench/dropday/drop-day.ts'

const NAMES = 200

test('on a drop day over processes every name ends as its registry has it, and is notified once by stream and once by webhook', {
  timeout: 180_000,
}, async () => {
  const day = { names: NAMES, seconds: 4, readsPerSecond: 20, cutoffSeconds: 5, durable: false }
  const said: string[] = []
  const output = {
    line: (app: string, text: string) => void said.push(`${app} ${text}`),
    say: (text: string) => void said.push(text),
  }
  const {
    reads,
    readings: { released },
    delays: _delays,
    ...result
  } = await runDropDay(day, output, new AbortController().signal)
  const once = { results: NAMES, repeated: 0 }
  expect(result, said.join('\n')).toMatchObject({
    decided: NAMES,
    wrong: 0,
    limitViolations: 0,
    brokenInvariants: [],
    notified: { stream: once, webhook: once },
  })
  expect(reads.failed).toBe(0)
  // PostgreSQL has no event loop.
  const delays = [...released.processes].filter(([name]) => name !== 'postgres')
  expect(delays.map(([name]) => name)).toEqual([
    'gateway',
    'console-api',
    'worker',
    'catcher',
    'registry-sim',
    'resellers',
  ])
  for (const [name, { loopDelayP99Seconds }] of delays)
    expect(loopDelayP99Seconds, name).toSatisfy(Number.isFinite)
  // Nobody else wants half of the names.
  expect(result.caught).toBeGreaterThanOrEqual(NAMES / 2)
})
