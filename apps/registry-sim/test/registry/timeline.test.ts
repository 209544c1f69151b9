import { expect, test } from 'vitest'
import { between, stream } from '../../src/random.ts'
import { advance, makeTimeline, plan } from '../../src/registry/timeline.ts'

test('ten thousand events planned in any order happen in the order of time, those of one instant as planned', () => {
  const timeline = makeTimeline()
  const random = stream(3, 'timeline')
  const planned = Array.from({ length: 10_000 }, (_, order) => ({ atMs: between(random, 0, 500), order }))
  const happened: typeof planned = []
  for (const event of planned) plan(timeline, event.atMs, () => happened.push(event))
  for (let nowMs = 0; nowMs <= 500; nowMs += 37) {
    advance(timeline, nowMs)
    expect(happened.every(({ atMs }) => atMs <= nowMs)).toBe(true)
  }
  advance(timeline, 500)
  expect(happened).toEqual(planned.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order))
})

test('an event planned by an event happens in the same look when it is due', () => {
  const timeline = makeTimeline()
  const happened: number[] = []
  plan(timeline, 10, (atMs) => {
    happened.push(atMs)
    plan(timeline, atMs + 5, (laterMs) => happened.push(laterMs))
    plan(timeline, atMs + 50, (laterMs) => happened.push(laterMs))
  })
  advance(timeline, 20)
  expect(happened).toEqual([10, 15])
})
