import type { AccountRow } from '@droplock/core/accounts/read'
import type { Statement, Transaction } from '@droplock/core/accounts/statement'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentAccount(account: AccountRow) {
  const { currency } = account
  return {
    ...wire(account),
    balance: presentMoney(account.balanceMinor, currency),
    credit_limit: presentMoney(account.creditLimitMinor, currency),
    available: presentMoney(account.availableMinor, currency),
    escrow: presentMoney(account.escrowMinor, currency),
  }
}

export function presentStatement(statement: Statement) {
  const { currency } = statement
  return {
    ...wire(statement),
    opening: presentMoney(statement.openingMinor, currency),
    activity: statement.activity.map(({ cause, count, creditMinor, debitMinor }) => ({
      cause,
      count,
      credit: presentMoney(creditMinor, currency),
      debit: presentMoney(debitMinor, currency),
    })),
    closing: presentMoney(statement.closingMinor, currency),
  }
}

export function presentTransaction(transaction: Transaction) {
  return { ...wire(transaction), amount: presentMoney(transaction.amountMinor, transaction.currency) }
}
