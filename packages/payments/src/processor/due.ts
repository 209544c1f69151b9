import { disputeOf, openDispute } from './disputes.ts'
import { captureIntent } from './intents.ts'
import type { Books, CommandWriter, Outcome } from './records.ts'
import { performDueRefund } from './refunds.ts'

/** Does what is due for an object. */
export function performDue(writer: CommandWriter, objectId: string): Outcome {
  if (!isDue(writer.books, objectId)) return { kind: 'refused', code: 'wrong_state' }
  const refund = writer.books.refunds.get(objectId)
  if (refund !== undefined) return performDueRefund(writer, refund)
  const intent = writer.books.intents.get(objectId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  return intent.status === 'processing' ? captureIntent(writer, intent) : openDispute(writer, intent.id)
}

/** Whether an intent or a refund will still change without a request. */
export function isDue(books: Books, objectId: string): boolean {
  const refund = books.refunds.get(objectId)
  if (refund !== undefined) {
    return refund.status === 'pending' || (refund.status === 'succeeded' && refund.willBeReturned)
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
