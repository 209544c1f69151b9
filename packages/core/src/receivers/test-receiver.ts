import type { DeliveryState } from '@droplock/rules/machines/delivery'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { resumeReceiver } from '../deliveries/queue.ts'
import { publish } from '../events/publish.ts'
import { lockLiveReceiver, lockReceiverQueue } from '../receiver-locks.ts'

/**
 * Has a worker send a test to a receiver of alarms, and to no other; one that fails is asked at once. Returns the id of the test. Throws
 * Refusal: forbidden, receiver_not_found, receiver_disabled, try_again.
 */
export async function testReceiver(ctx: OperatorContext, receiverId: string): Promise<string> {
  requirePermission(ctx, 'receivers:manage')
  const eventId = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const { address } = await lockLiveReceiver(tx, receiverId)
    await lockReceiverQueue(tx, receiverId)
    await resumeReceiver(tx, receiverId)
    await publish(tx, { ...ctx, newId: () => eventId }, 'alarm.tested', receiverId)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'receiver.tested',
      subjectType: 'receiver',
      subjectId: receiverId,
      after: { address },
    })
  })
  return eventId
}

/** What became of a test. */
type ReceiverTest = {
  readonly id: string
  readonly receiverId: string
  /** `pending`: no worker has sent it yet, or it is tried again. */
  readonly state: DeliveryState
  readonly requestedAt: Date
  readonly attempts: number
  readonly decidedAt: Date | null
  /** What the receiver answered, and why the last attempt failed. */
  readonly answer: string | null
  readonly failure: string | null
}

/** Throws Refusal: forbidden, receiver_test_not_found. */
export async function getReceiverTest(ctx: OperatorContext, id: string): Promise<ReceiverTest> {
  requirePermission(ctx, 'console:read')
  const { rows } = await sql<ReceiverTest>`
    select event.id, event.subject_id as "receiverId", coalesce(delivery.state, 'pending') as state,
      event.occurred_at as "requestedAt", coalesce(delivery.attempts, 0) as attempts, delivery.decided_at as "decidedAt",
      delivery.answer, delivery.failure
    from event left join event_delivery as delivery
      on delivery.event_id = event.id and delivery.receiver_id = event.subject_id
    where event.id = ${id} and event.topic = 'alarm.tested'`.execute(ctx.db)
  const [test] = rows
  if (test === undefined) throw new Refusal('receiver_test_not_found', 'No such test.', { id })
  return test
}
