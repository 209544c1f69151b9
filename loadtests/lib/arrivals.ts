import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'

/**
 * From when an iteration was due to its end. `http_req_duration` begins when a request is sent: while a server stalls, the
 * requests that were not sent yet are missing in it. Milliseconds, of the clock that tells whole ones.
 */
const fromDue = new Trend('from_due', true)
/** From when an iteration was due to its start: the part of `from_due` for which the generator is to blame. */
const startDelay = new Trend('start_delay', true)

/** How many iterations `from_due` is of: a distribution without values holds any threshold. */
const measured = new Counter('due_measured')

/** That 95 of 100 iterations end so soon after they were due, and that there were any; of a scenario, or of all. For `options.thresholds`. */
export function answeredWithin(msMax: number, scenario?: string): Readonly<Record<string, string[]>> {
  const of = scenario === undefined ? '' : `{scenario:${scenario}}`
  return { [`from_due${of}`]: [`p(95)<${msMax}`], [`due_measured${of}`]: ['count>0'] }
}

const SECONDS_PER_MINUTE = 60

/** k6 takes whole numbers only: so many iterations a minute. */
const perMinute = (perSecond: number) => Math.max(1, Math.round(SECONDS_PER_MINUTE * perSecond))

type Arrivals = {
  readonly exec: string
  readonly perSecond: number
  readonly seconds: number
  /** When it begins, after the start of the run. Seconds. */
  readonly startSeconds?: number
  /** An iteration that takes longer than this finds its virtual users used up, and later ones are dropped. Seconds. */
  readonly secondsMax?: number
  /** How long iterations may go on after the last has started. Seconds. */
  readonly graceSeconds?: number
}

/** Users who begin with the run; there are more when they are needed. */
const USERS_MIN = 5
const SECONDS_MAX_DEFAULT = 6
const SHARE_AT_ONCE = 0.25

/** A scenario whose iterations start at a constant rate, whether or not those before have ended. */
export function arriving({
  exec: entry,
  perSecond,
  seconds,
  startSeconds = 0,
  secondsMax = SECONDS_MAX_DEFAULT,
  graceSeconds = 30,
}: Arrivals) {
  const maxVUs = USERS_MIN + Math.ceil(perSecond * secondsMax)
  return {
    executor: 'constant-arrival-rate' as const,
    exec: entry,
    rate: perMinute(perSecond),
    timeUnit: '1m',
    duration: `${seconds}s`,
    startTime: `${startSeconds}s`,
    gracefulStop: `${graceSeconds}s`,
    preAllocatedVUs: Math.ceil(SHARE_AT_ONCE * maxVUs),
    maxVUs,
  }
}

/** When the iteration that runs was due, by the rate of its scenario. Milliseconds since the epoch. */
export function dueAtMs(perSecond: number): number {
  const { startTime, iterationInTest } = exec.scenario
  return startTime + (1_000 * SECONDS_PER_MINUTE * iterationInTest) / perMinute(perSecond)
}

/** Runs what an iteration is for, and measures it from when it was due. Rejects as `work` does; then nothing is measured. */
export async function measureFromDue(dueMs: number, work: () => Promise<void>): Promise<void> {
  startDelay.add(Math.max(0, Date.now() - dueMs))
  await work()
  fromDue.add(Math.max(0, Date.now() - dueMs))
  measured.add(1)
}
