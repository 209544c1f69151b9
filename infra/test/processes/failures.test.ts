import { expect, test } from 'vitest'
import { afterExit } from '../../src/processes/identity.ts'
import { missesAfter, watchAnswers } from '../../src/processes/watch-answers.ts'

const patience = { everyMs: 1_000, answerMsMax: 3_000, missesMax: 5 }

test('questions without an answer are counted, and an answer resets the count', () => {
  expect(missesAfter(3, { answered: false, tookMs: 4_000 }, patience)).toBe(4)
  expect(missesAfter(3, { answered: true, tookMs: 1_010 }, patience)).toBe(0)
})

test('a launcher that was frozen itself counts none of its questions, nor those before', () => {
  expect(missesAfter(4, { answered: false, tookMs: 3_600_000 }, patience)).toBe(0)
})

test('a process that does not answer is reported after so many questions, each with its own time limit', async () => {
  const short = { everyMs: 1, answerMsMax: 20, missesMax: 3 }
  let asked = 0
  const ask = (signal: AbortSignal) => {
    asked += 1
    if (asked === 2) return Promise.resolve()
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const silentMs = await watchAnswers(ask, short, new AbortController().signal)
  expect(asked).toBe(5)
  expect(silentMs).toBeGreaterThanOrEqual(60)
})

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
