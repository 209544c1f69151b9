import { recordHeartbeat } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { type Beat, type BeatWatch, keepBeat } from './beats/beats.ts'
import type { Schedule } from './beats/schedule.ts'
import { type DeliveryRule, deliveryBeats, eventBeat } from './events/event-beats.ts'
import { feedPoller, type PollRule } from './feeds/poll-feed.ts'
import type { Source } from './feeds/source.ts'
import { holdBeats, type MoneyIntervals, providerBeats } from './money/money-beats.ts'
import { type DailyReconciliation, reconcileBeat } from './reconciliation/reconcile-beat.ts'
import { type AlarmRule, alarmSweeps } from './sweeps/alarm-sweeps.ts'
import { type RetentionRule, retentionBeat } from './sweeps/retention.ts'
import { type SweepIntervals, sweeps } from './sweeps/sweeps.ts'

type WorkerOptions = {
  readonly ctx: Context
  readonly logger: Logger
  readonly sources: readonly Source[]
  readonly poll: PollRule
  readonly sweepEvery: SweepIntervals
  readonly moneyEvery: MoneyIntervals
  /** Left out: nobody here watches the catchers. */
  readonly alarms?: AlarmRule
  /** How often new events are looked for: they reach nobody before they are numbered. Left out: nobody looks here. Milliseconds. */
  readonly eventsMs?: number
  /** Left out: events are sent to nobody. */
  readonly deliveries?: DeliveryRule
  /** Left out: everything is kept. */
  readonly retention?: RetentionRule
  /** Left out: nobody reconciles here. */
  readonly reconciliation?: DailyReconciliation
  /** Without one, what has to be asked of a provider waits. */
  readonly provider?: PaymentProvider | undefined
  /** Throws when that provider may not serve this database any more. */
  readonly check?: { readonly everyMs: number; readonly run: () => Promise<void> }
  /** Left out: every job looks again and again at its own interval. */
  readonly schedule?: Schedule
  /** How often this worker says that it works. Milliseconds. */
  readonly heartbeatMs?: number
  /** Left out: nobody asks how the sweeps fare. */
  readonly watch?: BeatWatch
  /** Left out: nobody asks how long they take. */
  readonly measured?: (beat: Beat) => Beat
}

/** Who has the source's next turn is the database's to say; asking it more often than this only makes noise. Milliseconds. */
const askMsMax = 5_000
/** Asked this often within an interval, a turn comes late by a small part of it. */
const asksPerInterval = 4

/** Starts every beat. They end when `stop` aborts; the promise is fulfilled when the last run is over, and never rejects. */
export async function work(options: WorkerOptions, stop: AbortSignal): Promise<void> {
  const { ctx, provider, check, moneyEvery, reconciliation, retention } = options
  const beats = [
    ...sweeps(ctx, options.sweepEvery),
    ...(options.alarms === undefined ? [] : alarmSweeps(ctx, options.alarms)),
    ...(options.eventsMs === undefined ? [] : [eventBeat(ctx, options.eventsMs)]),
    ...(options.deliveries === undefined ? [] : deliveryBeats(ctx, options.deliveries)),
    ...(retention === undefined ? [] : [retentionBeat(ctx, retention)]),
    ...options.sources.map(pollBeat(options)),
    ...holdBeats(ctx, moneyEvery),
    ...(provider === undefined ? [] : providerBeats(ctx, provider, moneyEvery)),
    ...(reconciliation === undefined ? [] : [reconcileBeat(ctx, provider, reconciliation)]),
    ...(check === undefined ? [] : [checkBeat(check)]),
  ]
  const { watch, schedule, measured = asItIs, heartbeatMs = HEARTBEAT_MS } = options
  const watched = watch?.watched ?? asItIs
  const onDemand = schedule?.onDemand ?? asItIs
  const all = [...beats.map(onDemand), ...(schedule === undefined ? [] : [schedule.beat])]
  const kept = all.map((beat) => watched(measured(beat)))
  if (watch !== undefined) kept.push(heartbeat(ctx, watch, heartbeatMs))
  await Promise.all(kept.map((beat) => keepBeat(beat, options.logger, stop)))
}

function asItIs(beat: Beat): Beat {
  return beat
}

/** Other processes raise an alarm when no worker says this for three times as long. Milliseconds. */
const HEARTBEAT_MS = 3_000

function heartbeat(ctx: Context, watch: BeatWatch, heartbeatMs: number): Beat {
  return {
    name: 'worker.heartbeat',
    everyMs: heartbeatMs,
    run: async () => {
      if (watch.view().ready) await recordHeartbeat(ctx)
      return undefined
    },
  }
}

function checkBeat({ everyMs, run }: NonNullable<WorkerOptions['check']>): Beat {
  return {
    name: 'provider.check',
    everyMs,
    run: async () => {
      await run()
      return undefined
    },
  }
}

function pollBeat({ ctx, poll, logger }: WorkerOptions): (source: Source) => Beat {
  return (source) => {
    const pollFeed = feedPoller(ctx, source, poll, logger)
    return {
      name: 'feed.poll',
      everyMs: Math.min(Math.ceil(poll.pollMs / asksPerInterval), askMsMax),
      // What a poll brought is told by the event of each list; only a failure is left to tell.
      run: async (signal) => {
        await pollFeed(signal)
        return undefined
      },
    }
  }
}
