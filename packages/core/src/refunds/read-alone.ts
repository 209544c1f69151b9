import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type Alone = {
  /** Up to this much of one payment a finance person refunds alone; minor units, 0 where the currency has no limit. */
  readonly limitMinor: bigint
  /** What was refunded of the payment by one person alone before. */
  readonly aloneBeforeMinor: bigint
}

/** What one person may refund of a payment alone. For a decision the payment is locked. */
export async function readAlone(
  db: Kysely<Database>,
  payment: { readonly id: string; readonly currency: string },
): Promise<Alone> {
  const { rows } = await sql<{ limitMinor: bigint; aloneBeforeMinor: string }>`
    select
      coalesce((select alone_minor from refund_limit where currency = ${payment.currency}), 0) as "limitMinor",
      (select coalesce(sum(amount_minor), 0) from refund where payment_id = ${payment.id} and alone_limit_minor is not null
        and state not in ('expired', 'failed')) as "aloneBeforeMinor"`.execute(db)
  return {
    limitMinor: rows[0]?.limitMinor ?? 0n,
    aloneBeforeMinor: BigInt(rows[0]?.aloneBeforeMinor ?? 0),
  }
}
