import { setTimeout as wait } from 'node:timers/promises'
import { running } from '../k6/context.ts'
import { TestAborted } from '../k6/execution.ts'
import { defineMetric, record } from '../k6/metrics.ts'
import type { Scenario, Shape } from './options.ts'
import type { Entry } from './script.ts'

export type Run = {
  readonly scenario: Scenario
  readonly entry: Entry
  readonly data: unknown
  /** Numbers virtual users over the whole test. */
  readonly newVu: () => number
  /** A line for a person. */
  readonly warn: (line: string) => void
  readonly abort: AbortController
}

/** Errors of iterations that are written one by one; a server that is down needs no million lines. */
const errorsShownMax = 10

/** Runs a scenario to its end, or to the end of its grace. An iteration that throws is reported, and counted like any other. */
export async function runScenario(run: Run): Promise<void> {
  const { startMs, shape } = run.scenario
  await wait(startMs, undefined, { signal: run.abort.signal })
  const iterate = iterator(run)
  const under =
    shape.kind === 'arrivals' ? await arrive(run, shape, iterate) : await repeat(run, shape, iterate)
  await Promise.race([Promise.all(under), wait(run.scenario.gracefulMs, undefined, { ref: false })])
}

type Vu = { readonly id: number; iterations: number }
type Iterate = (vu: Vu) => Promise<void>

/** Starts iterations when they are due, whether or not those before have ended (an open model); without a free user one is dropped. */
async function arrive(run: Run, shape: Extract<Shape, { kind: 'arrivals' }>, iterate: Iterate) {
  const dropped = defineMetric('dropped_iterations', 'counter')
  const free: Vu[] = Array.from({ length: shape.vusMax }, () => ({ id: run.newVu(), iterations: 0 }))
  const under = new Set<Promise<void>>()
  const startedMs = performance.now()
  for (const dueMs of arrivalTimes(shape)) {
    const aheadMs = startedMs + dueMs - performance.now()
    if (aheadMs > 1) await wait(aheadMs, undefined, { signal: run.abort.signal })
    const vu = free.pop()
    if (vu === undefined) {
      record(dropped, 1)
      continue
    }
    const iteration = iterate(vu).finally(() => {
      free.push(vu)
      under.delete(iteration)
    })
    under.add(iteration)
  }
  return under
}

/** Users that start the next iteration when the last has ended (a closed model), until all are done or time is up. */
async function repeat(run: Run, shape: Extract<Shape, { kind: 'iterations' }>, iterate: Iterate) {
  const endMs = performance.now() + shape.lastsMs
  let left = shape.total
  const user = async () => {
    const vu = { id: run.newVu(), iterations: 0 }
    while (left > 0 && performance.now() < endMs && !run.abort.signal.aborted) {
      left -= 1
      await iterate(vu)
    }
  }
  const users = Array.from({ length: shape.vus }, user)
  await Promise.race([
    Promise.all(users),
    wait(shape.lastsMs, undefined, { ref: false, signal: run.abort.signal }),
  ])
  return users
}

function iterator({ scenario, entry, data, warn, abort }: Run): Iterate {
  const startedAtMs = Date.now()
  const [iterations, durations] = [
    defineMetric('iterations', 'counter'),
    defineMetric('iteration_duration', 'trend', true),
  ]
  let count = 0
  let errors = 0
  return async (vu) => {
    const iteration = {
      vu: vu.id,
      iterationInVu: vu.iterations++,
      iterationInScenario: count++,
      scenario: scenario.name,
      executor: scenario.executor,
      startedAtMs,
      tags: { ...scenario.tags, scenario: scenario.name },
    }
    const fromMs = performance.now()
    await running.run(iteration, async () => {
      try {
        await entry(structuredClone(data))
      } catch (error) {
        if (error instanceof TestAborted) abort.abort(error)
        else if (errors++ < errorsShownMax) warn(`iteration failed: ${String(error)}`)
      }
      record(durations, performance.now() - fromMs)
      record(iterations, 1)
    })
  }
}

type Arrivals = Extract<Shape, { kind: 'arrivals' }>

/**
 * When iterations start, in milliseconds since the scenario's own start. In a stage the rate goes in a straight line from
 * the one before to its own, so n(t) = r₀·t + (r₁ − r₀)·t² / 2d iterations have started after t; the n-th starts where
 * that passes n.
 */
export function* arrivalTimes({ startRate, stages }: Arrivals): Generator<number> {
  let from = startRate
  let stageStartMs = 0
  let next = 0
  let before = 0
  for (const { rate, lastsMs } of stages) {
    const seconds = lastsMs / 1_000
    const after = before + ((from + rate) / 2) * seconds
    for (; next < after; next += 1) yield stageStartMs + 1_000 * timeOf(next - before, from, rate, seconds)
    before = after
    from = rate
    stageStartMs += lastsMs
  }
}

/** The time at which so many have started: the root of n(t) − count. */
function timeOf(count: number, from: number, to: number, seconds: number): number {
  const slope = (to - from) / seconds
  if (slope === 0) return count / from
  return (Math.sqrt(from * from + 2 * slope * count) - from) / slope
}
