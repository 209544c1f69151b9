import { setTimeout as wait } from 'node:timers/promises'
import { running } from '../k6/context.ts'
import { TestAborted } from '../k6/execution.ts'
import { defineMetric, record } from '../k6/metrics.ts'
import { arrivalTimes } from './arrivals.ts'
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
  /** Gets how much later than due each iteration starts. Milliseconds. */
  readonly late: (lateMs: number) => void
}

/** Errors of iterations that are written one by one; a server that is down needs no million lines. */
const errorsShownMax = 10

/**
 * Runs a scenario to its end, or to the end of its grace. Rejects when the run is aborted. An iteration that throws is
 * reported, and counted like any other.
 */
export async function runScenario(run: Run): Promise<void> {
  const { startMs, shape } = run.scenario
  await wait(startMs, undefined, { signal: run.abort.signal })
  const iterate = iterator(run)
  const under =
    shape.kind === 'arrivals' ? await arrive(run, shape, iterate) : await repeat(run, shape, iterate)
  const grace = wait(run.scenario.gracefulMs, undefined, { ref: false, signal: run.abort.signal })
  await Promise.race([Promise.all(under), grace])
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
    run.late(Math.max(0, performance.now() - startedMs - dueMs))
    const vu = free.pop()
    if (vu === undefined) {
      record(dropped, 1, tagsOf(run.scenario))
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

const tagsOf = ({ name, tags }: Scenario) => ({ ...tags, scenario: name })

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
      tags: tagsOf(scenario),
    }
    const fromMs = performance.now()
    await running.run(iteration, async () => {
      try {
        await entry(data)
      } catch (error) {
        if (error instanceof TestAborted) abort.abort(error)
        else if (errors++ < errorsShownMax) warn(`iteration failed: ${String(error)}`)
      }
      record(durations, performance.now() - fromMs)
      record(iterations, 1)
    })
  }
}
