import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'
import { isPriceInForce } from './price-of.ts'

/** Changes that are shown one by one; all of them are counted. */
const SHOWN_MAX = 100

export type PriceChange = {
  readonly name: string
  readonly currency: string
  /** Minor units; null: not sold in this currency. */
  readonly beforeMinor: bigint | null
  readonly afterMinor: bigint | null
}

/** By name and currency. */
export type PriceChanges = {
  readonly dearer: number
  readonly cheaper: number
  /** Sold in the currency from then on, or no longer. */
  readonly added: number
  readonly ended: number
  /** The first by name. */
  readonly first: readonly PriceChange[]
}

/**
 * Names whose price has changed since `since` (the database's time, as text) by starting prices of these rules in this transaction. Those
 * that another rule matches now are counted by that rule, although they are written later.
 */
export async function countPriceChanges(
  tx: Transaction<Database>,
  rules: readonly string[],
  since: string,
): Promise<PriceChanges> {
  const { rows } = await sql<{
    dearer: bigint
    cheaper: bigint
    added: bigint
    ended: bigint
    first: readonly { name: string; currency: string; before: string | null; after: string | null }[]
  }>`
    with affected as materialized (
      select name, price_rule_id as before_id, price_rule_of(name, zone, tier) as after_id from listing
      where ${isLive} and (id in (select listing_id from pending_terms) or price_rule_id = any(${[...rules]}::uuid[]))
    ), priced as (
      select name, rule_id as id, 'before' as side, currency, amount_minor from affected join price_amount on rule_id = before_id
      where started_at < ${since}::timestamptz and (ended_at is null or ended_at >= ${since}::timestamptz)
      union all
      select name, rule_id, 'after', currency, amount_minor from affected join price_amount as price on rule_id = after_id
      where ${isPriceInForce}
    ), changed as materialized (
      select name, currency, max(amount_minor) filter (where side = 'before') as before,
        max(amount_minor) filter (where side = 'after') as after
      from priced group by name, currency
      having max(amount_minor) filter (where side = 'before') is distinct from max(amount_minor) filter (where side = 'after')
    )
    select count(*) filter (where after > before) as dearer, count(*) filter (where after < before) as cheaper,
      count(*) filter (where before is null) as added, count(*) filter (where after is null) as ended,
      coalesce((select jsonb_agg(jsonb_build_object('name', name, 'currency', currency, 'before', before::text, 'after', after::text)
          order by name, currency)
        from (select * from changed order by name, currency limit ${sql.lit(SHOWN_MAX)}) as shown), '[]') as first
    from changed`.execute(tx)
  const { dearer = 0n, cheaper = 0n, added = 0n, ended = 0n, first = [] } = rows[0] ?? {}
  return {
    dearer: Number(dearer),
    cheaper: Number(cheaper),
    added: Number(added),
    ended: Number(ended),
    first: first.map(({ name, currency, before, after }) => ({
      name,
      currency,
      beforeMinor: amountOf(before),
      afterMinor: amountOf(after),
    })),
  }
}

function amountOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}
