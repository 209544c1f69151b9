import type { Transaction } from '@droplock/core/accounts/statement'
import { presentMoney } from './money.ts'
import { present } from './optional.ts'

export function presentTransaction(transaction: Transaction) {
  return {
    id: transaction.id,
    cause: transaction.cause,
    amount: presentMoney(transaction.amountMinor, transaction.currency),
    ...present({
      backorder_id: transaction.backorderId,
      renewal_id: transaction.renewalId,
      name: transaction.name,
    }),
    posted_at: transaction.postedAt.toISOString(),
  }
}
