import type { Machine } from './machine.ts'

/** What a holder can request: one change of a kind at a time. */
export type RegistrationRequestKind = 'name_servers' | 'contacts' | 'auth_code'

/** A change of a registration that its holder requested. The catcher carries it out at the registry. */
export type RegistrationRequestState = 'queued' | 'processing' | 'succeeded' | 'failed'

type RegistrationRequestEvent = 'start' | 'succeed' | 'fail'

export const registrationRequestMachine: Machine<RegistrationRequestState, RegistrationRequestEvent> = {
  initial: ['queued'],
  transitions: {
    queued: { start: 'processing' },
    processing: { succeed: 'succeeded', fail: 'failed' },
    succeeded: {},
    failed: {},
  },
}

/**
 * Why a request failed. `refused`: the registry does not accept it · `not_held`: the name is no longer ours · `unavailable`: the
 * registry could not carry it out for too long.
 */
export type RegistrationRequestFailure = 'refused' | 'not_held' | 'unavailable'
