import { reasonsToRefuse } from '../run/refuse-result.ts'
import type { GeneratorFacts } from '../run/watch-generator.ts'
import type { Metric, RunData } from './read-run.ts'

export type Verdict = {
  readonly kind: 'passed' | 'crossed' | 'refused'
  /** Why the run is no result. */
  readonly reasons: readonly string[]
  readonly thresholds: readonly ThresholdResult[]
}

export type ThresholdResult = {
  readonly metric: string
  readonly expression: string
  readonly ok: boolean
  /** What the expression is about, such as `p(95)`. Undefined where the summary does not have it. */
  readonly value: number | undefined
}

/** What a run is: passed, failed by a threshold, or no result because its generator was at its limit. */
export function judgeRun(data: RunData): Verdict {
  const thresholds = Object.entries(data.metrics).flatMap(([metric, { thresholds: own = {}, values }]) =>
    Object.entries(own).map(([expression, { ok }]) => ({
      metric,
      expression,
      ok,
      value: values[/^\s*([a-z]+(?:\([\d.]+\))?)/.exec(expression)?.[1] ?? ''],
    })),
  )
  const reasons = reasonsToRefuse(data.generator ?? factsOfK6(data))
  const isCrossed = thresholds.some(({ ok }) => !ok)
  return {
    kind: reasons.length > 0 ? 'refused' : isCrossed ? 'crossed' : 'passed',
    reasons,
    thresholds: thresholds.toSorted((one, other) => Number(one.ok) - Number(other.ok)),
  }
}

/** A generator that takes so much of all cores is at its limit. */
const BUSY_SHARE_OF_MACHINE = 0.9

/** k6 does not tell of its own delays. The scripts measure how late iterations start, and the side-car what k6 takes of the machine. */
function factsOfK6({ metrics, resources, run }: RunData): GeneratorFacts {
  const own = resources.filter(({ app }) => app === 'generator')
  const busy = own.filter(({ cpu }) => cpu >= BUSY_SHARE_OF_MACHINE * run.machine.cores)
  return {
    startLateP99Ms: valueOf(metrics['start_delay'], 'p(99)'),
    eventLoopDelayP99Ms: 0,
    busyShare: own.length === 0 ? 0 : busy.length / own.length,
    droppedIterations: valueOf(metrics['dropped_iterations'], 'count'),
  }
}

function valueOf(metric: Metric | undefined, name: string): number {
  return metric?.values[name] ?? 0
}
