import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { BalanceCause } from '../ledger/move.ts'

/** One line of an account's statement: a positive amount came in, a negative one went out. Minor units. */
export type Transaction = {
  readonly id: string
  readonly cause: BalanceCause
  readonly amountMinor: bigint
  readonly currency: string
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly name: string | null
  readonly postedAt: Date
}

/** Every posting on an account's balance, with the order it is of. */
export function selectTransactions(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom('posting')
    .leftJoin('backorder', 'backorder.id', 'posting.backorder_id')
    .leftJoin('renewal', 'renewal.id', 'posting.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .where('ledger_account', '=', 'customer_balance')
    .where('posting.account_id', '=', accountId)
    .select([
      'posting.cause_id',
      'cause',
      'amount_minor',
      'posting.currency',
      'posting.backorder_id',
      'posting.renewal_id',
      'backorder.name',
      'registration.name as renewed_name',
      'posted_at',
    ])
}

type Row = {
  readonly cause_id: string
  readonly cause: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly backorder_id: string | null
  readonly renewal_id: string | null
  readonly name: string | null
  readonly renewed_name: string | null
  readonly posted_at: Date
}

export function toTransaction(row: Row): Transaction {
  return {
    id: row.cause_id,
    cause: row.cause as BalanceCause,
    amountMinor: row.amount_minor,
    currency: row.currency,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    name: row.name ?? row.renewed_name,
    postedAt: row.posted_at,
  }
}
