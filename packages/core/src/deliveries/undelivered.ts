import { sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/clear.ts'
import { raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/** A delivery that was given up, and why. */
export type Undelivered = {
  readonly receiverId: string
  readonly eventId: string
  readonly failure: string | null
}

/**
 * Raises the alarm `event_undelivered` of each receiver for which something was given up in this transaction. Of one that was disabled
 * meanwhile it is none. The receivers stay locked, so that nobody finds that nothing has failed there and closes the alarm.
 */
export async function raiseUndelivered(
  tx: Transaction<Database>,
  ctx: Context,
  undelivered: readonly Undelivered[],
): Promise<void> {
  const byReceiver = new Map(undelivered.map((each) => [each.receiverId, each]))
  const receivers = await lockReceivers(tx, [...byReceiver.keys()])
  await raiseAlarms(
    { ...ctx, db: tx },
    receivers.flatMap(({ id, kind, address, disabled_at: disabledAt }) => {
      const last = byReceiver.get(id)
      if (last === undefined || disabledAt !== null) return []
      const facts = { kind, address, eventId: last.eventId, failure: last.failure }
      return [{ kind: 'event_undelivered', subject: id, facts } as const]
    }),
  )
}

/**
 * Closes the alarm of a receiver for which nothing has failed: one alarm stands for all that failed there. Mostly none is open, and the
 * receiver is not locked.
 */
export async function clearUndelivered(
  tx: Transaction<Database>,
  ctx: Context,
  receiverId: string,
): Promise<void> {
  const { rows } = await sql`
    select from alarm where kind = 'event_undelivered' and subject = ${receiverId} and closed_at is null`.execute(
    tx,
  )
  if (rows.length === 0) return
  await lockReceivers(tx, [receiverId])
  // A statement of its own, so that it sees what was given up by whoever had the lock before.
  const failed = await tx
    .selectFrom('event_delivery')
    .select('id')
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'failed')
    .limit(1)
    .executeTakeFirst()
  if (failed === undefined)
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: receiverId }])
}

/** After deliveries, and before their alarm. Not FOR UPDATE: whoever plans deliveries to them would wait. */
function lockReceivers(tx: Transaction<Database>, ids: readonly string[]) {
  return tx
    .selectFrom('event_receiver')
    .select(['id', 'kind', 'address', 'disabled_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}
