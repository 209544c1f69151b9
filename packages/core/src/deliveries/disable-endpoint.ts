import { ENDPOINT_FAILING_DAYS_MAX, type EndpointDisabledReason } from '@droplock/rules/events'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { lockReceiverQueue, lockReceivers } from '../receiver-locks.ts'

/**
 * Disables an account's endpoint that is gone or has failed for days, and notifies the account: by the event `webhook_endpoint.disabled`,
 * which its other endpoints get, and by a mail to the address of its billing profile. A worker gives up what is on its way. The caller
 * holds the endpoint and its queue. Returns false where it is disabled already.
 */
export async function disableEndpoint(
  tx: Transaction<Database>,
  ctx: Context,
  id: string,
  reason: Exclude<EndpointDisabledReason, 'requested'>,
): Promise<boolean> {
  const disabled = await tx
    .updateTable('event_receiver')
    .set({ disabled_at: sql<Date>`clock_timestamp()`, disabled_reason: reason, version: sql`version + 1` })
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .where('secret_salt', 'is not', null)
    .returning('account_id')
    .executeTakeFirst()
  const accountId = disabled?.account_id
  if (accountId === undefined || accountId === null) return false
  await tx.updateTable('receiver_queue').set({ due_at: null }).where('receiver_id', '=', id).execute()
  await addressMails(tx, ctx, accountId)
  await publish(tx, ctx, 'webhook_endpoint.disabled', id)
  return true
}

/** The account's own mail receiver, which no API shows: at the address that its billing profile has now, or none. */
async function addressMails(tx: Transaction<Database>, ctx: Context, accountId: string): Promise<void> {
  const email = sql`(select email from billing_profile where account_id = ${accountId})`
  await sql`
    update event_receiver set disabled_at = clock_timestamp()
    where account_id = ${accountId} and kind = 'mail' and disabled_at is null and address is distinct from ${email}`.execute(
    tx,
  )
  await sql`
    insert into event_receiver (id, kind, account_id, address, topics)
    select ${ctx.newId()}::uuid, 'mail', ${accountId}::uuid, email, '{webhook_endpoint.disabled}'
    from (select ${email} as email) as profile where email is not null
    on conflict do nothing`.execute(tx)
}

/**
 * Disables one endpoint to which nothing could be delivered for `ENDPOINT_FAILING_DAYS_MAX` days while something failed. Returns whether
 * there was one.
 */
export async function disableFailingEndpoint(ctx: Context): Promise<boolean> {
  const isDead = sql<boolean>`failing_since < statement_timestamp() - make_interval(days => ${ENDPOINT_FAILING_DAYS_MAX})`
  const { rows } = await sql<{ id: string }>`
    select receiver.id from receiver_queue as queue join event_receiver as receiver on receiver.id = receiver_id
    where failures > 0 and ${isDead} and receiver.disabled_at is null and receiver.secret_salt is not null
    order by failing_since limit 1`.execute(ctx.db)
  const id = rows[0]?.id
  if (id === undefined) return false
  return inTransaction(ctx.db, async (tx) => {
    await lockReceivers(tx, [id])
    const { failures } = await lockReceiverQueue(tx, id)
    // It may have taken something meanwhile.
    return failures > 0 && disableEndpoint(tx, ctx, id, 'failing')
  })
}
