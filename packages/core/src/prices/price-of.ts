import { type RawBuilder, sql } from 'kysely'

/** Whether the row `price` of `price_amount` is in force. */
export const isPriceInForce: RawBuilder<boolean> = sql<boolean>`(price.started_at is not null and price.ended_at is null)`

/** Whether the row `price` of `price_amount` is what names of a rule cost in a currency now. There is one at most. */
export function isPriceOf(ruleId: RawBuilder<unknown>, currency: string): RawBuilder<boolean> {
  return sql<boolean>`(price.rule_id = ${ruleId} and price.currency = ${currency} and ${isPriceInForce})`
}
