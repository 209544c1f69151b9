import type { Outcome } from '../processor/records.ts'
import { renderDecline, renderDispute, renderIntent, renderPayout, renderRefund } from './render.ts'

/** An error in Stripe's format. */
export class ApiError extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, type: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.body = { type, message, ...more }
  }
}

const request = 'invalid_request_error'

export const apiErrors = {
  missing: (object: string, id: string) =>
    new ApiError(404, request, `No such ${object}: '${id}'`, { code: 'resource_missing', param: 'id' }),
  unknownParameter: (param: string) =>
    new ApiError(400, request, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param }),
  missingParameter: (param: string) =>
    new ApiError(400, request, `Missing required param: ${param}.`, { code: 'parameter_missing', param }),
  invalid: (param: string, code: string) =>
    new ApiError(400, request, `Invalid value for ${param}`, { code, param }),
  /** The middle of the key is masked, its ends are shown. An adapter must not pass this on. */
  badKey: (key: string) =>
    new ApiError(401, request, `Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`),
  keyInUse: () =>
    new ApiError(409, 'idempotency_error', 'Another request with this key is being worked on.', {
      code: 'idempotency_key_in_use',
    }),
  keyReused: () => new ApiError(400, 'idempotency_error', 'This key was used before, with other parameters.'),
  rateLimited: () => new ApiError(429, request, 'Too many requests.', { code: 'rate_limit' }),
  serverError: () => new ApiError(500, 'api_error', 'Something went wrong on our side.'),
}

/** The outcome of a command as Stripe's answer. Throws ApiError for a refusal and for a declined card. */
export function renderOutcome(outcome: Outcome, live: boolean): object {
  switch (outcome.kind) {
    case 'intent': {
      const { intent } = outcome
      if (intent.declineCode === undefined) return renderIntent(intent, live)
      const { type, message, ...codes } = renderDecline(intent.declineCode)
      throw new ApiError(402, type, message, { ...codes, payment_intent: renderIntent(intent, live) })
    }
    case 'refund':
      return renderRefund(outcome.refund)
    case 'dispute':
      return renderDispute(outcome.dispute, live)
    case 'payout':
      return renderPayout(outcome.payout, live)
    case 'accepted':
      return {}
    case 'refused':
      throw refusal(outcome, live)
  }
}

function refusal({ code, intent }: Extract<Outcome, { kind: 'refused' }>, live: boolean): ApiError {
  const seen = intent === undefined ? {} : { payment_intent: renderIntent(intent, live) }
  const refused = (message: string, more: object) =>
    new ApiError(400, 'invalid_request_error', message, { ...more, ...seen })
  switch (code) {
    case 'not_found':
      return apiErrors.missing('object', 'of this id')
    case 'key_reused':
      return apiErrors.keyReused()
    case 'wrong_state':
      return refused('The state of the object does not allow it.', {
        code: 'payment_intent_unexpected_state',
      })
    case 'already_refunded':
      return refused('The charge has been refunded.', { code: 'charge_already_refunded' })
    case 'amount_exceeds_remaining':
      return refused('The amount is greater than what is left of the charge.', { param: 'amount' })
    case 'disputed':
      return refused('The charge is disputed.', { code: 'charge_disputed' })
    // Without a code: only the dispute itself shows why.
    case 'evidence_closed':
      return refused('This dispute does not accept evidence.', {})
    case 'nothing_to_pay_out':
      return refused('You have insufficient funds for this payout.', { code: 'balance_insufficient' })
    case 'full':
      return apiErrors.serverError()
  }
}
