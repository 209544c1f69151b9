/**
 * How long each kind of row is kept, and which day its time is counted from. What is not named here is never pruned: money,
 * audit, orders, what decided them, invoices (ADR 14).
 */
export const retentionPolicy = {
  /** Attempts of a target, from its decision; down to the first, the deciding one and a count. */
  attempt: { days: 90, daysMin: 7 },
  /** The rows of a list, from its staging: of a published one those of names that have dropped, of one that was discarded or failed all. */
  sync_row: { days: 30, daysMin: 1 },
  /** Lines of lists that were refused, from the list's staging; those of lists that wait for a person stay. */
  sync_reject: { days: 90, daysMin: 1 },
  /** What a published list changed, from its publication; what it did to names that somebody ordered stays. */
  sync_change: { days: 90, daysMin: 1 },
  /** Sessions of people, from their end. The audit keeps who signed in. */
  session: { days: 30, daysMin: 1 },
  /** Devices that are not known any more, from their expiry. */
  device: { days: 30, daysMin: 1 },
  /** Counts of failed sign-ins, from the last failure. They are forgotten after an hour, so a day is more than enough. */
  sign_in_count: { days: 1, daysMin: 1 },
  /** Alarms, from their end. */
  alarm: { days: 365, daysMin: 7 },
  /** Events, from when they occurred; those that are still to be delivered stay, which is a week at most. */
  event: { days: 30, daysMin: 1 },
  /** What the payment provider told by event, from when it was handled. It sends an event again for days, never for weeks. */
  provider_event: { days: 90, daysMin: 30 },
} as const satisfies Readonly<Record<string, { readonly days: number; readonly daysMin: number }>>

export type RetentionKind = keyof typeof retentionPolicy

/** Days each kind is kept. */
export type RetentionDays = Readonly<Record<RetentionKind, number>>

/** A century; PostgreSQL's clock less this is a date that it can write. */
export const RETENTION_DAYS_MAX = 36_500
