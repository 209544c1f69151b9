import type { Ambiguity, Answer, DeclineReason, Rejection } from '@droplock/rules/ports/payments'
import { Stripe } from 'stripe'

const { errors } = Stripe

/** Stripe's codes for a refusal of this card, payment or refund. */
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
 * Makes one call. The message of Stripe's error is not passed on: it may quote the request, including keys and secrets. Its
 * request id is.
 */
export async function ask<Value>(call: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { kind: 'done', value: await call() }
  } catch (error) {
    return answerTo(error)
  }
}

/** The meaning of an error of Stripe's library. Any other error is ours (an amount that cannot be read): the call succeeded and is `unreadable`. */
export function answerTo(error: unknown): Exclude<Answer<never>, { kind: 'done' }> {
  if (!(error instanceof errors.StripeError)) return { kind: 'ambiguous', reason: 'unreadable' }
  const trace = error.requestId === undefined ? {} : { trace: error.requestId }
  const reason = exceedsRemaining(error)
    ? 'amount_exceeds_remaining'
    : declineReasonOf(error.code, error.decline_code)
  if (reason !== undefined && isBusinessRefusal(error)) return { kind: 'declined', reason, ...trace }
  const ambiguity = ambiguityOf(error)
  if (ambiguity !== undefined) return { kind: 'ambiguous', reason: ambiguity, ...trace }
  const [rejection, retryable] = rejectionOf(error)
  return { kind: 'rejected', reason: rejection, retryable, ...trace }
}

/** Our reason for Stripe's code. The decline code is more precise and goes first. */
export function declineReasonOf(code?: string, declineCode?: string): DeclineReason | undefined {
  return declineByCode.get(declineCode ?? '') ?? declineByCode.get(code ?? '')
}

/** A refund above the remaining amount has no code, only the parameter. Other errors of an amount have a code. */
function exceedsRemaining({ code, param }: InstanceType<typeof errors.StripeError>): boolean {
  return code === undefined && param === 'amount'
}

function isBusinessRefusal({ statusCode }: InstanceType<typeof errors.StripeError>): boolean {
  return statusCode === 400 || statusCode === 402
}

/**
 * Any connection error counts as sent: the library repeats a request once when a kept-alive socket turns out to be closed,
 * so the last error may not be the first.
 */
function ambiguityOf(error: InstanceType<typeof errors.StripeError>): Ambiguity | undefined {
  if (error instanceof errors.StripeConnectionError) {
    return error.message.includes('timeout') ? 'timeout' : 'connection'
  }
  // A request with the same key is in progress.
  if (error.statusCode === 409 || error.code === 'idempotency_key_in_use') return 'in_progress'
  if (error instanceof errors.StripeAPIError) {
    // Without a status the answer was not JSON.
    return error.statusCode === undefined ? 'unreadable' : 'server_error'
  }
  return undefined
}

function rejectionOf(error: InstanceType<typeof errors.StripeError>): [Rejection, retryable: boolean] {
  // The rate limiter and the lock on the object refuse before any work is done.
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
