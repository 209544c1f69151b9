import type { AccountState } from '@droplock/rules/accounts'
import type { DisputeStage } from '@droplock/rules/disputes/answer'
import type { BackorderState } from '@droplock/rules/machines/backorder'
import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import type { DeliveryState } from '@droplock/rules/machines/delivery'
import type { EvidenceState } from '@droplock/rules/machines/dispute-evidence'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { PaymentState } from '@droplock/rules/machines/payment'
import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { RefundState } from '@droplock/rules/machines/refund'
import type { ScheduleChangeState } from '@droplock/rules/machines/schedule-change'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import type { PayoutState } from '@droplock/rules/ports/payments'
import type { RegistrationState } from '@droplock/rules/registrations/held'
import type { ConnectionTest, Month, RegistryAccountStatus } from '../api/types.ts'

/** The colour of a state. The word is always shown too: colour is never the only sign. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error'

export const listingTones = {
  upcoming: 'neutral',
  open: 'info',
  closed: 'neutral',
  dropping: 'warning',
  caught: 'success',
  // Most names fail, so failure is not shown as an error.
  lost: 'neutral',
  missed: 'neutral',
  premium: 'neutral',
  withdrawn: 'neutral',
  refused: 'neutral',
  unsold: 'neutral',
} as const satisfies Record<ListingState, Tone>

export const backorderTones = {
  pending_payment: 'warning',
  backordered: 'info',
  registering: 'warning',
  successful: 'success',
  failed: 'error',
  expired: 'neutral',
} as const satisfies Record<BackorderState, Tone>

export const targetTones = {
  armed: 'info',
  firing: 'warning',
  ambiguous: 'error',
  awaiting_award: 'info',
  disarmed: 'neutral',
  registered: 'success',
  lost: 'neutral',
  missed: 'neutral',
  premium: 'neutral',
  withdrawn: 'neutral',
  refused: 'neutral',
} as const satisfies Record<CatchTargetState, Tone>

export const runTones = {
  queued: 'neutral',
  running: 'info',
  ready: 'info',
  quarantined: 'warning',
  publishing: 'info',
  published: 'success',
  discarded: 'neutral',
  failed: 'error',
} as const satisfies Record<SyncRunState, Tone>

export const scheduleChangeTones = {
  draft: 'neutral',
  applying: 'info',
  stopped: 'warning',
  applied: 'success',
  undoing: 'info',
  undone: 'neutral',
} as const satisfies Record<ScheduleChangeState, Tone>

export const refundTones = {
  proposed: 'warning',
  approved: 'info',
  processing: 'info',
  succeeded: 'success',
  failed: 'error',
  rejected: 'neutral',
  expired: 'neutral',
} as const satisfies Record<RefundState, Tone>

export const proposalTones = {
  proposed: 'warning',
  approved: 'success',
  rejected: 'neutral',
  expired: 'neutral',
} as const satisfies Record<ProposalState, Tone>

export const paymentTones = {
  requires_action: 'warning',
  processing: 'info',
  succeeded: 'success',
  failed: 'error',
  canceled: 'neutral',
  disputed: 'warning',
  charged_back: 'error',
} as const satisfies Record<PaymentState, Tone>

export const bankTransferTones = {
  credited: 'success',
  reversal_proposed: 'warning',
  reversed: 'neutral',
} as const satisfies Record<BankTransferState, Tone>

export const disputeTones = {
  needs_response: 'warning',
  under_review: 'info',
  won: 'success',
  lost: 'error',
} as const satisfies Record<DisputeStage, Tone>

export const evidenceTones = {
  draft: 'neutral',
  submitting: 'info',
  submitted: 'success',
  refused: 'error',
} as const satisfies Record<EvidenceState, Tone>

export const payoutTones = {
  pending: 'neutral',
  in_transit: 'info',
  paid: 'success',
  failed: 'error',
  canceled: 'neutral',
} as const satisfies Record<PayoutState, Tone>

export const accountTones = {
  open: 'success',
  suspended: 'warning',
  closed: 'neutral',
} as const satisfies Record<AccountState, Tone>

export const deliveryTones = {
  pending: 'info',
  delivered: 'success',
  failed: 'error',
} as const satisfies Record<DeliveryState, Tone>

export const registrationTones = {
  registered: 'success',
  expired: 'warning',
  ended: 'neutral',
} as const satisfies Record<RegistrationState, Tone>

/** How a registry account is driven. */
export const connectionTestTones = {
  requested: 'info',
  running: 'info',
  succeeded: 'success',
  failed: 'error',
  unanswered: 'warning',
} as const satisfies Record<ConnectionTest['state'], Tone>

export const phaseTones = {
  driven: 'success',
  connecting: 'warning',
  released: 'neutral',
  silent: 'error',
  unreported: 'neutral',
} as const satisfies Record<RegistryAccountStatus['phase'], Tone>

export const monthTones = {
  open: 'info',
  proposed: 'warning',
  closed: 'success',
} as const satisfies Record<Month['state'], Tone>
