/**
 * Columns whose values are words of `@droplock/rules`. The generated type is the rules' union only where it lists exactly
 * the words of the column's check; where the two differ the column becomes `never`, and whatever uses it no longer compiles.
 */
export const rulesTypes: Readonly<Record<string, { readonly type: string; readonly from: string }>> = {
  'alarm.kind': { type: 'AlarmKind', from: 'alarms/kinds' },
  'backorder.expired_reason': { type: 'ExpiredReason', from: 'machines/backorder' },
  'backorder.failure_reason': { type: 'FailureReason', from: 'machines/backorder' },
  'backorder.state': { type: 'BackorderState', from: 'machines/backorder' },
  'bank_transfer.state': { type: 'BankTransferState', from: 'machines/bank-transfer' },
  'catch_target.decided_basis': { type: 'OutcomeBasis', from: 'drop/outcome-basis' },
  'catch_target.state': { type: 'CatchTargetState', from: 'machines/catch-target' },
  'event.topic': { type: 'Topic', from: 'events/topics' },
  'event_delivery.state': { type: 'DeliveryState', from: 'machines/delivery' },
  'finance_task.kind': { type: 'FinanceTaskKind', from: 'finance/task-actions' },
  'listing.state': { type: 'ListingState', from: 'machines/listing' },
  'payment.state': { type: 'PaymentState', from: 'machines/payment' },
  'proposal.kind': { type: 'ProposalKind', from: 'proposals/decide-proposal' },
  'proposal.state': { type: 'ProposalState', from: 'machines/proposal' },
  'provider_movement.kind': { type: 'MovementKind', from: 'reconciliation/match-movements' },
  'reconciliation_item.kind': { type: 'FindingKind', from: 'reconciliation/finding' },
  'reconciliation_item.side': { type: 'FindingSide', from: 'reconciliation/finding' },
  'refund.cause': { type: 'RefundCause', from: 'machines/refund' },
  'refund.destination': { type: 'RefundDestination', from: 'machines/refund' },
  'refund.reason_code': { type: 'RefundReason', from: 'refunds/decide-manual' },
  'refund.state': { type: 'RefundState', from: 'machines/refund' },
  'registry.profile': { type: 'RegistryProfileId', from: 'registries/profiles' },
  'registry_request.state': { type: 'RegistryRequestState', from: 'machines/registry-request' },
  'renewal.failure_reason': { type: 'RenewalFailure', from: 'machines/renewal' },
  'renewal.state': { type: 'RenewalState', from: 'machines/renewal' },
  'sign_in_count.scope': { type: 'SignInScope', from: 'staff/lock-out' },
  'sync_run.state': { type: 'SyncRunState', from: 'machines/sync-run' },
}
