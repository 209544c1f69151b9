import type { z } from 'zod'
import type {
  Books,
  DisputeRecord,
  EventRecord,
  IntentRecord,
  Movement,
  PayoutRecord,
  RefundRecord,
} from '../processor/records.ts'
import type { disputeView, eventView, intentView, movementView, payoutView, refundView } from './protocol.ts'

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
    state: dispute.status === 'won' || dispute.status === 'lost' ? dispute.status : 'open',
    amount_minor: String(dispute.amountMinor),
    currency: dispute.currency,
    reason: dispute.reason,
    evidence_due_by: new Date(dispute.dueByMs).toISOString(),
    is_answered: Object.keys(dispute.evidence).length > 0,
  }
}

export function viewPayout(payout: PayoutRecord): z.output<typeof payoutView> {
  return {
    id: payout.id,
    state: payout.status,
    amount_minor: String(payout.amountMinor),
    currency: payout.currency,
    created_at: new Date(payout.atMs).toISOString(),
    arrives_at: new Date(payout.arrivesAtMs).toISOString(),
  }
}

const kinds = {
  charge: 'payment',
  refund: 'refund',
  refund_failure: 'refund_failure',
  dispute: 'dispute',
  dispute_reversal: 'dispute_reversal',
  fee: 'fee',
  payout: 'payout',
  payout_reversal: 'payout',
} as const satisfies Record<Movement['category'], z.output<typeof movementView>['kind']>

/** The object of a charge is its payment. */
function viewMovement(movement: Movement): z.output<typeof movementView> {
  const { category, sourceId } = movement
  const object = category === 'charge' ? sourceId?.replace(/^ch_/, 'pi_') : sourceId
  return {
    id: movement.id,
    kind: kinds[category],
    ...(object === undefined ? {} : { object }),
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

type PageOf = { readonly cursor?: string | undefined; readonly size: number }

/** Movements in a range of instants, newest first. `undefined` for a cursor of no movement. */
export function pageMovements({ movements }: Pick<Books, 'movements'>, range: Range, of: PageOf) {
  const page = pageIn(movements.filter(isIn(range)).toReversed(), of)
  return page && { movements: page.items.map(viewMovement), ...page.next }
}

/** What a payout pays out. */
export function pagePaidOut({ movements }: Pick<Books, 'movements'>, payout: PayoutRecord, of: PageOf) {
  const page = pageIn(movements.filter(({ id }) => payout.movementIds.has(id)).toReversed(), of)
  return page && { movements: page.items.map(viewMovement), ...page.next }
}

export function pagePayouts({ payouts }: Pick<Books, 'payouts'>, range: Range, of: PageOf) {
  const page = pageIn([...payouts.values()].filter(isIn(range)).toReversed(), of)
  return page && { payouts: page.items.map(viewPayout), ...page.next }
}

type Range = { readonly fromMs: number; readonly toMs: number }

function isIn({ fromMs, toMs }: Range) {
  return ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs < toMs
}

/** The cursor is the last item that was seen. */
function pageIn<Item extends { readonly id: string }>(all: readonly Item[], { cursor, size }: PageOf) {
  const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== undefined && start === 0) return undefined
  const items = all.slice(start, start + size)
  const last = items.at(-1)
  const hasMore = start + size < all.length && last !== undefined
  return { items, next: hasMore ? { cursor: last.id } : {} }
}
