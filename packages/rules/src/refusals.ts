/**
 * Every reason for which the service refuses a request. `packages/contracts/src/errors.ts` has the HTTP status and title of each. A
 * published code never changes its meaning.
 */
export type RefusalCode =
  // the request itself
  | 'malformed_json'
  | 'malformed_text'
  | 'body_required'
  | 'invalid_request'
  | 'invalid_cursor'
  | 'search_text_too_short'
  | 'search_too_broad'
  | 'drop_list_not_found'
  | 'range_not_satisfiable'
  | 'read_limit_reached'
  | 'event_cursor_gone'
  | 'unsupported_media_type'
  | 'idempotency_key_missing'
  | 'idempotency_key_malformed'
  | 'idempotency_key_reused'
  | 'request_in_progress'
  | 'request_too_large'
  | 'request_timeout'
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
  | 'staff_not_found'
  | 'own_account'
  | 'password_too_short'
  | 'api_key_not_found'
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
  | 'name_blocked'
  | 'name_taken'
  | 'already_yours'
  | 'price_unavailable'
  | 'price_changed'
  | 'confirmation_invalid'
  | 'listing_not_withdrawable'
  | 'listing_held'
  | 'listing_not_held'
  | 'block_not_found'
  | 'block_ended'
  | 'listing_not_movable'
  | 'listing_not_overridden'
  | 'listing_changed'
  | 'invalid_window'
  | 'schedule_change_not_found'
  | 'schedule_change_not_possible'
  | 'too_many_listings'
  | 'invalid_policy'
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
  | 'receiver_invalid'
  | 'receiver_exists'
  | 'receiver_not_found'
  | 'receiver_disabled'
  | 'source_invalid'
  | 'source_exists'
  | 'source_not_found'
  | 'source_disabled'
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
  | 'proposer_disabled'
  | 'proposal_not_found'
  | 'proposal_already_decided'
  | 'proposal_expired'
  | 'proposal_open'
  | 'grant_needs_approval'
  | 'target_not_found'
  | 'target_decided'
  | 'target_in_time'
  | 'outcome_not_possible'
  | 'refund_expired'
  | 'refund_changed'
  | 'refund_needs_approval'
  | 'refund_not_retryable'
  | 'billing_profile_missing'
  | 'invoice_not_available'
  | 'invoice_not_found'
  | 'seller_mode_is_final'
  | 'seller_of_other_mode'
  // backorders
  | 'backorder_not_found'
  | 'backorder_undecided'
  | 'backorder_not_releasable'
  | 'hold_not_available'
  | 'hold_too_late'
  | 'hold_limit_reached'
  | 'watch_limit_reached'
  | 'export_limit_reached'
  // renewals
  | 'registration_expired'
  | 'renewal_not_found'
  | 'renewal_undecided'
  | 'renewal_pending'
  | 'renewal_quote_stale'
  | 'renewal_too_long'
  // registrations
  | 'registration_not_found'
  | 'registration_ended'
  | 'registration_request_not_found'
  | 'registration_request_pending'
  | 'invalid_name_servers'
  | 'auth_code_not_ready'
  | 'auth_code_shown'
  | 'auth_code_expired'
  | 'auth_code_unavailable'
  // contacts of resellers
  | 'contact_not_found'
  | 'contact_in_use'
  | 'contacts_not_used'
  // registries and drop lists
  | 'registry_not_found'
  | 'registry_account_not_found'
  | 'invalid_contact'
  | 'real_and_simulated_mixed'
  | 'second_registry_account'
  | 'zone_not_found'
  | 'price_not_found'
  | 'registry_profile_unknown'
  | 'registry_account_invalid'
  | 'list_format_unknown'
  | 'list_already_published'
  | 'sync_run_not_found'
  | 'sync_run_not_publishable'
  | 'sync_run_not_discardable'
  | 'sync_run_outdated'
  // passing errors
  | 'try_again'
  | 'unavailable'
  | 'internal_error'

/** Money on the wire, as everywhere in the APIs. */
type MoneyFact = { readonly amount_minor: number; readonly currency: string }

/** A part of a request that is not as its contract says. One of the first three says which; `detail` continues its name: "is missing". */
export type FaultyPart = {
  /** JSON pointer into the body (RFC 6901); empty: the body itself. */
  readonly pointer?: string
  /** Of the path or the query. */
  readonly parameter?: string
  readonly header?: string
  readonly detail: string
}

/** A refusal with its stable code. `detail` may be shown to the caller and reveals nothing internal. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string | number | boolean | null | MoneyFact>>
  /** The parts of the request that are to be corrected, where that is the reason. */
  readonly parts: readonly FaultyPart[]

  constructor(code: RefusalCode, detail: string, facts: Refusal['facts'] = {}, parts: Refusal['parts'] = []) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
    this.parts = parts
  }
}
