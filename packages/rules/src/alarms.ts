import { may, type Role } from './staff.ts'

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
type AlarmSubject =
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

type DescribedAlarm = { readonly kind: AlarmKind; readonly subject: string; readonly facts: unknown }

/** By which fact a subject is known, where nobody knows it by its id. */
const named: Partial<Readonly<Record<AlarmSubject, string>>> = {
  catch_target: 'name',
  event_receiver: 'address',
  sync_run: 'source',
}

/** What an alarm is about, as people know it. Undefined where there is one alone, and its kind says all. */
export function alarmSubjectText({ kind, subject, facts }: DescribedAlarm): string | undefined {
  const of: AlarmSubject = alarmTable[kind].subject
  if (of === 'worker' || of === 'audit') return undefined
  if (of === 'zone') return `.${subject}`
  const name = entriesOf(facts).find(([member]) => member === named[of])?.[1]
  return typeof name === 'string' ? name : subject
}

/** What was seen last, each as `Drop from: 2026-02-15 13:00:00 UTC`, without what the subject says already. */
export function alarmFactTexts(alarm: DescribedAlarm): readonly string[] {
  const subject = alarmSubjectText(alarm)
  return entriesOf(alarm.facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== subject)
    .map(([member, value]) => `${labelOf(member)}: ${valueText(value)}`)
}

function entriesOf(facts: unknown): readonly (readonly [string, unknown])[] {
  return typeof facts === 'object' && facts !== null ? Object.entries(facts) : []
}

/** `firstDropAt` → `First drop at`. */
function labelOf(member: string): string {
  const text = member.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => valueText(each).replaceAll('_', ' ')).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : instantText(String(value))
}

/** An instant as the console writes it; any other text as it is. */
export function instantText(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC')
}
