import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { lockTerms } from '../locks.ts'
import { newId } from '../new-id.ts'
import { addPrices, startPrices } from './internal.ts'
import { isPriceInForce } from './price-of.ts'

/** What a backorder in a zone costs a customer. Minor units. */
export type TierPrice = {
  readonly tier: string
  readonly currency: string
  readonly amountMinor: bigint | null
}

/** Sets prices of a zone from now on; those that are so already stay as they are. Null ends a price. */
export async function putTierPrices(
  tx: Transaction<Database>,
  zone: string,
  prices: readonly TierPrice[],
  listId: string | null = null,
): Promise<void> {
  if (prices.length === 0) return
  await lockTerms(tx)
  const known = await readTierPrices(tx, [zone])
  const isKnown = ({ tier, currency, amountMinor }: TierPrice) =>
    known.some((each) => each.tier === tier && each.currency === currency && each.amountMinor === amountMinor)
  const changed = prices.filter((price) => !isKnown(price))
  if (changed.length === 0) return
  const now = await databaseTime(tx)
  const added = changed.map(({ tier, currency, amountMinor }) => ({
    zone,
    kind: 'tier' as const,
    match: tier,
    label: { weight: 0 },
    currency,
    amountMinor,
    startsAt: now,
  }))
  await startPrices(tx, await addPrices(tx, newId, added, listId))
}

/** The prices of zones by tier that are in force, in the order of zone, tier and currency. */
export async function readTierPrices(db: Kysely<Database>, zones: readonly string[]) {
  const { rows } = await sql<TierPrice & { readonly zone: string; readonly amountMinor: bigint }>`
    select zone, match as tier, currency, amount_minor as "amountMinor"
    from price_rule join price_amount as price on price.rule_id = price_rule.id
    where kind = 'tier' and zone = any(${[...zones]}::text[]) and ${isPriceInForce}
    order by zone, match, currency`.execute(db)
  return rows
}
