import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { closeDispute, openDispute, submitEvidence } from './disputes.ts'
import { performDue } from './due.ts'
import { cancelIntent, confirmIntent, createIntent, finishStep } from './intents.ts'
import { chargeFee, failPayout, payOut } from './payouts.ts'
import { type Action, type Books, type Command, createWriter, emptyBooks, type Outcome } from './records.ts'
import { createRefund } from './refunds.ts'

/**
 * Carries out one command. With an idempotency key the first outcome is kept and returned again, refusals included; another
 * command with the same key is refused.
 */
function applyCommand(books: Books, command: Command): { outcome: Outcome; replayed: boolean } {
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
  const writer = createWriter(books, stamp)
  switch (action.do) {
    case 'create_intent':
      return createIntent(writer, action)
    case 'confirm':
      return confirmIntent(writer, action.intentId, action.card)
    case 'finish_step':
      return finishStep(writer, action.intentId, action.passed)
    case 'cancel':
      return cancelIntent(writer, action.intentId)
    case 'refund':
      return createRefund(writer, action)
    case 'settle':
      return performDue(writer, action.objectId)
    case 'open_dispute':
      return openDispute(writer, action.intentId, action)
    case 'submit_evidence':
      return submitEvidence(writer, action.disputeId, action.evidence)
    case 'pay_out':
      return payOut(writer, action.currency)
    case 'fail_payout':
      return failPayout(writer, action.payoutId)
    case 'charge_fee':
      return chargeFee(writer, BigInt(action.amountMinor), action.currency)
    case 'close_dispute':
      return closeDispute(writer, action.disputeId, action.won)
    case 'tamper':
      return tamper(books, action.movementId, action.how)
    case 'delivered':
      books.delivered.add(action.eventId)
      return { kind: 'accepted' }
  }
}

/** Drops, doubles or alters one movement. */
function tamper(books: Books, movementId: string, how: 'drop' | 'double' | 'alter'): Outcome {
  const { movements } = books
  const index = movements.findIndex(({ id }) => id === movementId)
  const movement = movements[index]
  if (movement === undefined) return { kind: 'refused', code: 'not_found' }
  const replaced = {
    drop: [],
    double: [movement, { ...movement, id: `${movement.id}d` }],
    alter: [{ ...movement, amountMinor: movement.amountMinor + 1n }],
  }[how]
  movements.splice(index, 1, ...replaced)
  return { kind: 'accepted' }
}

type ProcessorOptions = {
  readonly now: () => Date
  /** Where the commands are stored, so that a restart finds the same books. Absent: in memory only. */
  readonly folder?: string
  /** Seeds of ids; random by default, because a client secret is derived from one. */
  readonly newId?: () => string
}

export type Processor = {
  readonly books: Readonly<Books>
  /** Carries out an action and stores it. `replayed`: the key was used for the same action before. */
  apply(action: Action, key?: string): { readonly outcome: Outcome; readonly replayed: boolean }
}

const journalName = 'commands.ndjson'

/** A card processor with its books, read from the folder if there is one. Throws when the folder can't be used. */
export function openProcessor({ now, folder, newId = randomId }: ProcessorOptions): Processor {
  const books = emptyBooks()
  const journal = folder === undefined ? undefined : join(folder, journalName)
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (journal !== undefined) for (const command of readJournal(journal)) applyCommand(books, command)
  return {
    books,
    apply: (action, key) => {
      const stamp = { id: newId(), atMs: now().getTime() }
      const command: Command = { ...action, ...stamp, ...(key === undefined ? {} : { key }) }
      const applied = applyCommand(books, command)
      // A replay changes nothing and is not stored. No fsync: it is play money, and a crash of the machine may lose the last lines.
      if (journal !== undefined && !applied.replayed) {
        appendFileSync(journal, `${JSON.stringify(command)}\n`, { mode: 0o600 })
      }
      return applied
    },
  }
}

function randomId(): string {
  return randomBytes(12).toString('hex')
}

/** Whole lines only: a last line cut short by a crash was never answered, and would spoil the next. */
function readJournal(journal: string): Command[] {
  if (!existsSync(journal)) return []
  const text = readFileSync(journal, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(journal, Buffer.byteLength(whole))
  const lines = whole.split('\n').slice(0, -1)
  return lines.map((line): Command => JSON.parse(line))
}
