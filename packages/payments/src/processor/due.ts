import { disputeOf, openDispute } from './disputes.ts'
import { captureIntent } from './intents.ts'
import { performDuePayout } from './payouts.ts'
import type { Books, CommandWriter, Outcome } from './records.ts'
import { performDueRefund } from './refunds.ts'

/** Does what is due for an object. */
export function performDue(writer: CommandWriter, objectId: string): Outcome {
  if (!isDue(writer.books, objectId)) return { kind: 'refused', code: 'wrong_state' }
  const refund = writer.books.refunds.get(objectId)
  if (refund !== undefined) return performDueRefund(writer, refund)
  const payout = writer.books.payouts.get(objectId)
  if (payout !== undefined) return performDuePayout(writer, payout)
  const intent = writer.books.intents.get(objectId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  return intent.status === 'processing' ? captureIntent(writer, intent) : openDispute(writer, intent.id)
}

/** Whether an intent, a refund or a payout will still change without a request. */
export function isDue(books: Books, objectId: string): boolean {
  const refund = books.refunds.get(objectId)
  if (refund !== undefined) {
    return refund.status === 'pending' || (refund.status === 'succeeded' && refund.willBeReturned)
  }
  const payout = books.payouts.get(objectId)
  if (payout !== undefined) return payout.status === 'in_transit'
  const intent = books.intents.get(objectId)
  if (intent === undefined) return false
  if (intent.status === 'processing') return true
  return (
    intent.status === 'succeeded' && intent.behaviour === 'dispute' && disputeOf(books, intent) === undefined
  )
}

export function allDue(books: Books): string[] {
  return [...books.intents.keys(), ...books.refunds.keys(), ...books.payouts.keys()].filter((id) =>
    isDue(books, id),
  )
}
