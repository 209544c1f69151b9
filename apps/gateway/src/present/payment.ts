import type { Asked } from '@droplock/core/payment-provider/ask'
import type { PaymentView } from '@droplock/core/payments/read'
import type { RefundOfPayment } from '@droplock/core/refunds/read'
import { presentMoney } from './money.ts'
import { present, presentTime } from './optional.ts'

/** With the secret, and what goes with it, where there is one: the caller is whose payment it is. */
export function presentPayment(payment: PaymentView & Asked) {
  return {
    id: payment.id,
    purpose: payment.purpose,
    method: payment.method,
    state: payment.state,
    amount: presentMoney(payment.amountMinor, payment.currency),
    secures: payment.secures,
    created_at: payment.createdAt.toISOString(),
    ...present({
      name: payment.name,
      backorder_id: payment.backorderId,
      renewal_id: payment.renewalId,
      pay_by: presentTime(payment.payBy),
      provider: payment.provider,
      client_secret: payment.clientSecret,
      publishable_key: payment.publishableKey,
      pay_url: payment.payUrl,
    }),
  }
}

export function presentRefund(refund: RefundOfPayment) {
  return {
    id: refund.id,
    cause: refund.cause,
    state: refund.state,
    destination: refund.destination,
    amount: presentMoney(refund.amountMinor, refund.currency),
    created_at: refund.createdAt.toISOString(),
  }
}
