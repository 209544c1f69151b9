import type { Machine } from './machine.ts'

/** A contact at a registry: asked for, there, or refused by the registry for good. */
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
