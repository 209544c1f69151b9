import type { ContactRole } from '@droplock/rules/contacts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { isMissing, isNotMade, ordersOfContactsNotMade } from './not-made.ts'

/** Orders per transaction: each is two rows. */
const ORDERS_PER_BATCH_MAX = 200

type Missing = {
  readonly backorderId: string
  readonly contactId: string
  readonly version: number
  readonly roles: readonly ContactRole[]
  readonly code: number | null
  readonly message: string | null
}

/** Where it is kept that a holder was notified. */
const notices = { failed: 'refused_contact_notice', pending: 'pending_contact_notice' } as const

/**
 * Notifies the holders of one batch of secured orders that their registry has refused a contact which the order names and needs (`failed`),
 * or has not made it although the cut-off is near (`pending`); call again while not 0. Once of each for an order and a contact, also where
 * the contact was refused before the order was placed. Locked orders are skipped: they are just being decided.
 */
export async function notifyMissingContacts(ctx: Context, state: keyof typeof notices): Promise<number> {
  const notice = sql.table(notices[state])
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<Missing>`
      with missing as materialized (
        select backorder.id as backorder_id, made.contact_id, contact.account_contact_id, contact.version, roles, answer_code, answer_message
        from ${ordersOfContactsNotMade}
        where ${isNotMade} and ${isMissing} and made.state = ${state} and not exists (select from ${notice} as notice
          where notice.backorder_id = backorder.id and notice.contact_id = made.contact_id)
        order by backorder.id, made.contact_id limit ${ORDERS_PER_BATCH_MAX} for key share of backorder skip locked
      ), noted as (
        insert into ${notice} (backorder_id, contact_id, notified_at)
        select backorder_id, contact_id, clock_timestamp() from missing
        on conflict do nothing returning backorder_id, contact_id
      )
      select distinct on (backorder_id, contact_id) backorder_id as "backorderId", account_contact_id as "contactId", version, roles,
        answer_code as code, answer_message as message
      from missing join noted using (backorder_id, contact_id) order by backorder_id, contact_id`.execute(tx)
    for (const row of rows) await publishMissing(tx, ctx, state, row)
    return rows.length
  })
}

async function publishMissing(
  tx: Transaction<Database>,
  ctx: Context,
  state: keyof typeof notices,
  { backorderId, contactId, version, roles, code, message }: Missing,
): Promise<void> {
  const contact = { contact_id: contactId, version, roles }
  if (state === 'pending')
    return publish(tx, ctx, 'backorder.contact_pending', backorderId, { pending_contact: contact })
  const answer = {
    ...(code !== null && { answer_code: code }),
    ...(message !== null && { answer_message: message }),
  }
  await publish(tx, ctx, 'backorder.contact_refused', backorderId, {
    refused_contact: { ...contact, ...answer },
  })
}
