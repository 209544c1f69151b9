import type { BackorderState } from './machines/backorder.ts'
import type { PaymentState } from './machines/payment.ts'
import type { RefundState } from './machines/refund.ts'
import { formatMoney, money } from './money.ts'

// What happened to an order, in words for its customer.

type Amount = { readonly amountMinor: bigint; readonly currency: string }

type Window = { readonly cutoffAt: Date; readonly dropFrom: Date; readonly dropTo: Date }

/** What happened, with what its words need. Amounts in minor units. */
export type HistoryEvent =
  | ({ readonly kind: 'ordered'; readonly payBy: Date | null } & Amount)
  | ({ readonly kind: 'payment'; readonly method: 'balance' | 'card'; readonly state: PaymentState } & Amount)
  | { readonly kind: 'secured' }
  | ({ readonly kind: 'moved_by_list' | 'moved_by_operator' } & Window)
  | { readonly kind: 'suspected' }
  | { readonly kind: 'armed'; readonly dropFrom: Date; readonly dropTo: Date }
  | { readonly kind: 'first_attempt' }
  | { readonly kind: 'deciding_attempt'; readonly code: number | null; readonly message: string | null }
  | {
      readonly kind: 'decided'
      readonly state: BackorderState
      readonly reason: string | null
      readonly settledAt: Date | null
      readonly holderClid: string | null
      readonly winnerCreatedAt: Date | null
    }
  | ({ readonly kind: 'refund_created'; readonly destination: 'balance' | 'original_payment' } & Amount)
  | ({ readonly kind: 'refund_decided'; readonly state: RefundState } & Amount)

/** One sentence or two about an event. Times are UTC. */
export function describe(event: HistoryEvent): string {
  switch (event.kind) {
    case 'ordered':
      return event.payBy === null
        ? `You ordered the name for ${amountOf(event)}.`
        : `You ordered the name for ${amountOf(event)}. It was held for you until ${timeOf(event.payBy)}.`
    case 'payment':
      return `Payment of ${amountOf(event)} ${event.method === 'card' ? 'by card' : 'from the balance'}: ${paymentWords[event.state]}.`
    case 'secured':
      return 'The order was paid, and the name was secured for you.'
    case 'moved_by_list':
      return `The registry's list moved the drop. ${windowOf(event)}`
    case 'moved_by_operator':
      return `We corrected the drop. ${windowOf(event)}`
    case 'suspected':
      return "The name was missing from its registry's list. We are checking whether it will still be deleted."
    case 'armed':
      return `Orders have closed. We try to register the name from ${timeOf(event.dropFrom)} to ${timeOf(event.dropTo)}.`
    case 'first_attempt':
      return 'We sent the first command for the name to the registry.'
    case 'deciding_attempt':
      return event.code === null
        ? 'We sent the command whose answer decided the result.'
        : `The registry answered ${event.code}${event.message === null ? '' : ` (${event.message})`}. That decided the result.`
    case 'decided':
      return decidedWords(event)
    case 'refund_created':
      return `A refund of ${amountOf(event)} to ${event.destination === 'balance' ? 'your balance' : 'the original payment'} was created.`
    case 'refund_decided':
      return `The refund of ${amountOf(event)} ${refundWords[event.state]}.`
  }
}

type Decided = Extract<HistoryEvent, { readonly kind: 'decided' }>

function decidedWords({ state, reason, settledAt, holderClid, winnerCreatedAt }: Decided): string {
  if (state === 'successful')
    return `The name was registered for you${settledAt === null ? '' : ` at ${timeOf(settledAt)}`}.`
  if (reason === 'lost') {
    const by = holderClid === null ? 'Another registrar' : `The registrar ${holderClid}`
    return `${by} registered the name first${winnerCreatedAt === null ? '' : `, at ${timeOf(winnerCreatedAt)}`}.`
  }
  return reasonWords[reason ?? ''] ?? 'The order has ended.'
}

const reasonWords: Readonly<Record<string, string>> = {
  missed: 'The registry did not release the name in its window.',
  premium: 'The registry charges a premium price for the name, so it was not registered.',
  withdrawn: 'The name is no longer going to be deleted.',
  refused: 'The registry refuses to register the name.',
  lapsed: 'The order was not paid in time and has lapsed.',
  released: 'You released the unpaid order.',
  listing_ended: 'The name can no longer be ordered, so the unpaid order has ended.',
}

const paymentWords = {
  requires_action: 'not paid yet',
  processing: 'in progress',
  succeeded: 'paid',
  failed: 'declined',
  canceled: 'cancelled',
  disputed: "disputed by the cardholder's bank",
  charged_back: "taken back by the cardholder's bank",
} as const satisfies Record<PaymentState, string>

const refundWords = {
  proposed: 'was proposed',
  approved: 'was approved',
  processing: 'is in progress',
  succeeded: 'was paid',
  failed: 'failed; we are looking into it',
  rejected: 'was rejected',
  expired: 'has expired',
} as const satisfies Record<RefundState, string>

function amountOf({ amountMinor, currency }: Amount): string {
  return formatMoney(money(amountMinor, currency))
}

function windowOf({ cutoffAt, dropFrom, dropTo }: Window): string {
  return `Orders close at ${timeOf(cutoffAt)}; the name drops between ${timeOf(dropFrom)} and ${timeOf(dropTo)}.`
}

/** `2026-02-15 13:00:00.123 UTC`; without the fraction where there is none. */
function timeOf(time: Date): string {
  return `${time
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '')} UTC`
}
