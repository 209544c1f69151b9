import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ofFew, ofMany, type Search } from './database/page.ts'
import type { Database } from './database/tables.gen.ts'
import { nameContains } from './listings/filters.ts'
import { searchedAs } from './name-as-written.ts'

/**
 * Of so many names the payments are read beforehand. More names are dense in the list: it is walked in its order then, and few rows are
 * passed over for each that matches.
 */
const NAMES_READ_MAX = 2_000

/**
 * Finds rows by a part of the name that their payment is for (`nameContains`). `payment` is the column with the payment's id, `name` the
 * name of its order in the same query.
 */
export async function searchByName(
  db: Kysely<Database>,
  text: string,
  { payment, name }: { readonly payment: string; readonly name: RawBuilder<string | null> },
): Promise<Search> {
  const part = searchedAs(text)
  const { rows: named } = await sql<{ id: string }>`
    select id from listing where ${nameContains(part)} limit ${NAMES_READ_MAX + 1}`.execute(db)
  if (named.length > NAMES_READ_MAX) return ofMany(nameContains(part, name))
  const listings = named.map(({ id }) => id)
  return ofFew(payment, await readPayments(db, listings))
}

/** The payments for these listings. A card payment that secured no order names its listing alone. */
async function readPayments(db: Kysely<Database>, listings: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with ordered as materialized (select id from backorder where listing_id = any(${listings}::uuid[]))
    select payment.id from ordered join payment on payment.backorder_id = ordered.id
    union
    select id from payment where listing_id = any(${listings}::uuid[])
    union
    select payment.id from ordered join registration on registration.backorder_id = ordered.id
      join renewal on renewal.registration_id = registration.id join payment on payment.renewal_id = renewal.id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
