/** Every change that a person makes in the console, by the words the audit shows. */
export const auditActions = [
  'staff.added',
  'staff.signed_in',
  'staff.signed_out',
  'staff.locked_out',
  'sync_run.uploaded',
  'sync_run.quarantined',
  'sync_run.published',
  'sync_run.discarded',
  'listing.overridden',
  'listing.override_undone',
  'refund.proposed',
  'refund.approved',
  'refund.rejected',
  'refund.completed',
  'refund.retried',
  'refund.expired',
  'account.credit_limit_set',
  'account.hold_limits_set',
  'refund_limit.set',
  'seller.set',
  'invoice.issued',
  'bank_transfer.recorded',
  'bank_transfer.reversal_proposed',
  'bank_transfer.reversed',
  'bank_transfer.reversal_rejected',
  'finance_task.closed',
  'reconciliation_item.closed',
  'alarm.closed',
  'proposal.made',
  'proposal.approved',
  'proposal.rejected',
] as const

export type AuditAction = (typeof auditActions)[number]

export const auditSubjects = [
  'staff',
  'sync_run',
  'listing',
  'refund',
  'account',
  'finance_task',
  'refund_limit',
  'seller',
  'invoice',
  'bank_transfer',
  'reconciliation_item',
  'alarm',
  'proposal',
] as const

export type AuditSubject = (typeof auditSubjects)[number]
