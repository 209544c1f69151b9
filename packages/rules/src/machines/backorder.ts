import type { Machine } from './machine.ts'

/** A backorder: one customer's exclusive order of one listing. Rules 1, 4, 7. */
export type BackorderState =
  | 'pending_payment'
  | 'backordered'
  | 'registering'
  | 'successful'
  | 'failed'
  | 'expired'

/** `skip_day`: the registry ran no batch in the window, so the name waits for the next one. */
export type BackorderEvent = 'secure' | 'expire' | 'start_registering' | 'skip_day' | 'succeed' | 'fail'

export const backorderMachine: Machine<BackorderState, BackorderEvent> = {
  initial: ['pending_payment', 'backordered'],
  transitions: {
    pending_payment: { secure: 'backordered', expire: 'expired' },
    backordered: { start_registering: 'registering', fail: 'failed' },
    registering: { succeed: 'successful', fail: 'failed', skip_day: 'backordered' },
    successful: {},
    failed: {},
    expired: {},
  },
}

/**
 * The ways in which a backorder fails (rule 11): the event that ends its target and its listing → the failure reason, which is also
 * their final state. A new reason starts here; CONTRIBUTING has the recipe.
 */
export const failures = {
  lose: 'lost',
  miss: 'missed',
  find_premium: 'premium',
  withdraw: 'withdrawn',
  refuse: 'refused',
} as const

export type FailureEvent = keyof typeof failures

export type FailureReason = (typeof failures)[FailureEvent]

/** Why an unpaid order ended (rule 7). */
export type ExpiredReason = 'lapsed' | 'released' | 'listing_ended'
