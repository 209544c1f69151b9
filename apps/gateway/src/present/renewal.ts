import type { RenewalQuote, RenewalView } from '@droplock/core/renewals/read'
import type { OrderedRenewal } from '../renewal-services.ts'
import { presentMoney } from './money.ts'
import { present, presentTime } from './optional.ts'
import { presentPayment } from './payment.ts'

export function presentRenewal(renewal: RenewalView) {
  return {
    id: renewal.id,
    backorder_id: renewal.backorderId,
    name: renewal.name,
    state: renewal.state,
    years: renewal.years,
    price: presentMoney(renewal.priceMinor, renewal.currency),
    quoted_expires_at: renewal.quotedExpiresAt.toISOString(),
    created_at: renewal.createdAt.toISOString(),
    ...present({
      new_expires_at: presentTime(renewal.newExpiresAt),
      failure_reason: renewal.failureReason,
      pay_by: presentTime(renewal.payBy),
      paid_at: presentTime(renewal.paidAt),
      decided_at: presentTime(renewal.decidedAt),
    }),
  }
}

export function presentOrderedRenewal({ renewal, payment }: OrderedRenewal) {
  return { ...presentRenewal(renewal), ...(payment && { payment: presentPayment(payment) }) }
}

export function presentQuote(quote: RenewalQuote) {
  return {
    backorder_id: quote.backorderId,
    name: quote.name,
    years: quote.years,
    price: presentMoney(quote.priceMinor, quote.currency),
    expires_at: quote.expiresAt.toISOString(),
    new_expires_at: quote.newExpiresAt.toISOString(),
    valid_until: quote.validUntil.toISOString(),
  }
}
