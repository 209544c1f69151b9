import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { Answer } from '../idempotency/keyed-request.ts'
import { orderMembers } from './order-fields.ts'

/** The status of the answer to an order (RFC 9110 §15.3.2). */
export const CREATED = 201

/** Where the order can be read from now on. */
export const placedLocation: RawBuilder<unknown> = sql`'/v1/backorders/' || backorder.id`

/**
 * The body of the answer to an order that is paid from the balance, as the API's contract has it (`PlacedBackorder` in
 * `apps/gateway/src/resources/backorders.ts`). Written by the database because a claim is one statement, which stores it under the
 * request's key; and here alone, so that whichever way the order was placed, the first answer and every replay are the same text. For a
 * statement that reads `backorder` and `listing`, the window as it was ordered.
 */
export const placedBody: RawBuilder<string> = sql<string>`
  json_strip_nulls(json_build_object('id', backorder.id, 'name', backorder.name, 'state', backorder.state,
    'price', json_build_object('amount_minor', backorder.price_minor, 'currency', backorder.currency),
    'created_at', ${asWritten(sql.ref('backorder.created_at'))}, 'secured_at', ${asWritten(sql.ref('backorder.secured_at'))},
    'cutoff_at', ${asWritten(sql.ref('listing.cutoff_at'))}, 'drop_from', ${asWritten(sql.ref('listing.drop_from'))},
    'drop_to', ${asWritten(sql.ref('listing.drop_to'))}, ${orderMembers}))::text`

/** A time in the form of the contract: to the millisecond, and with a year of four digits whatever it is. */
function asWritten(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(greatest(least(${time}, '9999-12-31T23:59:59.999Z'), '0001-01-01T00:00:00Z') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** The answer to an order that was just placed in this transaction. */
export async function readPlacedAnswer(tx: Kysely<Database>, backorderId: string): Promise<Answer> {
  const { rows } = await sql<Pick<Answer, 'location' | 'body'>>`
    select ${placedLocation} as location, ${placedBody} as body
    from backorder join listing on listing.id = backorder.listing_id where backorder.id = ${backorderId}`.execute(
    tx,
  )
  const row = rows[0]
  if (row === undefined) throw new Error('the order is not there')
  return { status: CREATED, ...row }
}
