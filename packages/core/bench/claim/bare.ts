import type { Pool } from 'pg'

/**
 * The claim as one would write it with `pg` and nothing else, in the fewest statements there can be: one. It does the same
 * work on the same schema, with all its constraints and triggers: locks the listing, checks state, holder, zone and, after
 * the lock, the clock; copies the price; writes the backorder, its payment, the two postings (a trigger debits the balance)
 * and the event. What it does not do: tell why it was refused.
 */
export const claimStatement = `
  with locked as materialized (
    select id, name, zone, price_rule_id, cutoff_at from listing
    where name = $1 and state = 'open' and holder is null and not (premium or reserved or suspect)
    for update
  ), taken as (
    update listing set holder = $2 from locked join zone on zone.name = locked.zone and zone.enabled
      join price_amount as price on price.rule_id = locked.price_rule_id and price.currency = 'USD'
        and price.started_at is not null and price.ended_at is null
    where listing.id = locked.id and listing.holder is null and locked.cutoff_at > clock_timestamp()
    returning listing.id, listing.name, price.amount_minor, clock_timestamp() as at
  ), ordered as (
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at)
    select $2, id, name, $3, 'backordered', amount_minor, 'USD', at, at from taken
    returning *
  ), paid as (
    insert into payment (id, account_id, backorder_id, method, state, amount_minor, captured_minor, currency, secures, created_at)
    select $4, account_id, id, 'balance', 'succeeded', price_minor, price_minor, 'USD', true, created_at from ordered
  ), posted as (
    insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency)
    select 'secure', id, line, ledger_account, account_id, id, sign * price_minor, 'USD'
    from ordered, (values (1, 'customer_balance', -1), (2, 'escrow', 1)) as side (line, ledger_account, sign)
  )
  insert into event (id, topic, account_id, subject_id, data)
  select $5, 'backorder.secured', account_id, id, to_jsonb(ordered) from ordered`

/** Claims `name` for an account. Whether it was had. Throws when the balance does not cover the price. */
export async function claimBare(
  pool: Pool,
  newId: () => string,
  name: string,
  accountId: string,
): Promise<boolean> {
  const done = await pool.query(claimStatement, [name, newId(), accountId, newId(), newId()])
  return done.rowCount === 1
}
