import { type AccountContext, requireScope } from '../context.ts'
import { type Page, takePage } from '../database/page.ts'
import type { BalanceCause } from '../ledger/move.ts'

export type ListTransactions = {
  /** `id` of the last transaction of the page before. */
  readonly after?: string
  readonly limit: number
}

/** One line of the account statement: a positive amount came in, a negative one went out. */
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

/**
 * The caller's account statement, newest first: every posting on its balance. The id is the cause's own (a backorder, a
 * renewal, a refund, a receipt); UUIDv7, so it sorts by time and pages stay stable while new lines arrive. Throws
 * Refusal('insufficient_scope').
 */
export async function listTransactions(
  ctx: AccountContext,
  query: ListTransactions,
): Promise<Page<Transaction>> {
  requireScope(ctx, 'balance:read')
  let select = ctx.db
    .selectFrom('posting')
    .leftJoin('backorder', 'backorder.id', 'posting.backorder_id')
    .leftJoin('renewal', 'renewal.id', 'posting.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
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
    .where('ledger_account', '=', 'customer_balance')
    .where('posting.account_id', '=', ctx.actor.accountId)
    .orderBy('posting.cause_id', 'desc')
    .limit(query.limit + 1)
  if (query.after !== undefined) select = select.where('posting.cause_id', '<', query.after)
  const rows = await select.execute()
  return takePage(rows.map(toTransaction), query.limit, (transaction) => transaction.id)
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

function toTransaction(row: Row): Transaction {
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
