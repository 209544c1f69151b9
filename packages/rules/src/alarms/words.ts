import type { AlarmKind } from './kinds.ts'

/** What each kind of alarm says, and what a person does about it. */
export const alarmWords: Readonly<Record<AlarmKind, { readonly what: string; readonly next: string }>> = {
  lease_unheld: {
    what: 'No catcher at work',
    next: 'Names of this registry account drop soon or now. Check that a catcher runs and can reach the database.',
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
    next: 'The registry refuses creates until the deposit is filled.',
  },
  creates_exhausted: {
    what: 'Failed-create budget spent',
    next: 'The registry allows no more failed creates for now. Creates resume by themselves.',
  },
  create_incomplete: {
    what: 'Create lacks something',
    next: 'The registry requires something that our create does not contain. Names are kept; the details say what it answered.',
  },
  fee_stale: {
    what: 'Registry fee has changed',
    next: 'The standard fee is above the fee set for this zone. Correct the zone’s fee.',
  },
  settlement_stuck: {
    what: 'Result cannot be saved',
    next: 'The result is known and kept, and saving it is tried again. Look at the catcher’s log.',
  },
  target_undecided: {
    what: 'Result unknown after the drop',
    next: 'Nothing has decided this name. Find out at the registry who holds it.',
  },
  target_uncaught: {
    what: 'No registry account for this name',
    next: 'No catcher can create this name. Add or enable an account at its registry.',
  },
  list_late: { what: 'Drop list late', next: 'The list of this source has not arrived as expected.' },
  list_quarantined: { what: 'Drop list held back', next: 'Publish or discard it under Syncs.' },
  audit_chain_broken: {
    what: 'Audit chain broken',
    next: 'Entries were changed or removed. Compare with a backup.',
  },
  worker_stopped: {
    what: 'No worker at work',
    next: 'Listings do not open or close, and no payment, refund, mail or webhook is sent. Check that a worker runs and that its /readyz is well.',
  },
  event_undelivered: { what: 'Event not delivered', next: 'A receiver has not taken it for a long time.' },
}
