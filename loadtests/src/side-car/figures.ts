import { answeredAtMs } from '../../lib/answered-at.ts'
import { createSink } from '../run/sinks.ts'
import type { Seen } from './watch-events.ts'

/** One notification: what it was about, and how long after that it came. NaN where that is not on record. */
export type Notification = {
  /** When it arrived. Milliseconds since the epoch. */
  readonly at: number
  readonly via: Seen['via']
  readonly result: Result
  readonly orderId: string
  readonly delayMs: number
}

type Result = Seen['result']

/** What is told of the notifications of one way with one result. `decided`: successful and failed together. */
export type EventFigures = {
  readonly via: Seen['via']
  readonly result: Result | 'decided'
  /** Different orders. */
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export type OrderReader = (order: {
  readonly id: string
  readonly key: number
}) => Promise<Parameters<typeof answeredAtMs>[0]>

/** Orders that are read at once, after the drop. */
const READS_AT_ONCE = 8

/**
 * Notifications with their delays: from when the service secured an order to its event, from the registry's answer that
 * decided it to that of its result. When a name was lost is not in its event, so those orders are read by `readOrder`.
 */
export async function measureDelays(
  seen: readonly Seen[],
  readOrder: OrderReader,
): Promise<readonly Notification[]> {
  const failed = seen.filter(({ result }) => result === 'failed')
  const answeredAt = await readAnswers(
    [...new Map(failed.map(({ orderId, key }) => [orderId, key]))],
    readOrder,
  )
  return seen.map(({ at, via, result, orderId, happenedAtMs }) => ({
    at,
    via,
    result,
    orderId,
    delayMs: at - (happenedAtMs ?? answeredAt.get(orderId) ?? Number.NaN),
  }))
}

async function readAnswers(
  orders: readonly (readonly [id: string, key: number])[],
  readOrder: OrderReader,
): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>()
  for (let from = 0; from < orders.length; from += READS_AT_ONCE) {
    const batch = orders.slice(from, from + READS_AT_ONCE).map(async ([id, key]) => {
      answers.set(id, answeredAtMs(await readOrder({ id, key })))
    })
    await Promise.all(batch)
  }
  return answers
}

/** Those whose delay is known. The others are a fault, and no part of any figure. */
export function measuredOf(notifications: readonly Notification[]): readonly Notification[] {
  return notifications.filter(({ delayMs }) => Number.isFinite(delayMs))
}

/** The figures of each way and result, of measured notifications; those without any left out. */
export function summariseNotifications(notifications: readonly Notification[]): readonly EventFigures[] {
  const ways = ['sse', 'webhook'] as const
  const groups = [
    ['secured', ['secured']],
    ['successful', ['successful']],
    ['failed', ['failed']],
    ['decided', ['successful', 'failed']],
  ] as const satisfies readonly (readonly [EventFigures['result'], readonly Result[]])[]
  return ways.flatMap((via) =>
    groups.flatMap(([result, members]) => {
      const own = notifications.filter(
        (each) => each.via === via && members.some((member) => member === each.result),
      )
      return own.length === 0 ? [] : [{ via, result, ...describe(own) }]
    }),
  )
}

function describe(notifications: readonly Notification[]) {
  const sink = createSink('trend')
  for (const { delayMs } of notifications) sink.add(delayMs)
  const [p50, p95, p99, max] = ['med', 'p(95)', 'p(99)', 'max'].map((name) => sink.valueOf(name, 0))
  const count = new Set(notifications.map(({ orderId }) => orderId)).size
  return { count, p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0, max: max ?? 0 }
}

/** How many notifications came twice to the same receiver. */
export function countRepeated(seen: readonly Seen[]): number {
  const keys = new Set(seen.map(({ via, receiver, eventId }) => `${via} ${receiver} ${eventId}`))
  return seen.length - keys.size
}
