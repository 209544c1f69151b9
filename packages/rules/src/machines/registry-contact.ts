import type { Machine } from './machine.ts'

/** A contact at a registry: requested, created, or refused by the registry. */
export type RegistryContactState = 'pending' | 'created' | 'failed'

type RegistryContactEvent = 'create' | 'fail'

export const registryContactMachine: Machine<RegistryContactState, RegistryContactEvent> = {
  initial: ['pending'],
  transitions: {
    pending: { create: 'created', fail: 'failed' },
    created: {},
    failed: {},
  },
}
