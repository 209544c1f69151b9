import { disputeOf, openDispute } from './disputes.ts'
import { captureIntent } from './intents.ts'
import type { Books, Outcome, Pen } from './records.ts'
import { settleRefund } from './refunds.ts'

/** Makes happen what is due of an object. */
export function settle(pen: Pen, objectId: string): Outcome {
  if (!isDue(pen.books, objectId)) return { kind: 'refused', code: 'wrong_state' }
  const refund = pen.books.refunds.get(objectId)
  if (refund !== undefined) return settleRefund(pen, refund)
  const intent = pen.books.intents.get(objectId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  return intent.status === 'processing' ? captureIntent(pen, intent) : openDispute(pen, intent.id)
}

/** Whether something is still to happen to an intent or a refund without anybody asking. */
export function isDue(books: Books, objectId: string): boolean {
  const refund = books.refunds.get(objectId)
  if (refund !== undefined) {
    return refund.status === 'pending' || (refund.status === 'succeeded' && refund.doomed)
  }
  const intent = books.intents.get(objectId)
  if (intent === undefined) return false
  if (intent.status === 'processing') return true
  return (
    intent.status === 'succeeded' && intent.behaviour === 'dispute' && disputeOf(books, intent) === undefined
  )
}

export function allDue(books: Books): string[] {
  return [...books.intents.keys(), ...books.refunds.keys()].filter((id) => isDue(books, id))
}
