import { sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/clear.ts'
import { raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'

/**
 * Raises the alarm `event_undelivered` of receivers, by their ids, with what its reader should know. Of one that was disabled meanwhile
 * it is none. The receivers stay locked, so that nobody finds that nothing has failed there and closes the alarm.
 */
export async function raiseUndelivered(
  tx: Transaction<Database>,
  ctx: Context,
  factsOf: ReadonlyMap<string, JsonObject>,
): Promise<void> {
  const receivers = await lockReceivers(tx, [...factsOf.keys()])
  await raiseAlarms(
    { ...ctx, db: tx },
    receivers
      .filter(({ disabled_at: disabledAt }) => disabledAt === null)
      .map(({ id, kind, address }) => ({
        kind: 'event_undelivered',
        subject: id,
        facts: { kind, address, ...factsOf.get(id) },
      })),
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
