import type { Machine } from './machine.ts'

/**
 * What the catcher is asked to do at a registry. `sent`: a command that changes something may have left and its answer is not
 * known, so `info` comes before anything else.
 */
export type RegistryRequestState = 'waiting' | 'sent' | 'done'

/** `clear`: it is certain that the registry did nothing. */
export type RegistryRequestEvent = 'send' | 'clear' | 'finish'

export const registryRequestMachine: Machine<RegistryRequestState, RegistryRequestEvent> = {
  initial: ['waiting'],
  transitions: {
    waiting: { send: 'sent', finish: 'done' },
    sent: { clear: 'waiting', finish: 'done' },
    done: {},
  },
}
