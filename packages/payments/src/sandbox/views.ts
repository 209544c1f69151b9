import type { z } from 'zod'
import type {
  Books,
  DisputeRecord,
  EventRecord,
  IntentRecord,
  Movement,
  RefundRecord,
} from '../processor/records.ts'
import type { disputeView, eventView, intentView, movementView, refundView } from './protocol.ts'

export function viewIntent(intent: IntentRecord): z.output<typeof intentView> {
  const failed = intent.declineCode !== undefined && intent.status === 'requires_payment_method'
  const state = failed ? 'failed' : stateOf(intent)
  const payable = state === 'requires_action' || state === 'failed'
  return {
    id: intent.id,
    payment_id: intent.metadata['payment_id'] ?? '',
    state,
    amount_minor: String(intent.amountMinor),
    currency: intent.currency,
    captured_minor: intent.status === 'succeeded' ? String(intent.amountMinor) : '0',
    ...(failed ? { decline_reason: intent.declineCode } : {}),
    ...(payable ? { client_secret: intent.secret } : {}),
  }
}

function stateOf({ status }: IntentRecord) {
  return status === 'requires_payment_method' ? 'requires_action' : status
}

export function viewRefund(refund: RefundRecord): z.output<typeof refundView> {
  return {
    id: refund.id,
    refund_id: refund.metadata['refund_id'] ?? '',
    payment: refund.intentId,
    state: refund.status === 'pending' ? 'processing' : refund.status,
    amount_minor: String(refund.amountMinor),
    currency: refund.currency,
  }
}

export function viewDispute(dispute: DisputeRecord): z.output<typeof disputeView> {
  return {
    id: dispute.id,
    payment: dispute.intentId,
    state: dispute.status === 'needs_response' ? 'open' : dispute.status,
    amount_minor: String(dispute.amountMinor),
    currency: dispute.currency,
  }
}

/** The object of a charge is its payment. */
function viewMovement(movement: Movement): z.output<typeof movementView> {
  const isCharge = movement.category === 'charge'
  return {
    id: movement.id,
    kind: movement.category === 'charge' ? 'payment' : movement.category,
    object: isCharge ? movement.sourceId.replace(/^ch_/, 'pi_') : movement.sourceId,
    amount_minor: String(movement.amountMinor),
    fee_minor: String(movement.feeMinor),
    currency: movement.currency,
    created_at: new Date(movement.atMs).toISOString(),
  }
}

/** `undefined` for an event whose object does not exist here. */
export function viewEvent(event: EventRecord): z.output<typeof eventView> | undefined {
  if (event.about === 'charge') return undefined
  const { id, record, about, atMs } = event
  return {
    id,
    about: about === 'payment_intent' ? 'payment' : about,
    object: record.id,
    created_at: new Date(atMs).toISOString(),
  }
}

/** Newest first, in a range of instants; the cursor is the last movement seen. `undefined` for a cursor of no movement. */
export function pageMovements(
  { movements }: Pick<Books, 'movements'>,
  range: { readonly fromMs: number; readonly toMs: number; readonly cursor?: string | undefined },
  pageSize: number,
) {
  const inRange = movements.filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs).toReversed()
  const start = range.cursor === undefined ? 0 : inRange.findIndex(({ id }) => id === range.cursor) + 1
  if (range.cursor !== undefined && start === 0) return undefined
  const page = inRange.slice(start, start + pageSize)
  const last = page.at(-1)
  const more = start + pageSize < inRange.length && last !== undefined
  return { movements: page.map(viewMovement), ...(more ? { cursor: last.id } : {}) }
}
