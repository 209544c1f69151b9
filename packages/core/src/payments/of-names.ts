import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { nameContains } from '../listings/filters.ts'
import { searchedAs } from '../name-as-written.ts'

/**
 * Of so many names all payments are found and sorted. More names are dense in the list: it is walked in its order then, and few rows are
 * passed over for each that matches.
 */
const SORTED_NAMES_MAX = 5_000

/**
 * A condition that a payment is for a name with this part (`nameContains`). `payment` is the column with the payment's id, `name` the
 * name of its order in the same query. Asks the database how many names there are, which decides how it is put.
 */
export async function isForName(
  db: Kysely<Database>,
  text: string,
  { payment, name }: { readonly payment: string; readonly name: RawBuilder<string | null> },
): Promise<RawBuilder<SqlBool>> {
  const part = searchedAs(text)
  const { rows } = await sql<{ names: bigint }>`
    select count(*) as names from (
      select from listing where ${nameContains(part)} limit ${SORTED_NAMES_MAX + 1}) as named`.execute(db)
  const areFew = (rows[0]?.names ?? 0n) <= BigInt(SORTED_NAMES_MAX)
  return areFew ? sql<SqlBool>`${sql.ref(payment)} in ${paymentsOf(part)}` : nameContains(part, name)
}

/** Each branch begins at the names; a card payment that secured no order names its listing alone. */
function paymentsOf(part: string): RawBuilder<unknown> {
  return sql`(
    with named as materialized (select id from listing where ${nameContains(part)}),
      ordered as materialized (select backorder.id from named join backorder on backorder.listing_id = named.id)
    select payment.id from ordered join payment on payment.backorder_id = ordered.id
    union all
    select payment.id from named join payment on payment.listing_id = named.id
    union all
    select payment.id from ordered join registration on registration.backorder_id = ordered.id
      join renewal on renewal.registration_id = registration.id join payment on payment.renewal_id = renewal.id)`
}
