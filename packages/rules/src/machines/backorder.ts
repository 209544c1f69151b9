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

/** Why a backorder failed (rule 11): the same words as the final states of target and listing. */
export type FailureReason = 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'

/** Why an unpaid order ended (rule 7). */
export type ExpiredReason = 'lapsed' | 'released' | 'listing_ended'
