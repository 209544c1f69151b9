import type { RefundRow } from '@droplock/core/refunds/read'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentRefund(refund: RefundRow) {
  return { ...wire(refund), amount: presentMoney(refund.amountMinor, refund.currency) }
}
