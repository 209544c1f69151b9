import type { Machine } from './machine.ts'

/** A mail to a person of an account. */
export type MemberMailState = 'gathering' | 'sending' | 'sent' | 'refused' | 'given_up' | 'dropped'

/**
 * `close`: it is due, and what happens from now on is in the next one. `refuse`: the server refuses the address for good. `drop`: the person
 * has left the account, or switched off all that it is about. `retry`: the person says that the address is right.
 */
type MemberMailEvent = 'close' | 'accept' | 'refuse' | 'give_up' | 'drop' | 'retry'

export const memberMailMachine: Machine<MemberMailState, MemberMailEvent> = {
  initial: ['gathering'],
  transitions: {
    gathering: { close: 'sending', give_up: 'given_up' },
    sending: { accept: 'sent', refuse: 'refused', give_up: 'given_up', drop: 'dropped' },
    sent: {},
    refused: { retry: 'sending' },
    given_up: {},
    dropped: {},
  },
}
