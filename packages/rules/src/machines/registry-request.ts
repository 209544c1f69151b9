import type { Machine } from './machine.ts'

/**
 * A request to the catcher to do something at a registry. `sent`: a command that changes something may have been sent and its answer
 * is unknown, so `info` comes before anything else.
 */
export type RegistryRequestState = 'waiting' | 'sent' | 'done'

/** `clear`: the registry certainly did nothing. */
export type RegistryRequestEvent = 'send' | 'clear' | 'finish'

export const registryRequestMachine: Machine<RegistryRequestState, RegistryRequestEvent> = {
  initial: ['waiting'],
  transitions: {
    waiting: { send: 'sent', finish: 'done' },
    sent: { clear: 'waiting', finish: 'done' },
    done: {},
  },
}
