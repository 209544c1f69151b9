import type { Outcome } from '../processor/records.ts'
import { ApiError, apiErrors } from './errors.ts'
import { renderDecline, renderDispute, renderIntent, renderRefund } from './render.ts'

/** What came of a command, as Stripe answers it. Throws ApiError for a refusal, and for a card that was declined. */
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
    case 'noted':
      return {}
    case 'refused':
      throw refusal(outcome, live)
  }
}

function refusal({ code, intent }: Extract<Outcome, { kind: 'refused' }>, live: boolean): ApiError {
  const seen = intent === undefined ? {} : { payment_intent: renderIntent(intent, live) }
  const no = (message: string, more: object) =>
    new ApiError(400, 'invalid_request_error', message, { ...more, ...seen })
  switch (code) {
    case 'not_found':
      return apiErrors.missing('object', 'of this id')
    case 'key_reused':
      return apiErrors.keyReused()
    case 'wrong_state':
      return no('The state of the object does not allow it.', { code: 'payment_intent_unexpected_state' })
    case 'already_refunded':
      return no('The charge has been refunded.', { code: 'charge_already_refunded' })
    case 'amount_exceeds_remaining':
      return no('The amount is greater than what is left of the charge.', { param: 'amount' })
    case 'disputed':
      return no('The charge is disputed.', { code: 'charge_disputed' })
    case 'full':
      return apiErrors.serverError()
  }
}
