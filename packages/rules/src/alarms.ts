import { may, type Role } from './staff.ts'

/** Every kind of alarm. */
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

/** What an alarm is about; its subject is the id of it. */
type AlarmSubject =
  | 'registry_account'
  | 'catch_target'
  | 'zone'
  | 'sync_run'
  | 'feed'
  | 'audit'
  | 'worker'
  | 'event_receiver'

/** `urgent`: names or money may be lost until somebody acts. The others can wait. */
export type AlarmSeverity = 'urgent' | 'warning'

/** What each kind is about, and how urgent it is. */
export const alarmTable = {
  // No catcher runs for a registry account whose names are about to drop.
  lease_unheld: { subject: 'registry_account', severity: 'urgent' },
  // The registry refuses our login; the catcher has stopped trying.
  login_refused: { subject: 'registry_account', severity: 'urgent' },
  // Creates of names that drop soon would lack something: a fee extension that we support, or contacts at the registry.
  account_not_ready: { subject: 'registry_account', severity: 'urgent' },
  deposit_empty: { subject: 'registry_account', severity: 'urgent' },
  // The registry's budget of failed creates is spent.
  creates_exhausted: { subject: 'registry_account', severity: 'urgent' },
  // The registry says that our create lacked something other than the fee.
  create_incomplete: { subject: 'registry_account', severity: 'urgent' },
  // The registry's standard fee is above the one that the zone is set to.
  fee_stale: { subject: 'zone', severity: 'urgent' },
  // The outcome of a target cannot be recorded.
  settlement_stuck: { subject: 'catch_target', severity: 'urgent' },
  // Window and grace have ended and the target is undecided.
  target_undecided: { subject: 'catch_target', severity: 'warning' },
  // A target at whose registry we have no account.
  target_uncaught: { subject: 'catch_target', severity: 'urgent' },
  // Its subject is the registry and the source of `feed`.
  list_late: { subject: 'feed', severity: 'warning' },
  list_quarantined: { subject: 'sync_run', severity: 'warning' },
  audit_chain_broken: { subject: 'audit', severity: 'urgent' },
  // No worker completes its sweeps: everything that is timed or sent waits.
  worker_stopped: { subject: 'worker', severity: 'urgent' },
  // Events that a receiver did not accept before the last try.
  event_undelivered: { subject: 'event_receiver', severity: 'warning' },
} as const satisfies Record<AlarmKind, { readonly subject: AlarmSubject; readonly severity: AlarmSeverity }>

/** Whether a person with these roles may close the alarm. */
export function mayCloseAlarm(isOpen: boolean, held: readonly Role[]): boolean {
  return isOpen && may(held, 'alarms:close')
}

/** The text of each kind of alarm, and what to do about it. */
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
    next: 'This receiver does not accept events. The page Notifications shows why. Correct that, then choose Send again there.',
  },
}

type DescribedAlarm = { readonly kind: AlarmKind; readonly subject: string; readonly facts: unknown }

/** The fact that names a subject whose id means nothing to a reader. */
const named: Partial<Readonly<Record<AlarmSubject, string>>> = {
  catch_target: 'name',
  event_receiver: 'address',
  sync_run: 'source',
}

/** What an alarm is about, for a reader. Undefined where its kind says it all. */
export function alarmSubjectText({ kind, subject, facts }: DescribedAlarm): string | undefined {
  const of: AlarmSubject = alarmTable[kind].subject
  if (of === 'worker' || of === 'audit') return undefined
  if (of === 'zone') return `.${subject}`
  const name = entriesOf(facts).find(([member]) => member === named[of])?.[1]
  return typeof name === 'string' ? name : subject
}

/** The newest facts, each as `Drop from: 2026-02-15 13:00:00 UTC`, without the one that names the subject. */
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

/** An instant as the console shows it; any other text unchanged. */
export function instantText(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC')
}
