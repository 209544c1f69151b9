import type { PaymentCase, PaymentRow } from '@droplock/core/cases/payments'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentPayment(payment: PaymentRow) {
  const { amountMinor, capturedMinor, refundedMinor, currency } = payment
  return {
    ...wire(payment),
    amount: presentMoney(amountMinor, currency),
    captured: presentMoney(capturedMinor, currency),
    refunded: presentMoney(refundedMinor, currency),
    remaining: presentMoney(capturedMinor - refundedMinor, currency),
  }
}

export function presentPaymentCase(payment: PaymentCase) {
  const { currency, alone } = payment
  const left = alone.limitMinor - alone.aloneBeforeMinor
  return {
    ...wire(payment),
    ...presentPayment(payment),
    refundable: presentMoney(payment.refundableMinor, currency),
    alone_limit: presentMoney(alone.limitMinor, currency),
    // A limit that was lowered may be below what was refunded under it.
    alone_left: presentMoney(left > 0n ? left : 0n, currency),
    disputes: payment.disputes.map((dispute) => withAmount(dispute)),
    postings: payment.postings.map((posting) => withAmount(posting)),
  }
}

function withAmount<Row extends { readonly amountMinor: bigint; readonly currency: string }>(row: Row) {
  return { ...wire(row), amount: presentMoney(row.amountMinor, row.currency) }
}
