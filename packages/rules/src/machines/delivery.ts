import type { Machine } from './machine.ts'

/** An event on its way to a receiver. */
export type DeliveryState = 'pending' | 'delivered' | 'failed'

/** `give_up`: it was attempted, or was due, for as long as it may be, or its receiver was disabled. `retry`: a person has it sent anew. */
type DeliveryEvent = 'accept' | 'give_up' | 'retry'

export const deliveryMachine: Machine<DeliveryState, DeliveryEvent> = {
  initial: ['pending'],
  transitions: {
    pending: { accept: 'delivered', give_up: 'failed' },
    delivered: { retry: 'pending' },
    failed: { retry: 'pending' },
  },
}
