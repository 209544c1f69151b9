import type { Polled } from '@droplock/rules/ports/registry-objects'
import { readPolled } from '../responses/polled.ts'
import { wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks for the oldest message, which stays in the queue until it is acknowledged. RFC 5730 §2.9.2.3. */
export function pollMessage(): Command<Polled> {
  return command({
    name: 'poll',
    objects: [],
    routed: false,
    verb: wrap('poll', '', { op: 'req' }),
    read: (response, _dialect, xml) => readPolled(response, xml),
  })
}
