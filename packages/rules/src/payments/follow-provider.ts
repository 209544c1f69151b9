import { next } from '../machines/machine.ts'
import { type PaymentEvent, type PaymentState, paymentMachine } from '../machines/payment.ts'
import type { IntentState } from '../ports/payments.ts'

/**
 * What the provider's word means for a payment of ours. `known`: nothing new, or older news than ours. `contradiction`: it
 * says that a payment which can't be paid any more was paid; a person has to look.
 */
export type Followed =
  | { readonly kind: 'known' }
  | { readonly kind: 'moved'; readonly state: PaymentState }
  | { readonly kind: 'contradiction' }

const leads: Readonly<Record<IntentState, PaymentEvent>> = {
  requires_action: 'require_action',
  processing: 'process',
  succeeded: 'capture',
  failed: 'decline',
  canceled: 'cancel',
}

/**
 * Follows the provider's state of a payment, which was fetched at some time: two that fetched may tell in either order, and
 * steps between may never be told. So a state that cannot follow ours is old news; captured money never is.
 */
export function followProvider(ours: PaymentState, told: IntentState): Followed {
  if (ours === 'canceled') return { kind: told === 'succeeded' ? 'contradiction' : 'known' }
  if (ours === told || (ours !== 'requires_action' && ours !== 'processing' && ours !== 'failed')) {
    return { kind: 'known' }
  }
  return { kind: 'moved', state: next(paymentMachine, ours, leads[told]) }
}
