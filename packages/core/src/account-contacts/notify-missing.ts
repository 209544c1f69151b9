import type { ContactRole } from '@droplock/rules/contacts'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { isNotMade, ordersOfContactsNotMade } from './not-made.ts'

/** Orders per transaction: each is two rows. */
const ORDERS_PER_BATCH_MAX = 200

type Refused = {
  readonly backorderId: string
  readonly contactId: string
  readonly version: number
  readonly roles: readonly ContactRole[]
  readonly code: number | null
  readonly message: string | null
}

/**
 * Notifies the holders of one batch of secured orders that their registry has refused a contact which the order names and needs; call
 * again while not 0. Once for an order and a contact, also where the contact was refused before the order was placed. Locked orders
 * are skipped: they are just being decided.
 */
export async function notifyRefusedContacts(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<Refused>`
      with refused as materialized (
        select backorder.id as backorder_id, made.contact_id, contact.account_contact_id, contact.version, roles, answer_code, answer_message
        from ${ordersOfContactsNotMade}
        where ${isNotMade} and made.state = 'failed' and not exists (select from refused_contact_notice as notice
          where notice.backorder_id = backorder.id and notice.contact_id = made.contact_id)
        order by backorder.id, made.contact_id limit ${ORDERS_PER_BATCH_MAX} for key share of backorder skip locked
      ), noted as (
        insert into refused_contact_notice (backorder_id, contact_id, notified_at)
        select backorder_id, contact_id, clock_timestamp() from refused
        on conflict do nothing returning backorder_id, contact_id
      )
      select distinct on (backorder_id, contact_id) backorder_id as "backorderId", account_contact_id as "contactId", version, roles,
        answer_code as code, answer_message as message
      from refused join noted using (backorder_id, contact_id) order by backorder_id, contact_id`.execute(tx)
    for (const { backorderId, contactId, version, roles, code, message } of rows) {
      const answer = {
        ...(code !== null && { answer_code: code }),
        ...(message !== null && { answer_message: message }),
      }
      const refused_contact = { contact_id: contactId, version, roles, ...answer }
      await publish(tx, ctx, 'backorder.contact_refused', backorderId, { refused_contact })
    }
    return rows.length
  })
}
