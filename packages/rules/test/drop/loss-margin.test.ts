import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LossWindow, lossMargin, lossWindow } from '../../src/drop/loss-margin.ts'

const exact = { offsetMs: 0, errorMs: 0 }
const at = (ms: number) => new Date(Date.UTC(2026, 10, 29, 12) + ms)

/** A create that was sent, handled and answered at these times of the registry's clock, which is `offsetMs` ahead of ours. */
type Create = { readonly sentMs: number; readonly handledMs: number; readonly answeredMs: number }

/** As the evidence has it: by our clock, cut to milliseconds, the answer's time by the round trip. */
function recorded({ sentMs, answeredMs }: Create, offsetMs: number) {
  const sentAt = new Date(Math.floor(sentMs - offsetMs))
  return { sentAt, answeredAt: new Date(sentAt.getTime() + (answeredMs - sentMs)) }
}

function marginOf(window: LossWindow, creates: readonly Create[], offsetMs: number) {
  const known = creates.map((create) => recorded(create, offsetMs))
  const possible = known.filter(({ answeredAt }) => answeredAt > window.possibleAfter)
  const certain = known.filter(({ sentAt }) => sentAt >= window.certainFrom)
  const [first] = possible.toSorted((one, other) => one.sentAt.getTime() - other.sentAt.getTime())
  const [judged] = certain.toSorted((one, other) => one.answeredAt.getTime() - other.answeredAt.getTime())
  if (first === undefined || judged === undefined) return null
  return lossMargin(window, { possibleSentAt: first.sentAt, certainAnsweredAt: judged.answeredAt })
}

test('with a date in milliseconds and an exact clock, a loss is known to a round trip', () => {
  const window = lossWindow({ createdAt: at(100.5), clock: exact })
  const next = { possibleSentAt: at(120), certainAnsweredAt: at(130) }
  expect(lossMargin(window, next)).toEqual({ minMs: 19, maxMs: 32 })
})

test('with a date in whole seconds nothing below a tenth of a second is said', () => {
  const window = lossWindow({ createdAt: at(0), clock: exact })
  const next = { possibleSentAt: at(1_234), certainAnsweredAt: at(1_256) }
  expect(lossMargin(window, next)).toEqual({ minMs: 200, maxMs: 1_300 })
})

test('the error of the clock widens the interval on both sides', () => {
  const window = lossWindow({ createdAt: at(100.5), clock: { offsetMs: 0, errorMs: 20 } })
  const next = { possibleSentAt: at(160), certainAnsweredAt: at(170) }
  expect(lossMargin(window, next)).toEqual({ minMs: 39, maxMs: 92 })
})

test('a create on a later day says nothing', () => {
  const window = lossWindow({ createdAt: at(0), clock: exact })
  const later = at(2 * 86_400_000)
  expect(lossMargin(window, { possibleSentAt: later, certainAnsweredAt: later })).toBeNull()
})

test('the winner was registered before the answer that showed it, also where its date is in whole seconds', () => {
  const { winner } = lossWindow({ createdAt: at(0), shownAt: at(300), clock: exact })
  expect(winner.toMs - winner.fromMs).toBe(302)
})

test('a create that may have been handled before or after the winner’s leaves open whether it was lost by anything', () => {
  const window = lossWindow({ createdAt: at(100), clock: exact })
  const creates = [
    { sentMs: at(95).getTime(), handledMs: at(97).getTime(), answeredMs: at(105).getTime() },
    { sentMs: at(200).getTime(), handledMs: at(205).getTime(), answeredMs: at(210).getTime() },
  ]
  expect(marginOf(window, creates, 0)?.minMs).toBe(0)
})

/** Durations in tenths of a millisecond, so that nothing falls on whole ones by itself. */
const tenthsMs = (minMs: number, maxMs: number) =>
  fc.integer({ min: 10 * minMs + 1, max: 10 * maxMs }).map((tenths) => tenths / 10)
const durationMs = (maxMs: number) => tenthsMs(0, maxMs)

const create: fc.Arbitrary<Create> = fc
  .record({
    sent: tenthsMs(-3_000, 5_000),
    there: durationMs(300),
    back: durationMs(300),
  })
  .map(({ sent, there, back }) => ({
    sentMs: at(0).getTime() + sent,
    handledMs: at(0).getTime() + sent + there,
    answeredMs: at(0).getTime() + sent + there + back,
  }))

test('whatever the clock, its error, the round trips and the registry’s digits are, the true margin lies in the interval', () => {
  let known = 0
  fc.assert(
    fc.property(
      fc.array(create, { minLength: 5, maxLength: 40 }),
      tenthsMs(0, 1_500),
      fc.boolean(),
      tenthsMs(-5_000, 5_000),
      durationMs(200),
      tenthsMs(-1, 1),
      fc.option(durationMs(2_000), { nil: undefined }),
      (creates, wonAfterMs, inSeconds, offsetMs, errorMs, offBy, shownAfterMs) => {
        const wonMs = at(0).getTime() + wonAfterMs
        const step = inSeconds ? 1_000 : 1
        const createdAt = new Date(step * Math.floor(wonMs / step))
        const clock = { offsetMs: offsetMs + offBy * errorMs, errorMs }
        const shownAt =
          shownAfterMs === undefined ? undefined : new Date(Math.floor(wonMs + shownAfterMs - offsetMs))
        const margin = marginOf(lossWindow({ createdAt, shownAt, clock }), creates, offsetMs)
        const after = creates.filter(({ handledMs }) => handledMs > wonMs).map(({ handledMs }) => handledMs)
        if (margin === null) return
        known += 1
        const trueMs = Math.min(...after) - wonMs
        expect(margin.minMs).toBeLessThanOrEqual(trueMs)
        expect(margin.maxMs).toBeGreaterThanOrEqual(trueMs)
      },
    ),
    { numRuns: 3_000 },
  )
  expect(known).toBeGreaterThan(1_000)
})
