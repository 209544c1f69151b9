import type { ContactRole, OrderContactState } from '@droplock/rules/contacts'
import { type RawBuilder, sql } from 'kysely'
import { namedBy } from './of-orders.ts'

/** The contact that an order has for a role. */
export type OrderContact = {
  readonly role: ContactRole
  readonly contactId: string
  readonly version: number
  readonly state: OrderContactState
  /** Its id at the registry, where it was created. */
  readonly handle: string | null
  /** What the registry said where it refused it. */
  readonly message: string | null
}

/** SQL: how a contact `made` at a registry is shown, also where there is no row yet. */
export const shownState = sql.raw(
  "(case made.state when 'created' then 'created' when 'failed' then 'refused' else 'pending' end)",
)

/** SQL: of our accounts at a registry the one where a contact lacks most: refused, then not made yet. Within a statement with both. */
export const contactAtRegistry = sql.raw(`
  select made.* from registry_account as account
    left join registry_contact as made on made.contact_id = contact.id and made.registry_account_id = account.id
  where account.registry_id = zone.registry_id
  order by case made.state when 'failed' then 0 when 'created' then 2 else 1 end, account.id limit 1`)

/**
 * SQL: the contacts of one order, for each role that its registry needs or that it names one for; null where it has none. `order`: what
 * has the columns of `backorder` for contacts. Within a statement that reads pages: it is evaluated for each row that is returned.
 */
export function contactsOfOrder(
  order: string,
  zoneName: RawBuilder<unknown>,
): RawBuilder<readonly OrderContact[] | null> {
  return sql<readonly OrderContact[] | null>`case when ${sql.ref(`${order}.registrant_id`)} is not null then (
    select jsonb_agg(jsonb_build_object('role', role, 'contactId', contact.account_contact_id, 'version', contact.version,
      'state', case when role <> all (zone.contact_roles) then 'not_needed'
        else ${shownState} end,
      'handle', case when made.state = 'created' then made.handle end, 'message', made.answer_message) order by place)
    from zone cross join ${namedBy(order)}
      join contact on contact.id = named.contact_id
      left join lateral (${contactAtRegistry}) as made on true
    where zone.name = ${zoneName} and (own is not null or role = any (zone.contact_roles))) end`
}
