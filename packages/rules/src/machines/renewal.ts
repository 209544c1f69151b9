import type { Machine } from './machine.ts'

/** An order to keep a caught name for more years. From the balance it starts `paid`. Rule 8. */
export type RenewalState = 'pending_payment' | 'paid' | 'renewing' | 'successful' | 'failed' | 'expired'

/** `start_renewing`: the catcher has taken it up, and a command may have been sent. */
type RenewalEvent = 'secure' | 'expire' | 'start_renewing' | 'succeed' | 'fail'

export const renewalMachine: Machine<RenewalState, RenewalEvent> = {
  initial: ['pending_payment', 'paid'],
  transitions: {
    pending_payment: { secure: 'paid', expire: 'expired' },
    paid: { start_renewing: 'renewing' },
    renewing: { succeed: 'successful', fail: 'failed' },
    successful: {},
    failed: {},
    expired: {},
  },
}

/**
 * Why a renewal failed. `refused`: the registry forbids it · `not_held`: the name is no longer ours · `expiry_moved`: it was
 * renewed otherwise, so the quote no longer fits · `unavailable`: the registry could not carry it out for too long.
 */
export type RenewalFailure = 'refused' | 'not_held' | 'expiry_moved' | 'unavailable'
