import type { HeldBackorder, SecuredBackorder } from '@droplock/core/backorders/claim-listing'
import type { BackorderView } from '@droplock/core/backorders/read'
import { presentMoney } from './money.ts'
import { present, presentTime } from './optional.ts'

export function presentBackorder(backorder: BackorderView) {
  return {
    ...terms(backorder),
    created_at: backorder.createdAt.toISOString(),
    ...present({
      pay_by: presentTime(backorder.payBy),
      secured_at: presentTime(backorder.securedAt),
      decided_at: presentTime(backorder.decidedAt),
      settled_at: presentTime(backorder.settledAt),
      failure_reason: backorder.failureReason,
      expired_reason: backorder.expiredReason,
    }),
  }
}

/** Ordered and paid in one transaction: it is secured at the instant it is made. */
export function presentSecured(backorder: SecuredBackorder) {
  const securedAt = backorder.securedAt.toISOString()
  return { ...terms(backorder), created_at: securedAt, secured_at: securedAt }
}

/** Ordered by card: held until its payment is captured. */
export function presentHeld(backorder: HeldBackorder) {
  return {
    ...terms(backorder),
    created_at: backorder.heldAt.toISOString(),
    pay_by: backorder.payBy.toISOString(),
  }
}

function terms<State extends string>(backorder: Terms<State>) {
  return {
    id: backorder.id,
    name: backorder.name,
    state: backorder.state,
    price: presentMoney(backorder.priceMinor, backorder.currency),
    cutoff_at: backorder.cutoffAt.toISOString(),
    drop_from: backorder.dropFrom.toISOString(),
    drop_to: backorder.dropTo.toISOString(),
  }
}

type Terms<State extends string> = {
  readonly state: State
} & Pick<BackorderView, 'id' | 'name' | 'priceMinor' | 'currency' | 'cutoffAt' | 'dropFrom' | 'dropTo'>
