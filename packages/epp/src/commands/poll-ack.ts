import { wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Takes a message out of the queue: only after it is kept. RFC 5730 §2.9.2.3. */
export function acknowledgeMessage(msgID: string): Command<undefined> {
  return command({
    name: 'poll_ack',
    objects: [],
    routed: false,
    verb: wrap('poll', '', { op: 'ack', msgID }),
    read: () => undefined,
  })
}
