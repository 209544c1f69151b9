import { behaviourOf, type CardBehaviour } from './cards.ts'
import type { DeclineCode, IntentRecord, Outcome, Pen } from './records.ts'

/** Beyond this the sandbox is not what is wanted: everything is kept in memory. */
const intentsMax = 200_000

type IntentOrder = {
  readonly amountMinor: string
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
}

export function createIntent(pen: Pen, order: IntentOrder): Outcome {
  if (pen.books.intents.size >= intentsMax) return { kind: 'refused', code: 'full' }
  const intent: IntentRecord = {
    id: `pi_${pen.id}`,
    secret: `pi_${pen.id}_secret_${pen.id}`,
    chargeId: `ch_${pen.id}`,
    amountMinor: BigInt(order.amountMinor),
    currency: order.currency,
    metadata: order.metadata,
    status: 'requires_payment_method',
    atMs: pen.atMs,
  }
  return become(pen, intent, 'payment_intent.created')
}

export function confirmIntent(pen: Pen, intentId: string, card: CardBehaviour): Outcome {
  const intent = pen.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'requires_payment_method') return { kind: 'refused', code: 'wrong_state', intent }
  const { declineCode: _, ...fresh } = intent
  const tried = { ...fresh, behaviour: behaviourOf(card, intent.amountMinor) }
  switch (tried.behaviour) {
    case 'decline':
      return fail(pen, tried, 'card_declined')
    case 'insufficient_funds':
      return fail(pen, tried, 'insufficient_funds')
    case 'expired':
      return fail(pen, tried, 'expired_card')
    case 'extra_step':
      return become(pen, { ...tried, status: 'requires_action' }, 'payment_intent.requires_action')
    case 'late':
      return become(pen, { ...tried, status: 'processing' }, 'payment_intent.processing')
    default:
      return captureIntent(pen, tried)
  }
}

export function finishStep(pen: Pen, intentId: string, passed: boolean): Outcome {
  const intent = pen.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'requires_action') return { kind: 'refused', code: 'wrong_state', intent }
  return passed ? captureIntent(pen, intent) : fail(pen, intent, 'authentication_failed')
}

export function cancelIntent(pen: Pen, intentId: string): Outcome {
  const intent = pen.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  // What a bank is working on can't be called back, what is paid is refunded.
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_action') {
    return { kind: 'refused', code: 'wrong_state', intent }
  }
  return become(pen, { ...intent, status: 'canceled' }, 'payment_intent.canceled')
}

/** The money comes in: 2.9 % and 30 minor units stay with the processor, as with many. */
export function captureIntent(pen: Pen, intent: IntentRecord): Outcome {
  const paid: IntentRecord = { ...intent, status: 'succeeded' }
  const feeMinor = (intent.amountMinor * 29n) / 1_000n + 30n
  const { amountMinor, currency, chargeId: sourceId } = paid
  pen.move({ category: 'charge', amountMinor, feeMinor, currency, sourceId })
  pen.tell('charge.succeeded', { about: 'charge', record: paid })
  return become(pen, paid, 'payment_intent.succeeded')
}

function fail(pen: Pen, intent: IntentRecord, declineCode: DeclineCode): Outcome {
  const failed: IntentRecord = { ...intent, status: 'requires_payment_method', declineCode }
  return become(pen, failed, 'payment_intent.payment_failed')
}

function become(pen: Pen, intent: IntentRecord, type: string): Outcome {
  pen.books.intents.set(intent.id, intent)
  pen.tell(type, { about: 'payment_intent', record: intent })
  return { kind: 'intent', intent }
}
