import type { QuarantineReason } from '@droplock/rules/lists'
import {
  type BackorderState,
  type ExpiredReason,
  type FailureReason,
  failures,
} from '@droplock/rules/machines/backorder'
import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import type { CatchTargetState, Outcome } from '@droplock/rules/machines/catch-target'
import type { DeliveryState } from '@droplock/rules/machines/delivery'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { PaymentPurpose, PaymentState } from '@droplock/rules/machines/payment'
import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type {
  RegistrationRequestFailure,
  RegistrationRequestKind,
  RegistrationRequestState,
} from '@droplock/rules/machines/registration-request'
import type { RenewalFailure, RenewalState } from '@droplock/rules/machines/renewal'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import { bookingKinds } from '@droplock/rules/reconciliation/provider-bookings'
import type { PaymentMethod } from '@droplock/rules/refunds/destination'
import type { RegistrationEnd, RegistrationState } from '@droplock/rules/registrations/held'
import { z } from '@hono/zod-openapi'
import { Time } from './primitives.ts'

// The states and reasons of the state machines as lists, for schemas.

export const failureReasons: readonly FailureReason[] = Object.values(failures)

export const listingStates = [
  'upcoming',
  'open',
  'closed',
  'dropping',
  'caught',
  ...failureReasons,
  'unsold',
] as const satisfies readonly ListingState[]

export const backorderStates = [
  'pending_payment',
  'backordered',
  'registering',
  'successful',
  'failed',
  'expired',
] as const satisfies readonly BackorderState[]

export const expiredReasons = [
  'lapsed',
  'released',
  'listing_ended',
] as const satisfies readonly ExpiredReason[]
export const deliveryStates = ['pending', 'delivered', 'failed'] as const satisfies readonly DeliveryState[]
export const outcomes = ['registered', ...failureReasons] as const satisfies readonly Outcome[]
/** How the outcome of a drop became known; the same text for customers and operators. */
export const basisText =
  "What the outcome is based on: the registry's answer to our create (`create`) or info (`info`) command, its fee quote " +
  '(`fee_check`), its RDAP record (`rdap`), or only that the name exists and is not ours according to the registry (`presumed`)'
export const refundStates = [
  'proposed',
  'approved',
  'processing',
  'succeeded',
  'failed',
  'rejected',
  'expired',
] as const satisfies readonly RefundState[]

export const refundCauses = [
  'backorder_failed',
  'late_payment',
  'duplicate_payment',
  'renewal_failed',
  'manual',
] as const satisfies readonly RefundCause[]

export const refundDestinations = [
  'balance',
  'original_payment',
] as const satisfies readonly RefundDestination[]

export const paymentStates = [
  'requires_action',
  'processing',
  'succeeded',
  'failed',
  'canceled',
  'disputed',
  'charged_back',
] as const satisfies readonly PaymentState[]

export const bankTransferStates = [
  'credited',
  'reversal_proposed',
  'reversed',
] as const satisfies readonly BankTransferState[]
export const renewalStates = [
  'pending_payment',
  'paid',
  'renewing',
  'successful',
  'failed',
  'expired',
] as const satisfies readonly RenewalState[]

export const renewalFailures = [
  'refused',
  'not_held',
  'expiry_moved',
  'unavailable',
] as const satisfies readonly RenewalFailure[]

export const registrationStates = [
  'registered',
  'expired',
  'ended',
] as const satisfies readonly RegistrationState[]
export const registrationEnds = ['not_held', 'deleted'] as const satisfies readonly RegistrationEnd[]

export const registrationRequestKinds = [
  'name_servers',
  'contacts',
  'auth_code',
] as const satisfies readonly RegistrationRequestKind[]

export const registrationRequestStates = [
  'queued',
  'processing',
  'succeeded',
  'failed',
] as const satisfies readonly RegistrationRequestState[]

export const registrationRequestFailures = [
  'refused',
  'not_held',
  'unavailable',
] as const satisfies readonly RegistrationRequestFailure[]

export const proposalStates = [
  'proposed',
  'approved',
  'rejected',
  'expired',
] as const satisfies readonly ProposalState[]

export const targetStates = [
  'armed',
  'firing',
  'ambiguous',
  'awaiting_award',
  'disarmed',
  ...outcomes,
] as const satisfies readonly CatchTargetState[]

export const syncRunStates = [
  'queued',
  'running',
  'ready',
  'quarantined',
  'publishing',
  'published',
  'discarded',
  'failed',
] as const satisfies readonly SyncRunState[]

export const quarantineReasons = [
  'truncated',
  'beyond_limits',
  'nothing_to_list',
  'too_many_rejects',
  'too_many_suspected',
  'too_many_moved',
  'too_few_rows',
  'zone_emptied',
] as const satisfies readonly QuarantineReason[]

/** What moves a customer's balance. */
export const balanceCauses = [
  'top_up',
  'top_up_reversed',
  'secure',
  'settle',
  'refund',
  'refund_expired',
  'dispute',
  'dispute_won',
  'goodwill',
] as const

/** Where money is in the ledger. */
export const ledgerAccounts = [
  'customer_balance',
  'escrow',
  'revenue',
  'refunds_payable',
  'provider_clearing',
  'unapplied_receipts',
  'bank_clearing',
  'goodwill',
  'provider_fees',
  'currency_exchange',
] as const

/** What moves money in the ledger. */
export const postingCauses = [
  ...balanceCauses,
  'receipt',
  'refund_paid',
  'refund_returned',
  ...bookingKinds,
] as const

export const paymentPurposes = ['backorder', 'top_up', 'renewal'] as const satisfies readonly PaymentPurpose[]
export const paymentMethods = ['balance', 'card'] as const satisfies readonly PaymentMethod[]

/** Attempts that are no longer kept: some months after the decision only the first, the deciding and the charged one remain. */
export const RemovedAttempts = z
  .object({
    count: z.int().openapi({ description: 'Number of attempts that are no longer kept' }),
    first_sent_at: Time,
    last_sent_at: Time,
  })
  .openapi('RemovedAttempts')

/** By how much a name was lost. */
export const LostBy = z.object({ min_ms: z.int(), max_ms: z.int() }).openapi('LostBy', {
  description:
    'Of a lost name: the interval in which the time lies from the registration of the other registrar until the registry handled our next create. Its bounds show no more digits than are known, as the clock of the registry is known to an error, and some registries cut dates to whole seconds. Absent if too little is known',
})
