import type { Ambiguity, Answer, DeclineReason, Rejection } from '@droplock/rules/ports/payments'
import { Stripe } from 'stripe'

const { errors } = Stripe

/** Stripe's codes for a no that is about this card, payment or refund. */
const declineByCode: ReadonlyMap<string, DeclineReason> = new Map([
  ['card_declined', 'card_declined'],
  ['insufficient_funds', 'insufficient_funds'],
  ['expired_card', 'expired_card'],
  ['payment_intent_authentication_failure', 'authentication_failed'],
  ['authentication_required', 'authentication_failed'],
  ['charge_already_refunded', 'already_refunded'],
  ['charge_disputed', 'disputed'],
  ['refund_disputed_payment', 'disputed'],
  ['charge_not_refundable', 'not_refundable'],
  ['payment_intent_unexpected_state', 'not_refundable'],
  ['balance_insufficient', 'provider_balance_low'],
])

/**
 * Makes one call and tells what came of it. The message of Stripe's error goes no further: it may quote what was sent, a key
 * or a secret among it. Its request id does.
 */
export async function ask<Value>(call: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { kind: 'done', value: await call() }
  } catch (error) {
    return answerTo(error)
  }
}

/** What an error of Stripe's library means. Ours (an amount that can't be read) is `unreadable`: the call has succeeded. */
export function answerTo(error: unknown): Exclude<Answer<never>, { kind: 'done' }> {
  if (!(error instanceof errors.StripeError)) return { kind: 'ambiguous', reason: 'unreadable' }
  const trace = error.requestId === undefined ? {} : { trace: error.requestId }
  const reason = isTooMuch(error)
    ? 'amount_exceeds_remaining'
    : declineReasonOf(error.code, error.decline_code)
  if (reason !== undefined && isRefusalOfBusiness(error)) return { kind: 'declined', reason, ...trace }
  const doubt = ambiguityOf(error)
  if (doubt !== undefined) return { kind: 'ambiguous', reason: doubt, ...trace }
  const [rejection, retryable] = rejectionOf(error)
  return { kind: 'rejected', reason: rejection, retryable, ...trace }
}

/** Our word for a code of Stripe's; the finer decline code first. */
export function declineReasonOf(code?: string, declineCode?: string): DeclineReason | undefined {
  return declineByCode.get(declineCode ?? '') ?? declineByCode.get(code ?? '')
}

/** A refund beyond what is left is told by its parameter alone; other faults of an amount have a code. */
function isTooMuch({ code, param }: InstanceType<typeof errors.StripeError>): boolean {
  return code === undefined && param === 'amount'
}

function isRefusalOfBusiness({ statusCode }: InstanceType<typeof errors.StripeError>): boolean {
  return statusCode === 400 || statusCode === 402
}

/**
 * Any trouble with the connection counts as sent: the library repeats a request once by itself when a kept-alive socket
 * turns out closed, so the last error need not be the first.
 */
function ambiguityOf(error: InstanceType<typeof errors.StripeError>): Ambiguity | undefined {
  if (error instanceof errors.StripeConnectionError) {
    return error.message.includes('timeout') ? 'timeout' : 'connection'
  }
  // The same key is being worked on at this moment.
  if (error.statusCode === 409 || error.code === 'idempotency_key_in_use') return 'in_progress'
  if (error instanceof errors.StripeAPIError) {
    // No status: what came was no JSON.
    return error.statusCode === undefined ? 'unreadable' : 'server_error'
  }
  return undefined
}

function rejectionOf(error: InstanceType<typeof errors.StripeError>): [Rejection, retryable: boolean] {
  // The rate limiter, and a lock on the object, stand before the work.
  if (error instanceof errors.StripeRateLimitError || error.code === 'lock_timeout')
    return ['rate_limited', true]
  if (error instanceof errors.StripeIdempotencyError) return ['key_reused', false]
  if (error instanceof errors.StripeAuthenticationError) return ['unauthenticated', false]
  if (error instanceof errors.StripePermissionError) return ['not_permitted', false]
  if (error.code === 'resource_missing' || error.statusCode === 404) return ['not_found', false]
  if (error.code === 'amount_too_large' || error.code === 'amount_too_small')
    return ['amount_unsupported', false]
  return ['invalid', false]
}
