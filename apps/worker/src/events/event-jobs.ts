import type { Context } from '@droplock/core/context'
import { claimDueDeliveries, type DueDelivery } from '@droplock/core/deliveries/claim-due'
import { type DeliveryResult, recordDelivery } from '@droplock/core/deliveries/record'
import { giveUpDeliveries, raiseUnsendable } from '@droplock/core/deliveries/undelivered'
import { advanceFeed, type WakeUp } from '@droplock/core/events/feed'
import type { ReceiverKind } from '@droplock/rules/notifications'
import { drain, type Job } from '../jobs/jobs.ts'

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
  /** Kinds that this worker cannot send to, and why: deliveries that wait for them raise an alarm. */
  readonly missing?: { readonly kinds: readonly ReceiverKind[]; readonly failure: string } | undefined
  /** How often due deliveries are looked for without a wake-up. Milliseconds. */
  readonly everyMs: number
  readonly wakeUp: WakeUp
}

/** Sent at the same time by one lane; a receiver that hangs blocks its lane until its time-out. */
const DELIVERIES_AT_ONCE = 8
const LANES = 2

/** How often deliveries that cannot be sent are given up or reported. Milliseconds. */
const UNSENT_EVERY_MS = 5_000

/** Sends due deliveries. Those of a process that dies are sent by another when their lease is over. */
export function deliveryJobs(ctx: Context, rule: DeliveryRule): readonly Job[] {
  const kinds = Object.keys(rule.senders) as ReceiverKind[]
  if (kinds.length === 0) return []
  const job: Job = {
    name: 'event.deliver',
    everyMs: rule.everyMs,
    wakeUp: rule.wakeUp,
    run: async (signal) => {
      const done = await drain(() => deliverDue(ctx, rule, kinds, signal), signal)
      return done === 0 ? undefined : { done }
    },
  }
  return [...Array.from({ length: LANES }, () => job), watchUnsent(ctx, rule.missing)]
}

function watchUnsent(ctx: Context, missing: DeliveryRule['missing']): Job {
  return {
    name: 'sweep.unsent',
    everyMs: UNSENT_EVERY_MS,
    run: async (signal) => {
      const givenUp = await drain(() => giveUpDeliveries(ctx), signal)
      if (missing !== undefined) await raiseUnsendable(ctx, missing.kinds, missing.failure)
      return givenUp === 0 ? undefined : { givenUp }
    },
  }
}

async function deliverDue(
  ctx: Context,
  { owner, senders }: DeliveryRule,
  kinds: readonly ReceiverKind[],
  signal: AbortSignal,
): Promise<number> {
  const due = await claimDueDeliveries(ctx, { owner, kinds, limit: DELIVERIES_AT_ONCE })
  await Promise.all(
    due.map(async (delivery) => {
      const result = await attempt(senders[delivery.receiver.kind], delivery, signal)
      if (result !== undefined)
        await recordDelivery(ctx, { id: delivery.id, owner, result, chance: Math.random() })
    }),
  )
  return due.length
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
