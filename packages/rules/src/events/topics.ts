import type { SnapshotOf } from './snapshots.ts'

/** Everything that is told of, by the names that webhooks carry, and what each is about: its subject's id is of one of these. */
export const topicTable = {
  'backorder.held': 'backorder',
  'backorder.expired': 'backorder',
  'backorder.secured': 'backorder',
  'backorder.rescheduled': 'backorder',
  'backorder.registering': 'backorder',
  'backorder.successful': 'backorder',
  'backorder.failed': 'backorder',
  'renewal.paid': 'renewal',
  'renewal.expired': 'renewal',
  'renewal.successful': 'renewal',
  'renewal.failed': 'renewal',
  'refund.succeeded': 'refund',
  'refund.failed': 'refund',
  'payment.failed': 'payment',
  'payment.disputed': 'payment',
  'payment.dispute_won': 'payment',
  'payment.charged_back': 'payment',
  'account.topped_up': 'account',
  'account.top_up_reversed': 'account',
  'invoice.issued': 'invoice',
  'credit_note.issued': 'invoice',
  // For operators: of no account.
  'alarm.opened': 'alarm',
  'alarm.closed': 'alarm',
} as const satisfies Record<string, keyof SnapshotOf>

export type Topic = keyof typeof topicTable

/** What an event of a topic says: its subject as it was then, as its owner would have seen it. Absent is what there is none of. */
export type EventData<Of extends Topic = Topic> = SnapshotOf[(typeof topicTable)[Of]]
