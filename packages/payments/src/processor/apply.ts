import { takePen } from './book.ts'
import type { Action, Command } from './commands.ts'
import { closeDispute, openDispute } from './disputes.ts'
import { cancelIntent, confirmIntent, createIntent, finishStep } from './intents.ts'
import type { Books, Outcome } from './records.ts'
import { createRefund } from './refunds.ts'
import { settle } from './settle.ts'
import { tamper } from './tamper.ts'

/**
 * Carries out one command. Under an idempotency key the first outcome is kept and told again, refusals included; another
 * command under the same key is refused.
 */
export function applyCommand(books: Books, command: Command): { outcome: Outcome; replayed: boolean } {
  const { id, atMs, key, ...action } = command
  const fingerprint = JSON.stringify(action)
  const before = key === undefined ? undefined : books.byKey.get(key)
  if (before !== undefined) {
    const same = before.fingerprint === fingerprint
    return { outcome: same ? before.outcome : { kind: 'refused', code: 'key_reused' }, replayed: same }
  }
  const outcome = carryOut(books, action, { id, atMs })
  if (key !== undefined) books.byKey.set(key, { fingerprint, outcome })
  return { outcome, replayed: false }
}

function carryOut(books: Books, action: Action, stamp: { id: string; atMs: number }): Outcome {
  const pen = takePen(books, stamp)
  switch (action.do) {
    case 'create_intent':
      return createIntent(pen, action)
    case 'confirm':
      return confirmIntent(pen, action.intentId, action.card)
    case 'finish_step':
      return finishStep(pen, action.intentId, action.passed)
    case 'cancel':
      return cancelIntent(pen, action.intentId)
    case 'refund':
      return createRefund(pen, action)
    case 'settle':
      return settle(pen, action.objectId)
    case 'open_dispute':
      return openDispute(pen, action.intentId)
    case 'close_dispute':
      return closeDispute(pen, action.disputeId, action.won)
    case 'tamper':
      return tamper(books, action.movementId, action.how)
    case 'delivered':
      books.delivered.add(action.eventId)
      return { kind: 'noted' }
  }
}
