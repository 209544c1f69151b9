import { behaviourOf, type CardBehaviour } from './cards.ts'
import type { CommandWriter, DeclineCode, IntentRecord, Outcome } from './records.ts'

/** Everything is kept in memory. */
const INTENTS_MAX = 200_000

type IntentOrder = {
  readonly amountMinor: string
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
}

export function createIntent(writer: CommandWriter, order: IntentOrder): Outcome {
  if (writer.books.intents.size >= INTENTS_MAX) return { kind: 'refused', code: 'full' }
  const intent: IntentRecord = {
    id: `pi_${writer.id}`,
    secret: `pi_${writer.id}_secret_${writer.id}`,
    chargeId: `ch_${writer.id}`,
    amountMinor: BigInt(order.amountMinor),
    currency: order.currency,
    metadata: order.metadata,
    status: 'requires_payment_method',
    atMs: writer.atMs,
  }
  return save(writer, intent, 'payment_intent.created')
}

export function confirmIntent(writer: CommandWriter, intentId: string, card: CardBehaviour): Outcome {
  const intent = writer.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'requires_payment_method') return { kind: 'refused', code: 'wrong_state', intent }
  const { declineCode: _, ...fresh } = intent
  const tried = { ...fresh, behaviour: behaviourOf(card, intent.amountMinor) }
  switch (tried.behaviour) {
    case 'decline':
      return fail(writer, tried, 'card_declined')
    case 'insufficient_funds':
      return fail(writer, tried, 'insufficient_funds')
    case 'expired':
      return fail(writer, tried, 'expired_card')
    case 'extra_step':
      return save(writer, { ...tried, status: 'requires_action' }, 'payment_intent.requires_action')
    case 'late':
      return save(writer, { ...tried, status: 'processing' }, 'payment_intent.processing')
    default:
      return captureIntent(writer, tried)
  }
}

export function finishStep(writer: CommandWriter, intentId: string, passed: boolean): Outcome {
  const intent = writer.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'requires_action') return { kind: 'refused', code: 'wrong_state', intent }
  return passed ? captureIntent(writer, intent) : fail(writer, intent, 'authentication_failed')
}

export function cancelIntent(writer: CommandWriter, intentId: string): Outcome {
  const intent = writer.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  // A payment that the bank is processing cannot be cancelled; a paid one is refunded instead.
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_action') {
    return { kind: 'refused', code: 'wrong_state', intent }
  }
  return save(writer, { ...intent, status: 'canceled' }, 'payment_intent.canceled')
}

/** Captures the money. The fee is 2.9 % and 30 minor units, as at many processors. */
export function captureIntent(writer: CommandWriter, intent: IntentRecord): Outcome {
  const paid: IntentRecord = { ...intent, status: 'succeeded' }
  const feeMinor = (intent.amountMinor * 29n) / 1_000n + 30n
  const { amountMinor, currency, chargeId: sourceId } = paid
  writer.addMovement({ category: 'charge', amountMinor, feeMinor, currency, sourceId })
  writer.addEvent('charge.succeeded', { about: 'charge', record: paid })
  return save(writer, paid, 'payment_intent.succeeded')
}

function fail(writer: CommandWriter, intent: IntentRecord, declineCode: DeclineCode): Outcome {
  const failed: IntentRecord = { ...intent, status: 'requires_payment_method', declineCode }
  return save(writer, failed, 'payment_intent.payment_failed')
}

function save(writer: CommandWriter, intent: IntentRecord, type: string): Outcome {
  writer.books.intents.set(intent.id, intent)
  writer.addEvent(type, { about: 'payment_intent', record: intent })
  return { kind: 'intent', intent }
}
