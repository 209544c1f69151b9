import { sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/clear.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/**
 * Has everything sent anew that a receiver did not take, as if it had never been tried, and closes its alarm. Returns how many. The
 * caller has asked whether the person may, has locked the receiver, and records who it was. What has failed nobody else locks, so that
 * it may come after the receiver.
 */
export async function retryDeliveries(
  tx: Transaction<Database>,
  ctx: Context,
  receiverId: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update event_delivery set state = 'pending', decided_at = null, attempts = 0, try_after = clock_timestamp(), taken_by = null
    where receiver_id = ${receiverId} and state = 'failed'`.execute(tx)
  await clearAlarms({ ...ctx, db: tx }, [{ kind: 'event_undelivered', subject: receiverId }])
  return Number(numAffectedRows)
}
