import type { Command } from '../read-command.ts'
import { EppFault } from '../result-codes.ts'
import type { Reply } from '../session.ts'

/** RFC 5730 §2.9.2.3. There are no messages in this registry yet, so nothing can be acknowledged. */
export function poll(command: Command): Reply {
  const op = command.element.attributes.get('op')
  if (op === 'req') return { code: 1300 }
  if (op !== 'ack') throw new EppFault(2001, 'A poll is req or ack')
  if (command.element.attributes.get('msgID') === undefined) throw new EppFault(2003, 'msgID is missing')
  return { code: 2303, reason: 'No such message' }
}
