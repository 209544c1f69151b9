import { contactHandle } from '@droplock/rules/contacts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { fileContactRequest } from '../registry-requests/file.ts'

type Handle = { readonly contactId: string; readonly registryAccountId: string }

/** Requests a contact at a registry account, unless it is requested or there already. */
export async function requestHandle(tx: Transaction<Database>, ctx: Context, handle: Handle): Promise<void> {
  const { contactId, registryAccountId } = handle
  const inserted = await tx
    .insertInto('registry_contact')
    .values({
      contact_id: contactId,
      registry_account_id: registryAccountId,
      handle: contactHandle(contactId, registryAccountId),
      state: 'pending',
    })
    .onConflict((conflict) => conflict.columns(['contact_id', 'registry_account_id']).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 0n) await fileContactRequest(tx, ctx, handle)
}

/** Contacts per transaction: each is two rows. */
const HANDLES_PER_BATCH_MAX = 200

/**
 * Requests one batch of the contacts that secured orders name, at the registries of their names, where the zone needs contacts; call
 * again while not 0. A claim stays one statement; the contact is made long before the cut-off, hours or days after.
 */
export async function requestHandlesOfOrders(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<Handle>`
      select distinct named.contact_id as "contactId", account.id as "registryAccountId"
      from backorder join listing on listing.id = backorder.listing_id join zone on zone.name = listing.zone
        join registry_account as account on account.registry_id = zone.registry_id
        cross join lateral (values (registrant_id), (admin_id), (tech_id), (billing_id)) as named (contact_id)
      where backorder.state = 'backordered' and registrant_id is not null and named.contact_id is not null
        and cardinality(zone.contact_roles) > 0
        and not exists (select from registry_contact as made where made.contact_id = named.contact_id
          and made.registry_account_id = account.id)
      order by 1, 2 limit ${HANDLES_PER_BATCH_MAX}`.execute(tx)
    for (const handle of rows) await requestHandle(tx, ctx, handle)
    return rows.length
  })
}
