import type { Account } from './account.ts'
import type { Message } from './records.ts'
import type { Registry } from './registry.ts'

/** A client that never polls must not fill the memory; the oldest are lost, and counted. */
const MESSAGES_PER_ACCOUNT_MAX = 100_000

/** Queues a message. A client id without an account (a rival of the seed) gets none. */
export function queueMessage(
  registry: Registry,
  clid: string,
  atMs: number,
  text: string,
  resData?: string,
): Message | undefined {
  const account = registry.accounts.get(clid)
  if (!account) return undefined
  registry.messagesGiven += 1
  const message = { id: String(registry.messagesGiven), atMs, text, resData }
  account.messages.push(message)
  if (account.messages.length > MESSAGES_PER_ACCOUNT_MAX) {
    account.messages.shift()
    account.messagesLost += 1
  }
  return message
}

/** Takes the message away. False when it is not the account's. */
export function acknowledge(account: Account, id: string): boolean {
  const index = account.messages.findIndex((message) => message.id === id)
  if (index < 0) return false
  account.messages.splice(index, 1)
  return true
}
