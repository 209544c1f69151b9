import type { AlarmKind } from './kinds.ts'

/** What each kind of alarm says, and what a person does about it. */
export const alarmWords: Readonly<Record<AlarmKind, { readonly what: string; readonly next: string }>> = {
  lease_unheld: {
    what: 'No catcher running',
    next: 'Names of this registry account drop soon or now. Check that a catcher is running and can reach the database.',
  },
  login_refused: {
    what: 'Login refused',
    next: 'The registry refuses this login, and the catcher has stopped trying. Correct the credentials, then close this alarm to try again.',
  },
  account_not_ready: {
    what: 'Registry account not ready',
    next: 'No name is created until this is solved. The details say what is missing.',
  },
  deposit_empty: {
    what: 'Registry deposit empty',
    next: 'The registry refuses creates. Pay into the deposit there; creates resume by themselves.',
  },
  creates_exhausted: {
    what: 'Failed-create budget spent',
    next: 'The registry allows no more failed creates for now. Creates resume by themselves.',
  },
  create_incomplete: {
    what: 'Create incomplete',
    next: 'The registry requires something that our create does not contain. The details say what it answered. Nothing is given up: the create is tried again.',
  },
  fee_stale: {
    what: 'Registry fee has changed',
    next: 'The standard fee is above the fee set for this zone. Correct the zone’s fee with the command registry put.',
  },
  settlement_stuck: {
    what: 'Result cannot be saved',
    next: 'The result is kept, and saving it is tried again. The catcher’s log says why it fails.',
  },
  target_undecided: {
    what: 'Result unknown after the drop',
    next: 'Ask the registry who holds the name. Nothing is refunded before that is known.',
  },
  target_uncaught: {
    what: 'No registry account for this name',
    next: 'No catcher can create this name. Add or enable an account at its registry.',
  },
  list_late: {
    what: 'Drop list late',
    next: 'No new list has come from this source. Check it there, or upload a list under Syncs.',
  },
  list_quarantined: { what: 'Drop list held back', next: 'Publish or discard it under Syncs.' },
  audit_chain_broken: {
    what: 'Audit chain broken',
    next: 'Entries were changed or removed in the database. Compare it with a backup.',
  },
  worker_stopped: {
    what: 'No worker running',
    next: 'Listings, payments, refunds, mails and webhooks all wait. Check that a worker is running and that its /readyz answers 200.',
  },
  event_undelivered: {
    what: 'Event not delivered',
    next: 'This receiver takes no events. Notifications says why. Correct that, then choose Send again there.',
  },
}
