import { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { answerTo } from '../../src/stripe/answer.ts'

/** The library's error for such an answer. */
function errorOf(
  statusCode: number,
  error: { code?: string; decline_code?: string; type?: string; param?: string },
) {
  const type = error.type ?? 'invalid_request_error'
  return Stripe.errors.StripeError.generate({
    ...error,
    type: type as 'invalid_request_error',
    statusCode,
    message: 'Invalid API Key provided: sk_live_****WXYZ',
    requestId: 'req_7',
    headers: { authorization: 'Bearer sk_live_secretWXYZ' },
  })
}

test.each([
  [402, { code: 'card_declined', decline_code: 'generic_decline' }, 'declined', 'card_declined'],
  [402, { code: 'card_declined', decline_code: 'insufficient_funds' }, 'declined', 'insufficient_funds'],
  [402, { code: 'expired_card' }, 'declined', 'expired_card'],
  [400, { code: 'charge_already_refunded' }, 'declined', 'already_refunded'],
  [400, { code: 'charge_disputed' }, 'declined', 'disputed'],
  [400, { code: 'balance_insufficient' }, 'declined', 'provider_balance_low'],
  [400, { param: 'amount' }, 'declined', 'amount_exceeds_remaining'],
  [400, { code: 'amount_too_small', param: 'amount' }, 'rejected', 'amount_unsupported'],
  [400, { code: 'parameter_unknown' }, 'rejected', 'invalid'],
  [400, { type: 'idempotency_error' }, 'rejected', 'key_reused'],
  [401, {}, 'rejected', 'unauthenticated'],
  [403, {}, 'rejected', 'not_permitted'],
  [404, { code: 'resource_missing' }, 'rejected', 'not_found'],
  [409, { code: 'idempotency_key_in_use', type: 'idempotency_error' }, 'ambiguous', 'in_progress'],
  [429, { code: 'rate_limit' }, 'rejected', 'rate_limited'],
  [429, { code: 'lock_timeout' }, 'rejected', 'rate_limited'],
  [500, { type: 'api_error' }, 'ambiguous', 'server_error'],
  [503, { type: 'api_error' }, 'ambiguous', 'server_error'],
] as const)('%s %o is %s: %s', (status, error, kind, reason) => {
  expect(answerTo(errorOf(status, error))).toMatchObject({ kind, reason, trace: 'req_7' })
})

test('only a refusal before any work is done is retryable', () => {
  const retryable = [400, 401, 403, 404, 429].filter((status) => {
    const answer = answerTo(errorOf(status, {}))
    return answer.kind === 'rejected' && answer.retryable
  })
  expect(retryable).toEqual([429])
})

test('a failed connection is ambiguous', () => {
  const { StripeConnectionError, StripeAPIError } = Stripe.errors
  const timedOut = new StripeConnectionError({
    message: 'Request aborted due to timeout being reached (30000ms)',
    type: 'api_error',
  })
  expect(answerTo(timedOut)).toEqual({ kind: 'ambiguous', reason: 'timeout' })
  const closed = new StripeConnectionError({ message: 'An error occurred', type: 'api_error' })
  expect(answerTo(closed)).toEqual({ kind: 'ambiguous', reason: 'connection' })
  const noJson = new StripeAPIError({ message: 'Invalid JSON', type: 'api_error' })
  expect(answerTo(noJson)).toEqual({ kind: 'ambiguous', reason: 'unreadable' })
  expect(answerTo(new RangeError('sk_live_secret'))).toEqual({ kind: 'ambiguous', reason: 'unreadable' })
})

test('nothing of Stripe’s message or of our headers is passed on', () => {
  for (const status of [400, 401, 402, 404, 409, 429, 500]) {
    expect(JSON.stringify(answerTo(errorOf(status, {})))).not.toMatch(/sk_live|WXYZ|Bearer/)
  }
})
