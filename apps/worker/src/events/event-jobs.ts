import type { Context } from '@droplock/core/context'
import { claimDueDeliveries, type DueDelivery } from '@droplock/core/deliveries/claim-due'
import { disableFailingEndpoint } from '@droplock/core/deliveries/disable-endpoint'
import type { DeliveryResult } from '@droplock/core/deliveries/record'
import { recoverDeliveries } from '@droplock/core/deliveries/recover'
import {
  giveUpDeliveries,
  raiseFailing,
  raiseUnsendable,
  scheduleForgotten,
} from '@droplock/core/deliveries/undelivered'
import { advanceFeed, type WakeUp } from '@droplock/core/events/feed'
import type { ReceiverKind } from '@droplock/rules/notifications'
import { drain, type Job } from '../jobs/jobs.ts'
import { createResultRecorder, type RecordResult } from './record-results.ts'

/** Numbers events and plans their deliveries. Every worker runs this: one at a time holds the feed's lock. */
export function eventJob(ctx: Context, everyMs: number): Job {
  return {
    name: 'sweep.events',
    everyMs,
    run: async (signal) => {
      const numbered = await drain(() => advanceFeed(ctx), signal)
      return numbered === 0 ? undefined : { numbered }
    },
  }
}

/** Sends an event to one kind of receiver. A throw counts as a failed attempt, unless `signal` aborted it. It ends well within `DELIVERY_LEASE_MS`. */
export type Sender = (delivery: DueDelivery, signal: AbortSignal) => Promise<DeliveryResult>

export type DeliveryRule = {
  /** The id of this process, new at every start. */
  readonly owner: string
  readonly senders: Partial<Readonly<Record<ReceiverKind, Sender>>>
  /** Whether the sender of webhooks can sign for accounts' endpoints. Left out: it cannot, and their deliveries wait. */
  readonly signsForAccounts?: boolean | undefined
  /** Kinds that this worker cannot send to, and why: deliveries that wait for them raise an alarm. */
  readonly missing?: { readonly kinds: readonly ReceiverKind[]; readonly failure: string } | undefined
  /** How often due deliveries are looked for without a wake-up. Milliseconds. */
  readonly everyMs: number
  readonly wakeUp: WakeUp
}

/** Sent at the same time by one worker. A sent event that waits for its answer costs a socket and some kilobytes. */
const DELIVERIES_AT_ONCE_MAX = 256
/** Of these, to receivers whose last attempt failed: many that hang until their time-out leave the rest to those that answer. */
const PROBES_AT_ONCE_MAX = 64
/** Claimed by one statement. */
const CLAIMED_AT_ONCE_MAX = 64
/** While deliveries are under way, it is looked for others without a wake-up. Milliseconds. */
const LOOK_MS = 1_000

/** How often deliveries that cannot be sent are given up or reported. Milliseconds. */
const UNSENT_EVERY_MS = 5_000

/** Sends due deliveries. Those of a process that dies are sent by another when their lease is over. */
export function deliveryJobs(ctx: Context, rule: DeliveryRule): readonly Job[] {
  const kinds = Object.keys(rule.senders) as ReceiverKind[]
  if (kinds.length === 0) return []
  const { everyMs, wakeUp } = rule
  return [
    {
      name: 'event.deliver',
      everyMs,
      wakeUp,
      run: async (signal) => {
        const done = await deliverDue(ctx, rule, kinds, signal)
        return done === 0 ? undefined : { done }
      },
    },
    {
      name: 'event.recover',
      everyMs,
      run: async (signal) => {
        const batches = await drain(() => recoverDeliveries(ctx), signal)
        if (batches > 0) wakeUp.wake()
        return batches === 0 ? undefined : { batches }
      },
    },
    watchUnsent(ctx, rule.missing),
  ]
}

function watchUnsent(ctx: Context, missing: DeliveryRule['missing']): Job {
  return {
    name: 'sweep.unsent',
    everyMs: UNSENT_EVERY_MS,
    run: async (signal) => {
      const disabled = await drain(() => disableFailingEndpoint(ctx), signal)
      const givenUp = await drain(() => giveUpDeliveries(ctx), signal)
      const scheduled = await scheduleForgotten(ctx)
      await raiseFailing(ctx)
      if (missing !== undefined) await raiseUnsendable(ctx, missing.kinds, missing.failure)
      return disabled + givenUp + scheduled === 0 ? undefined : { disabled, givenUp, scheduled }
    },
  }
}

/**
 * Sends what is due, and what becomes due meanwhile, until nothing is under way. Each delivery is claimed when there is room for it, and
 * none waits for another: receivers that hang until their time-out keep only their own room.
 */
async function deliverDue(
  ctx: Context,
  rule: DeliveryRule,
  kinds: readonly ReceiverKind[],
  signal: AbortSignal,
): Promise<number> {
  const { owner, wakeUp, signsForAccounts = false } = rule
  const sending = new Map<DueDelivery, Promise<void>>()
  const errors: unknown[] = []
  const record = createResultRecorder(ctx, owner)
  const sendOne = async (delivery: DueDelivery) => {
    const isMoreDue = await deliver(rule, record, delivery, signal).catch(
      (error: unknown) => errors.push(error) > 0,
    )
    const wasFull = sending.size >= DELIVERIES_AT_ONCE_MAX
    sending.delete(delivery)
    if (isMoreDue || wasFull || sending.size === 0) wakeUp.wake()
  }
  try {
    for (let done = 0; ; ) {
      const probes = [...sending.keys()].filter(({ isProbe }) => isProbe).length
      const limit = Math.min(DELIVERIES_AT_ONCE_MAX - sending.size, CLAIMED_AT_ONCE_MAX)
      const failingLimit = PROBES_AT_ONCE_MAX - probes
      const take = { owner, kinds, signsForAccounts, limit, failingLimit }
      const due = limit === 0 ? [] : await claimDueDeliveries(ctx, take)
      for (const delivery of due) sending.set(delivery, sendOne(delivery))
      done += due.length
      if (due.length < limit && sending.size === 0) return done
      if (due.length < limit || limit === 0) await wakeUp.wait(LOOK_MS, signal)
      if (errors.length > 0) throw errors[0]
      if (signal.aborted) return done
    }
  } finally {
    await Promise.all(sending.values())
  }
}

/** One attempt. Returns whether something else can be sent to the receiver now. */
async function deliver(
  { senders }: DeliveryRule,
  record: RecordResult,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<boolean> {
  const startedMs = performance.now()
  const result = await attempt(senders[delivery.receiver.kind], delivery, signal)
  if (result === undefined) return false
  return record({ delivery, result, durationMs: Math.round(performance.now() - startedMs) })
}

/** Undefined when the process ends first: the receiver has not failed, and another process sends it after the lease. */
async function attempt(
  send: Sender | undefined,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<DeliveryResult | undefined> {
  try {
    if (send === undefined) throw new Error(`nothing sends to a ${delivery.receiver.kind}`)
    return await send(delivery, signal)
  } catch (error) {
    if (signal.aborted) return undefined
    return { kind: 'failed', failure: error instanceof Error ? error.message : String(error) }
  }
}
