/**
 * Every way in which the service says no. `contracts/src/errors.ts` gives each its HTTP status and title; a code, once
 * published, never changes its meaning.
 */
export type RefusalCode =
  // the request itself
  | 'malformed_json'
  | 'body_required'
  | 'invalid_request'
  | 'invalid_cursor'
  | 'unsupported_media_type'
  | 'request_too_large'
  | 'not_found'
  | 'method_not_allowed'
  // who asks
  | 'unauthenticated'
  | 'insufficient_scope'
  | 'invalid_credentials'
  | 'sign_in_locked'
  | 'forbidden'
  | 'csrf_token_invalid'
  | 'reason_required'
  | 'staff_exists'
  | 'session_required'
  | 'cross_site_request'
  // names and listings
  | 'invalid_name'
  | 'zone_not_served'
  | 'zone_disabled'
  | 'listing_not_found'
  | 'listing_not_open_yet'
  | 'listing_closed'
  | 'cutoff_passed'
  | 'name_premium'
  | 'name_reserved'
  | 'name_suspect'
  | 'name_taken'
  | 'price_unavailable'
  | 'listing_not_movable'
  | 'listing_not_overridden'
  | 'listing_changed'
  | 'invalid_window'
  // money
  | 'insufficient_balance'
  | 'account_not_found'
  | 'amount_out_of_range'
  | 'invalid_period'
  | 'card_unavailable'
  | 'payment_not_found'
  | 'payment_ended'
  | 'payment_limit_reached'
  | 'payment_disputed'
  | 'webhook_rejected'
  | 'finance_task_not_found'
  | 'finance_task_not_closable'
  | 'finance_task_closed'
  | 'alarm_not_found'
  | 'alarm_closed'
  | 'bank_reference_invalid'
  | 'bank_reference_known'
  | 'bank_transfer_not_found'
  | 'transfer_not_reversible'
  | 'reversal_not_proposed'
  | 'currency_mismatch'
  | 'hold_limits_out_of_range'
  | 'reconciliation_item_not_found'
  | 'reconciliation_item_closed'
  | 'refund_not_found'
  | 'refund_exceeds_remaining'
  | 'refund_exceeds_balance'
  | 'refund_stays_on_balance'
  | 'refund_already_decided'
  | 'decider_is_proposer'
  | 'refund_expired'
  | 'refund_changed'
  | 'refund_needs_approval'
  | 'refund_not_retryable'
  | 'billing_profile_missing'
  | 'invoice_not_available'
  | 'invoice_not_found'
  | 'seller_mode_is_final'
  // backorders
  | 'backorder_not_found'
  | 'backorder_undecided'
  | 'backorder_not_releasable'
  | 'hold_not_available'
  | 'hold_too_late'
  | 'hold_limit_reached'
  | 'watch_limit_reached'
  // renewals
  | 'backorder_not_renewable'
  | 'registration_expired'
  | 'renewal_not_found'
  | 'renewal_undecided'
  | 'renewal_pending'
  | 'renewal_quote_stale'
  | 'renewal_too_long'
  // drop lists
  | 'registry_not_found'
  | 'list_format_unknown'
  | 'list_already_published'
  | 'sync_run_not_found'
  | 'sync_run_not_publishable'
  | 'sync_run_not_discardable'
  // passing trouble
  | 'try_again'
  | 'unavailable'
  | 'internal_error'

/** A refusal with its stable code. `detail` may be shown to the caller; it says nothing of the inside. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string | number | boolean | null>>

  constructor(code: RefusalCode, detail: string, facts: Refusal['facts'] = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}
