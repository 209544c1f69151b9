import { sql } from 'kysely'

/** Of a row of `account`: the money of its undecided backorders, paid and neither earned nor refunded yet. Minor units. */
export const escrowOfAccount = sql<string>`(select coalesce(sum(price_minor), 0) from backorder
  where account_id = account.id and backorder.state in ('backordered', 'registering'))`
