import { type RawBuilder, sql } from 'kysely'
import { namedBy } from './of-orders.ts'

/**
 * SQL, to follow `from`: the contacts of resellers that are refused or pending at a registry (`made`), each with the undecided secured
 * orders that name it there (`backorder`, `listing`, `zone`) and the roles that the order gives it and the registry needs
 * (`used.roles`). It begins with the contacts: few are not made, and many orders name some.
 */
export const ordersOfContactsNotMade: RawBuilder<unknown> = sql`
  registry_contact as made
    join contact on contact.id = made.contact_id
    join registry_account as account on account.id = made.registry_account_id
    join backorder on backorder.state in ('backordered', 'registering')
      and (backorder.registrant_id = made.contact_id or backorder.admin_id = made.contact_id
        or backorder.tech_id = made.contact_id or backorder.billing_id = made.contact_id)
    join listing on listing.id = backorder.listing_id
    join zone on zone.name = listing.zone and zone.registry_id = account.registry_id
    cross join lateral (select array_agg(role order by place) as roles from ${namedBy('backorder')}
      where named.contact_id = made.contact_id and role = any (zone.contact_roles)) as used`

/** So near to the cut-off a contact that is still not made is an alarm: enough for a person to ask the registry. 6 hours. */
export const CONTACT_NEAR_SECONDS = 21_600

/** A contact is made within seconds of its request: after a late order one that is pending for less is no alarm. 5 minutes. */
export const CONTACT_PENDING_SECONDS = 300

/**
 * Where `ordersOfContactsNotMade` is read: the contacts that the drop will probably have to do without, of which people are notified. Those that
 * are refused, and those that are not made although the cut-off is near.
 */
export const isMissing: RawBuilder<unknown> = sql`(made.state = 'failed'
  or (listing.cutoff_at <= statement_timestamp() + make_interval(secs => ${CONTACT_NEAR_SECONDS})
    and exists (select from registry_request as request
      where request.contact_id = made.contact_id and request.registry_account_id = made.registry_account_id
        and request.created_at <= statement_timestamp() - make_interval(secs => ${CONTACT_PENDING_SECONDS}))))`

/** Where `ordersOfContactsNotMade` is read: `made.state` as the partial index has it. */
export const isNotMade: RawBuilder<unknown> = sql`made.state <> 'created' and used.roles is not null`
