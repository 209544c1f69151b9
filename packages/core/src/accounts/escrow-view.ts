import { sql } from 'kysely'

/**
 * Of a row of `account`: its money in escrow, that of its undecided backorders and renewals: paid, and neither earned nor
 * refunded yet. Minor units.
 */
export const escrowOfAccount = sql<string>`((select coalesce(sum(price_minor), 0) from backorder
    where account_id = account.id and backorder.state in ('backordered', 'registering'))
  + (select coalesce(sum(price_minor), 0) from renewal
    where account_id = account.id and renewal.state in ('paid', 'renewing')))`
