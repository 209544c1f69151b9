import { sql } from 'kysely'
import { clearAlarms, raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { isLive } from '../is-listed.ts'
import { keepTerms } from '../locks.ts'

/** What a batch did. `listings`: how many were decided again; 0: none was left, or other workers have them. */
export type Rewritten = { readonly listings: number; readonly changed: number }

/**
 * Decides again which price rule the next listings have, and whether they are reserved, in one transaction; each is locked first, so an
 * order has the price before or after it. A listing is pending until this is committed: a worker that dies leaves it to the next.
 * `listingsMax` bounds how long an order waits. A held name that becomes reserved keeps its holder.
 */
export async function rewriteTerms(ctx: Context, listingsMax: number): Promise<Rewritten> {
  return inTransaction(ctx.db, async (tx) => {
    await keepTerms(tx)
    const { rows } = await sql<{ id: string }>`
      delete from pending_terms where listing_id in (
        select listing_id from pending_terms order by listing_id limit ${listingsMax} for update skip locked)
      returning listing_id as id`.execute(tx)
    if (rows.length === 0) return { listings: 0, changed: 0 }
    const ids = rows.map(({ id }) => id)
    await sql`select from listing where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx)
    const { rows: changed } = await sql<Changed>`
      update listing set price_rule_id = decided.price_rule_id, reserved = decided.reserved
      from (
        select id, reserved as was_reserved, price_rule_of(name, zone, tier) as price_rule_id, is_reserved(name, zone) as reserved
        from listing where id = any(${ids}::uuid[]) and ${isLive}
      ) as decided
      where listing.id = decided.id
        and (listing.price_rule_id is distinct from decided.price_rule_id or listing.reserved <> decided.reserved)
      returning listing.id, name, listing.reserved, was_reserved as "wasReserved", holder is not null as held`.execute(
      tx,
    )
    await reportReserved({ ...ctx, db: tx }, changed)
    return { listings: ids.length, changed: changed.length }
  })
}

type Changed = {
  readonly id: string
  readonly name: string
  readonly reserved: boolean
  readonly wasReserved: boolean
  readonly held: boolean
}

/** An order for a name that became reserved is not failed: operators get an alarm, and the drop decides. */
async function reportReserved(ctx: Context, changed: readonly Changed[]): Promise<void> {
  const kind = 'held_name_reserved'
  const became = changed.filter(({ reserved, wasReserved, held }) => held && reserved && !wasReserved)
  await raiseAlarms(
    ctx,
    became.map(({ id, name }) => ({ kind, subject: id, facts: { name } })),
  )
  const ended = changed.filter(({ reserved, wasReserved }) => wasReserved && !reserved)
  await clearAlarms(
    ctx,
    ended.map(({ id }) => ({ kind, subject: id })),
  )
}
