import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { DueDelivery } from '@droplock/core/deliveries/claim-due'
import { type DeliveryResult, recordDelivery } from '@droplock/core/deliveries/record'
import { recordAccepted } from '@droplock/core/deliveries/record-accepted'

type Result = {
  readonly delivery: DueDelivery
  readonly result: DeliveryResult
  readonly durationMs: number
}

/** Records the result of an attempt. Whether something else can be sent to its receiver now. */
export type RecordResult = (result: Result) => Promise<boolean>

type Accepted = Result & { readonly result: Extract<DeliveryResult, { readonly kind: 'delivered' }> }

/** What one transaction records at most: a receiver's claims wait for it. */
const RESULTS_PER_BATCH_MAX = 64

/**
 * What a receiver accepts within this is recorded together: answers to what was sent at the same time come shortly after one another. A
 * lone event has been sent by then, and those after it wait no longer for its record than for another batch's. Milliseconds.
 */
const GATHERED_MS = 25

/** What a receiver accepted while the batch before was being recorded; `ended` is how the batch after it ends. */
type Gathering = { readonly accepted: Accepted[]; readonly ended: Promise<boolean> }

/**
 * Records results as they come. What a receiver accepts at nearly the same time, or while the batch before is recorded, is one batch, as
 * transactions of one receiver follow one another. Failures are recorded one by one.
 */
export function createResultRecorder(ctx: Context, owner: string): RecordResult {
  const gathering = new Map<string, Gathering>()
  const recording = new Map<string, Promise<boolean>>()
  const write = async (before: Promise<boolean> | undefined, receiverId: string, accepted: Accepted[]) => {
    // Whoever waits for that one is told of its failure.
    await Promise.all([before?.catch(() => undefined), wait(GATHERED_MS)])
    if (gathering.get(receiverId)?.accepted === accepted) gathering.delete(receiverId)
    const [first] = accepted
    if (first === undefined) return false
    const { isMoreDue } = await recordAccepted(ctx, {
      receiver: first.delivery.receiver,
      owner,
      accepted: accepted.map(({ delivery, result, durationMs }) => ({
        ...result,
        id: delivery.id,
        durationMs,
      })),
    })
    return isMoreDue
  }
  const gather = (one: Accepted): Promise<boolean> => {
    const { id } = one.delivery.receiver
    const open = gathering.get(id)
    if (open !== undefined && open.accepted.length < RESULTS_PER_BATCH_MAX) {
      open.accepted.push(one)
      return open.ended
    }
    const accepted = [one]
    const ended = write(recording.get(id), id, accepted)
    gathering.set(id, { accepted, ended })
    recording.set(id, ended)
    const forget = () => void (recording.get(id) === ended && recording.delete(id))
    ended.then(forget, forget)
    return ended
  }
  return async ({ delivery, result, durationMs }) => {
    if (result.kind === 'delivered') return gather({ delivery, result, durationMs })
    const chance = Math.random()
    const { isMoreDue } = await recordDelivery(ctx, { delivery, owner, result, durationMs, chance })
    return isMoreDue
  }
}
