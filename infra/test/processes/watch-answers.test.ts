import { expect, test } from 'vitest'
import { missesAfter, watchAnswers } from '../../src/processes/watch-answers.ts'

const patience = { everyMs: 1_000, answerMsMax: 3_000, missesMax: 5 }

test('questions without an answer are counted, and an answer begins anew', () => {
  expect(missesAfter(3, { answered: false, tookMs: 4_000 }, patience)).toBe(4)
  expect(missesAfter(3, { answered: true, tookMs: 1_010 }, patience)).toBe(0)
})

test('an asker that was frozen itself forgives what it asked meanwhile, and before', () => {
  expect(missesAfter(4, { answered: false, tookMs: 3_600_000 }, patience)).toBe(0)
})

test('what does not answer is told after so many questions, each of which has its time', async () => {
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
