import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { createSink } from './sinks.ts'

/** How busy the generator itself was, from which it is judged whether its figures are those of the server. */
export type GeneratorFacts = {
  /** How much later than due iterations started. Milliseconds. */
  readonly startLateP99Ms: number
  readonly eventLoopDelayP99Ms: number
  /** Of the seconds of the run, the share in which its thread was busy nearly all the time. */
  readonly busyShare: number
  readonly droppedIterations: number
}

export type GeneratorWatch = {
  readonly late: (lateMs: number) => void
  /** Ends it. */
  readonly facts: () => Omit<GeneratorFacts, 'droppedIterations'>
}

const LOOK_EVERY_MS = 1_000
/** A thread that does something for so much of a second has nothing left to start requests on time with. */
const BUSY_UTILIZATION = 0.9
/** Node checks the delay with a timer of this period, which is a part of what it reports. */
const RESOLUTION_MS = 5
const NS_PER_MS = 1e6

/** Watches the thread that sends the requests, from now on. */
export function watchGenerator(): GeneratorWatch {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  const lateness = createSink('trend')
  let [seconds, busy] = [0, 0]
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    seconds += 1
    if (performance.eventLoopUtilization(now, before).utilization >= BUSY_UTILIZATION) busy += 1
    before = now
  }, LOOK_EVERY_MS)
  timer.unref()
  return {
    late: lateness.add,
    facts: () => {
      clearInterval(timer)
      delays.disable()
      return {
        startLateP99Ms: lateness.valueOf('p(99)', 0),
        eventLoopDelayP99Ms: Math.max(0, delays.percentile(99) / NS_PER_MS - RESOLUTION_MS),
        busyShare: seconds === 0 ? 0 : busy / seconds,
      }
    },
  }
}
