import { may, type Role } from '../staff/roles.ts'

/** Everything that raises an alarm. */
export const alarmKinds = [
  'lease_unheld',
  'login_refused',
  'account_not_ready',
  'deposit_empty',
  'creates_exhausted',
  'create_incomplete',
  'fee_stale',
  'settlement_stuck',
  'target_undecided',
  'target_uncaught',
  'list_late',
  'list_quarantined',
  'audit_chain_broken',
  'worker_stopped',
  'event_undelivered',
] as const

export type AlarmKind = (typeof alarmKinds)[number]

/** What the alarm's subject is the id of. */
export type AlarmSubject =
  | 'registry_account'
  | 'catch_target'
  | 'zone'
  | 'sync_run'
  | 'feed'
  | 'audit'
  | 'worker'
  | 'event_receiver'

/** `urgent`: names or money are lost while nobody acts. The others cost something, but not now. */
export type AlarmSeverity = 'urgent' | 'warning'

/** What each kind is about, and whether it can wait until morning. */
export const alarmTable = {
  // No catcher drives a registry account whose names are about to drop.
  lease_unheld: { subject: 'registry_account', severity: 'urgent' },
  // The registry refuses our login; the catcher has stopped trying.
  login_refused: { subject: 'registry_account', severity: 'urgent' },
  // Creates of names that drop soon would lack something: a fee extension that we speak, or contacts at the registry.
  account_not_ready: { subject: 'registry_account', severity: 'urgent' },
  deposit_empty: { subject: 'registry_account', severity: 'urgent' },
  // The registry's budget of failed creates is spent.
  creates_exhausted: { subject: 'registry_account', severity: 'urgent' },
  // The registry says that our create lacked something which is not the fee.
  create_incomplete: { subject: 'registry_account', severity: 'urgent' },
  // The registry's standard fee is above the one that the zone is set to.
  fee_stale: { subject: 'zone', severity: 'urgent' },
  // A decided target that cannot be written.
  settlement_stuck: { subject: 'catch_target', severity: 'urgent' },
  // Window and grace are over and nothing has decided the target.
  target_undecided: { subject: 'catch_target', severity: 'warning' },
  // A target whose registry has no account that a catcher drives.
  target_uncaught: { subject: 'catch_target', severity: 'urgent' },
  // Its subject is the registry and the source of `feed`.
  list_late: { subject: 'feed', severity: 'warning' },
  list_quarantined: { subject: 'sync_run', severity: 'warning' },
  audit_chain_broken: { subject: 'audit', severity: 'urgent' },
  // No worker does its sweeps: what time alone does, and what is sent, waits.
  worker_stopped: { subject: 'worker', severity: 'urgent' },
  // Events that a receiver did not take for as long as they are tried.
  event_undelivered: { subject: 'event_receiver', severity: 'warning' },
} as const satisfies Record<AlarmKind, { readonly subject: AlarmSubject; readonly severity: AlarmSeverity }>

/** Whether this person may close the alarm: open, and somebody who runs the service. */
export function mayCloseAlarm(isOpen: boolean, held: readonly Role[]): boolean {
  return isOpen && may(held, 'alarms:close')
}
