import { type DueJob, dueJobs } from '@droplock/core/due-times'
import { createWakeUp, type WakeUp } from '@droplock/core/events/feed'
import type { Job } from './jobs.ts'

export type Schedule = {
  /** The same job, which runs when it is woken or due, and otherwise seldom. One that nothing wakes is given back as it is. */
  readonly onDemand: (job: Job) => Job
  /** Something was committed that may be work: every job runs once. */
  readonly wake: () => void
  /** Wakes the jobs when they are due. */
  readonly job: Job
}

type ScheduleOptions = {
  /** How often the due times are read without being woken: what a lost notification delays. Milliseconds. */
  readonly idleMs: number
  /** In how many milliseconds each job has something to do. */
  readonly readDueTimes: () => Promise<ReadonlyMap<DueJob, number>>
}

/** The shortest time between two readings of the due times, and the time to the next one while something overdue is left. Milliseconds. */
const READ_MS_MIN = 250

/** A job runs without being woken after this many readings of the due times. It finds nothing then, unless a due time is wrong. */
const READINGS_PER_LOOK = 6

/** These run more often: no due time says when a catcher is back, when a list is late, drops are off schedule, or something cannot be sent. */
const readingsPerLook: Readonly<Record<string, number>> = {
  'sweep.leases': 1,
  'sweep.uncaught': 3,
  'sweep.drift': 1,
  'sweep.lists': 3,
  'sweep.unsent': 3,
  // A source that was added or changed by SQL is fetched all the same.
  'source.fetch': 1,
}

/** Keeps a worker quiet: one statement reads when every job is due, and each runs then. */
export function createSchedule({ idleMs, readDueTimes }: ScheduleOptions): Schedule {
  const readMs = Math.max(idleMs, READ_MS_MIN)
  const wakeUps = new Map<string, WakeUp[]>()
  const timers = new Map<DueJob, NodeJS.Timeout>()
  const wakeReading = createWakeUp()
  const wakeJob = (name: string) => {
    for (const { wake } of wakeUps.get(name) ?? []) wake()
  }
  const setTimer = (name: DueJob, ms: number) => {
    const start = () => {
      wakeJob(name)
      wakeReading.wake()
    }
    timers.set(name, setTimeout(start, Math.max(Math.ceil(ms), 0)).unref())
  }
  return {
    onDemand: (job) => {
      const own = readingsPerLook[job.name]
      if (own === undefined && !dueJobs.some((name) => name === job.name)) return job
      const lookMs = idleMs * (own ?? READINGS_PER_LOOK)
      const wakeUp = job.wakeUp ?? createWakeUp()
      wakeUps.set(job.name, [...(wakeUps.get(job.name) ?? []), wakeUp])
      return { ...job, wakeUp, idleMs: Math.max(lookMs, job.everyMs) }
    },
    wake: () => {
      for (const name of wakeUps.keys()) wakeJob(name)
      wakeReading.wake()
    },
    job: {
      name: 'sweep.schedule',
      everyMs: READ_MS_MIN,
      wakeUp: wakeReading,
      idleMs: readMs,
      run: async () => {
        const due = await readDueTimes()
        for (const timer of timers.values()) clearTimeout(timer)
        timers.clear()
        for (const [name, ms] of due) if (ms <= readMs) setTimer(name, ms)
        return undefined
      },
    },
  }
}
