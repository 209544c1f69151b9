import type { BankTransferRow } from '@droplock/core/bank-transfers/read'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentTransfer(transfer: BankTransferRow) {
  const { amountMinor, balanceMinor, currency } = transfer
  return {
    ...wire(transfer),
    amount: presentMoney(amountMinor, currency),
    balance: presentMoney(balanceMinor, currency),
  }
}
