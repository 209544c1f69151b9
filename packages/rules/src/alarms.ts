import { may, type Role } from './staff.ts'

/** The kinds of alarm. */
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
  'suspect_unconfirmed',
  'held_name_reserved',
  'drop_off_schedule',
  'deletion_overdue',
  'contact_missing',
  'registry_balance_low',
  'registry_maintenance',
  'registry_change',
  'registry_transfer',
  'registry_notice',
  'registry_stopped',
  'drop_in_maintenance',
  'password_expires',
  'certificate_expires',
  'clock_unsynchronised',
  'dispute_unanswered',
  'mail_undelivered',
  'secret_key_missing',
] as const

export type AlarmKind = (typeof alarmKinds)[number]

/** What the subject of an alarm identifies. */
type AlarmSubject =
  | 'registry'
  | 'registry_account'
  | 'registry_message'
  | 'catch_target'
  | 'zone'
  | 'sync_run'
  | 'list_source'
  | 'audit'
  | 'worker'
  | 'event_receiver'
  | 'listing'
  | 'dispute'
  | 'mail'
  | 'setting'

/** `urgent`: names or money are lost until somebody acts. A warning can wait until working hours. */
export type AlarmSeverity = 'urgent' | 'warning'

/** The subject and the severity of each kind. */
export const alarmTable = {
  // No catcher holds the lease of a registry account whose names drop soon.
  lease_unheld: { subject: 'registry_account', severity: 'urgent' },
  // The registry refuses our login. The catcher has stopped trying.
  login_refused: { subject: 'registry_account', severity: 'urgent' },
  // Creates of names that drop soon would be incomplete: a fee extension or contacts are missing.
  account_not_ready: { subject: 'registry_account', severity: 'urgent' },
  deposit_empty: { subject: 'registry_account', severity: 'urgent' },
  // The registry's budget of failed creates is spent.
  creates_exhausted: { subject: 'registry_account', severity: 'urgent' },
  // The registry says that our create lacks something other than the fee.
  create_incomplete: { subject: 'registry_account', severity: 'urgent' },
  // The registry's standard fee is above the fee of the zone.
  fee_stale: { subject: 'zone', severity: 'urgent' },
  // The result of a target is decided, but cannot be written to the database.
  settlement_stuck: { subject: 'catch_target', severity: 'urgent' },
  // Window and grace have ended and the target is undecided.
  target_undecided: { subject: 'catch_target', severity: 'warning' },
  // The registry of a target has no account with a catcher.
  target_uncaught: { subject: 'catch_target', severity: 'urgent' },
  // A source has had no new list for too long, or none by the time of day at which one is expected.
  list_late: { subject: 'list_source', severity: 'warning' },
  list_quarantined: { subject: 'sync_run', severity: 'warning' },
  audit_chain_broken: { subject: 'audit', severity: 'urgent' },
  // No worker runs its periodic jobs.
  worker_stopped: { subject: 'worker', severity: 'urgent' },
  // Events were not delivered to a receiver within the retry period.
  event_undelivered: { subject: 'event_receiver', severity: 'warning' },
  // A name with a holder left its list, its drop is near, and nothing shows what became of it.
  suspect_unconfirmed: { subject: 'listing', severity: 'warning' },
  // A word was reserved that is in a name with a holder.
  held_name_reserved: { subject: 'listing', severity: 'warning' },
  // Names of a zone go, or stay, further from their windows than submissions follow by themselves.
  drop_off_schedule: { subject: 'zone', severity: 'urgent' },
  // A name that nobody renewed is not deleted, and the registry's own renewal of it will no longer be credited.
  deletion_overdue: { subject: 'listing', severity: 'warning' },
  // A contact that a secured order names was refused by its registry, or is not made as the cut-off comes near.
  contact_missing: { subject: 'listing', severity: 'warning' },
  // Messages of a registry; each stays until a person closes it. A low balance is one state, whatever number of messages say so.
  registry_balance_low: { subject: 'registry_account', severity: 'warning' },
  registry_maintenance: { subject: 'registry_message', severity: 'warning' },
  registry_change: { subject: 'registry_message', severity: 'warning' },
  registry_transfer: { subject: 'registry_message', severity: 'warning' },
  registry_notice: { subject: 'registry_message', severity: 'warning' },
  // Operators have stopped a registry: no create is sent there.
  registry_stopped: { subject: 'registry', severity: 'urgent' },
  // Names that were paid for drop while their registry is away.
  drop_in_maintenance: { subject: 'registry', severity: 'urgent' },
  // Logins stop when it has expired: days ahead.
  password_expires: { subject: 'registry_account', severity: 'warning' },
  certificate_expires: { subject: 'registry_account', severity: 'warning' },
  // The clock of a catcher's machine is known not to be synchronised.
  clock_unsynchronised: { subject: 'registry_account', severity: 'warning' },
  // The deadline for evidence is near, and none was submitted: the money is lost with it.
  dispute_unanswered: { subject: 'dispute', severity: 'urgent' },
  // Mails to people of accounts have waited for an hour, or were given up within the last day.
  mail_undelivered: { subject: 'mail', severity: 'warning' },
  // What is kept was made by a key that the process which needs it does not have.
  secret_key_missing: { subject: 'setting', severity: 'urgent' },
} as const satisfies Record<AlarmKind, { readonly subject: AlarmSubject; readonly severity: AlarmSeverity }>

/** Whether a person with these roles may close the alarm. Only an open alarm can be closed. */
export function mayCloseAlarm(isOpen: boolean, held: readonly Role[]): boolean {
  return isOpen && may(held, 'alarms:close')
}

/** The title of each kind of alarm, and what to do. */
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
    next: 'No name is created until this is corrected. The details show what is missing.',
  },
  deposit_empty: {
    what: 'Registry deposit empty',
    next: 'The registry refuses creates. Top up the deposit there. Creates then resume automatically.',
  },
  creates_exhausted: {
    what: 'Failed-create budget spent',
    next: 'The registry allows no more failed creates for now. Creates resume automatically.',
  },
  create_incomplete: {
    what: 'Create incomplete',
    next: 'The registry requires something that our create does not contain. The details show its answer. The create is retried.',
  },
  fee_stale: {
    what: 'Registry fee has changed',
    next: 'The standard fee is above the fee set for this zone. Correct the zone’s fee with the command registry put.',
  },
  settlement_stuck: {
    what: 'Result cannot be saved',
    next: 'The result is kept and saving it is retried. The catcher’s log shows why it fails.',
  },
  target_undecided: {
    what: 'Result unknown after the drop',
    next: 'Ask the registry who holds the name. Nothing is refunded until that is known.',
  },
  target_uncaught: {
    what: 'No registry account for this name',
    next: 'No catcher can create this name. Add or enable an account at its registry.',
  },
  list_late: {
    what: 'Drop list late',
    next: 'No new list has arrived from this source. Check the source, or upload a list under Syncs.',
  },
  list_quarantined: { what: 'Drop list held back', next: 'Publish or discard it under Syncs.' },
  audit_chain_broken: {
    what: 'Audit chain broken',
    next: 'Entries were changed or removed in the database. Compare it with a backup.',
  },
  worker_stopped: {
    what: 'No worker running',
    next: 'Listings, payments, refunds, emails and webhooks are delayed. Check that a worker is running and that its /readyz answers 200.',
  },
  event_undelivered: {
    what: 'Event not delivered',
    next: 'This receiver does not accept events. Notifications shows why. Correct the cause, then choose Send again there.',
  },
  suspect_unconfirmed: {
    what: 'Suspect not confirmed',
    next: 'This name has a holder, left its drop list, and drops soon. Ask the registry what became of it. It is caught at its drop if it is released.',
  },
  deletion_overdue: {
    what: 'Name not deleted',
    next: 'Nobody renewed this name, and the registry has not deleted it. The details show its answer. Correct the cause there, such as a status that prohibits deletion, before its grace ends: then its auto-renewal fee is not credited. The deletion is retried.',
  },
  held_name_reserved: {
    what: 'Reserved name has an order',
    next: 'The order stays, and the registry decides at the drop. If the name must not be registered, propose its withdrawal. Then close this alarm.',
  },
  drop_off_schedule: {
    what: 'Drops off schedule',
    next: 'Names of this zone are released outside their windows, or not at all, by more than its policy lets submissions follow. Ask the registry, then move the drop or skip the day under Drop schedules.',
  },
  contact_missing: {
    what: 'Contact missing at the registry',
    next: 'This order names a contact that its registry refused or has not made yet. Without it the name is registered to your own contact. The details show the registry’s answer.',
  },
  registry_balance_low: {
    what: 'Registry deposit low',
    next: 'The registry says that the deposit is low. Top it up there before the next drop, then close this alarm.',
  },
  registry_maintenance: {
    what: 'Registry announces maintenance',
    next: 'Read the message. If it has no times in the details, enter them with the command maintenance add. Then close this alarm.',
  },
  registry_change: {
    what: 'Registry changed an object',
    next: 'The registry changed a name or contact of ours by itself. Read the message, tell the holder if need be, then close this alarm.',
  },
  registry_transfer: {
    what: 'Transfer of a name',
    next: 'A transfer of one of our names was requested or has ended. Read the message, then close this alarm.',
  },
  registry_notice: {
    what: 'Notice of a registry',
    next: 'The registry writes about a password or certificate, or awards a name that nothing here waits for. Read the message, act on it, then close this alarm.',
  },
  registry_stopped: {
    what: 'Registry stopped by operators',
    next: 'No name is created at this registry until it is restarted. Restart it when the reason is gone.',
  },
  drop_in_maintenance: {
    what: 'Drop during maintenance',
    next: 'Names with orders drop while their registry announces maintenance. Ask the registry, and move the drop under Drop schedules if its day changes.',
  },
  password_expires: {
    what: 'Registry password expires',
    next: 'Add the next password to the catcher’s credentials and change it with the command password change, before it expires.',
  },
  certificate_expires: {
    what: 'Client certificate expires',
    next: 'Add the next certificate to the catcher’s credentials, then name it in the registry account with the command registry put. The catcher changes to it when nothing is about to drop.',
  },
  clock_unsynchronised: {
    what: 'Clock not synchronised',
    next: 'The clock of the machine of this catcher is not synchronised. Start its time service; creates are aimed by the registry’s clock, and evidence is dated by this one.',
  },
  dispute_unanswered: {
    what: 'Dispute not answered',
    next: 'Submit evidence on the page of the dispute before its deadline. Without it the bank decides for the cardholder.',
  },
  mail_undelivered: {
    what: 'Mails to customers not delivered',
    next: 'Check that the worker has a mail server (DROPLOCK_SMTP_URL) and the address of the pages (MARKETPLACE_ORIGIN), and what the server answered. Mails are tried for three days and then given up; what they say is on the pages too.',
  },
  secret_key_missing: {
    what: 'Secret key missing',
    next: 'What is kept was made by a key that this setting does not have, and cannot be used. Put the key back into the setting after a comma, as it was backed up. The command secrets list shows which keys are needed.',
  },
}

type DescribedAlarm = { readonly kind: AlarmKind; readonly subject: string; readonly facts: unknown }

/** The facts that can name a subject, where its id means nothing to people; the first that there is does. */
const named: Partial<Readonly<Record<AlarmSubject, readonly string[]>>> = {
  catch_target: ['name'],
  event_receiver: ['address'],
  list_source: ['source'],
  listing: ['name'],
  dispute: ['account'],
  // A message about maintenance or a password names no object.
  registry_message: ['name', 'account'],
  sync_run: ['source'],
}

/** The subject of an alarm, as people name it. Undefined where the kind has only one subject. */
export function alarmSubjectText({ kind, subject, facts }: DescribedAlarm): string | undefined {
  const of: AlarmSubject = alarmTable[kind].subject
  if (of === 'worker' || of === 'audit' || of === 'mail') return undefined
  if (of === 'zone') return `.${subject}`
  const entries = new Map(entriesOf(facts))
  const name = named[of]?.map((member) => entries.get(member)).find((value) => typeof value === 'string')
  return name ?? subject
}

/** The facts that were seen last, each as `Drop from: 2026-02-15 13:00:00 UTC`, without the one that names the subject. */
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

/** An instant in the format of the console; any other text unchanged. */
export function instantText(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC')
}
