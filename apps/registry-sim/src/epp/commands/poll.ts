import type { Account } from '../../registry/account.ts'
import { acknowledge } from '../../registry/messages.ts'
import type { Message } from '../../registry/records.ts'
import type { Decision } from '../decision.ts'
import type { Command } from '../read-command.ts'
import { EppFault } from '../result-codes.ts'
import { type Answer, dateTime, escapeXml } from '../xml.ts'

/** RFC 5730 §2.6: the number of waiting messages and the oldest one, which any answer may contain. */
export function waitingMessages({ messages }: Account): string | undefined {
  const [oldest] = messages
  return oldest && `<msgQ count="${messages.length}" id="${oldest.id}"/>`
}

function oldestMessage({ id, atMs, text, resData }: Message, count: number): Answer {
  const msgQ =
    `<msgQ count="${count}" id="${id}"><qDate>${dateTime(atMs)}</qDate>` +
    `<msg>${escapeXml(text)}</msg></msgQ>`
  return { code: 1301, msgQ, ...(resData === undefined ? {} : { resData }) }
}

/** RFC 5730 §2.9.2.3: `req` returns the oldest message, `ack` removes it; 2303 for an unknown one. */
export function poll(command: Command, account: Account): Decision {
  const op = command.element.attributes.get('op')
  if (op === 'req') {
    const [oldest] = account.messages
    return oldest ? oldestMessage(oldest, account.messages.length) : { code: 1300 }
  }
  if (op !== 'ack') throw new EppFault(2001, 'A poll is req or ack')
  const id = command.element.attributes.get('msgID')
  if (id === undefined) throw new EppFault(2003, 'msgID is missing')
  if (!account.messages.some((message) => message.id === id)) return { code: 2303, reason: 'No such message' }
  const commit = (): Answer => {
    acknowledge(account, id)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}
