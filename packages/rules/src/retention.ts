/**
 * How many days each kind of row is kept, and from when they are counted. What is not listed here is never removed: money, audit,
 * orders and the evidence that decided them, invoices (ADR 14).
 */
export const retentionPolicy = {
  /** Attempts of a target, from its decision. The first and the deciding one stay, and the number of the others. */
  attempt: { days: 90, daysMin: 7 },
  /** The rows of a list, from its staging: of a published list those whose names have dropped, else all. */
  sync_row: { days: 30, daysMin: 1 },
  /** Rejected lines of lists, from the list's staging; those of quarantined lists stay. */
  sync_reject: { days: 90, daysMin: 1 },
  /** Names of lists of deleted names, from the day on which they were deleted: by then each drop is observed or given up. */
  observed_list_name: { days: 90, daysMin: 7 },
  /** What a published list changed, from its publication; changes of ordered names stay. */
  sync_change: { days: 90, daysMin: 1 },
  /** Previews of changes of schedules that were not applied, and their listings; they can be applied for half a day. */
  schedule_draft_listing: { days: 1, daysMin: 1 },
  schedule_draft: { days: 1, daysMin: 1 },
  /** The order of names of daily batches, from when it was asked for: half a day before the drop. */
  release_order: { days: 7, daysMin: 2 },
  /** Drop lists for download, from their making; the newest stays. */
  drop_list: { days: 7, daysMin: 1 },
  /** Staff sessions, from their end. The audit keeps who signed in. */
  session: { days: 30, daysMin: 1 },
  /** Remembered devices, from their expiry. */
  device: { days: 30, daysMin: 1 },
  /** Counts of failed sign-ins, from the last failure. They have no effect after an hour, so a day is enough. */
  sign_in_count: { days: 1, daysMin: 1 },
  /** People who signed up and never confirmed their address, from then. */
  unconfirmed_member: { days: 7, daysMin: 2 },
  /** Sessions of people of accounts, from their end. */
  member_session: { days: 1, daysMin: 1 },
  /** Keys of sessions, from their end; those by which something was made that still names them stay. */
  session_key: { days: 1, daysMin: 1 },
  /** Links that choose a new password, from their end. */
  member_verification: { days: 1, daysMin: 1 },
  /** Invitations to accounts, from their end. */
  member_invitation: { days: 7, daysMin: 1 },
  /** Contacts of closed accounts, from the end of the last name that is registered for them. Their details are erased. */
  closed_account_contact: { days: 7, daysMin: 1 },
  /** Counts of requests, mails and guesses. They have no effect after an hour, so a day is enough. */
  member_request_count: { days: 1, daysMin: 1 },
  /** Alarms, from their end. */
  alarm: { days: 365, daysMin: 7 },
  /** Answers by their Idempotency-Keys, from the request. As the reseller API documents it: fewer would break its word. */
  idempotency_key: { days: 30, daysMin: 30 },
  /**
   * Events, from when they occurred; those that are not delivered yet stay, for at most a week. As the reseller API documents it: fewer
   * would break its word.
   */
  event: { days: 30, daysMin: 30 },
  /** Mails to people of accounts, from when they were sent or given up: as long as the link in them that switches mails off works. */
  member_mail: { days: 90, daysMin: 30 },
  /** Notices on the pages of accounts, from when they happened: what has stood for so long is known. */
  account_notice: { days: 30, daysMin: 7 },
  /** Events of the payment provider, from when they were handled. It repeats an event for days, never for weeks. */
  provider_event: { days: 90, daysMin: 30 },
} as const satisfies Readonly<Record<string, { readonly days: number; readonly daysMin: number }>>

export type RetentionKind = keyof typeof retentionPolicy

/** Days for which each kind is kept. */
export type RetentionDays = Readonly<Record<RetentionKind, number>>

/** A century; PostgreSQL can represent the date that is so long ago. */
export const RETENTION_DAYS_MAX = 36_500
