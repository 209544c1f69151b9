import type { Context } from '@droplock/core/context'
import { type Queue, readQueues } from '@droplock/core/queues'
import type { Metrics } from '@droplock/observability/metrics'
import type { Beat } from './keep-beat.ts'

/** Returns the same beat, whose runs are timed, those that fail apart. */
export function measureBeats(metrics: Metrics): (beat: Beat) => Beat {
  const note = metrics.durations({
    name: 'worker_run_duration_seconds',
    help: 'Runs of the background work, by its name and how they ended.',
    labels: ['beat', 'result'],
  })
  return (beat) => ({
    ...beat,
    run: async (signal) => {
      const startedMs = performance.now()
      let result = 'failed'
      try {
        const fields = await beat.run(signal)
        result = 'done'
        return fields
      } finally {
        note({ beat: beat.name, result }, (performance.now() - startedMs) / 1_000)
      }
    },
  })
}

/** Measures how much waits to be done, and since when. The database is asked whenever the figures are. */
export function measureQueues(metrics: Metrics, ctx: Context): void {
  let reading: Promise<readonly Queue[]> | undefined
  /** Once for both gauges, which are read at the same time. */
  const read = () => {
    reading ??= readQueues(ctx).finally(() => {
      reading = undefined
    })
    return reading
  }
  const gauge = (name: string, help: string, valueOf: (queue: Queue) => number) =>
    metrics.gauge({ name, help, labels: ['queue'] }, async () =>
      (await read()).map((queue) => ({ labels: { queue: queue.name }, value: valueOf(queue) })),
    )
  gauge('queue_waiting', 'What waits to be done.', ({ waiting }) => waiting)
  gauge('queue_oldest_seconds', 'How long the oldest of it has waited.', ({ oldestSeconds }) => oldestSeconds)
}
