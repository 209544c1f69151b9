// Generated from the migrated database by `npm run generate`. Do not edit.
import type { ColumnType } from 'kysely'
import type { AlarmKind } from '@droplock/rules/alarms'
import type { OrderMetadata } from '@droplock/rules/backorders'
import type { ConfirmationMeans, ConfirmationResult, ConfirmationVerdict } from '@droplock/rules/confirmations'
import type { ConnectionStep } from '@droplock/rules/connection-tests'
import type { ContactRole } from '@droplock/rules/contacts'
import type { Evidence } from '@droplock/rules/disputes/evidence'
import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import type { MailKind } from '@droplock/rules/event-mails/kinds'
import type { EndpointDisabledReason, Topic } from '@droplock/rules/events'
import type { FeeVerdictWord } from '@droplock/rules/fee-checks'
import type { FinanceTaskKind } from '@droplock/rules/finance-tasks'
import type { SourceFailure } from '@droplock/rules/list-sources'
import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import type { CatchTargetState, Outcome } from '@droplock/rules/machines/catch-target'
import type { ConnectionTestState } from '@droplock/rules/machines/connection-test'
import type { DeliveryState } from '@droplock/rules/machines/delivery'
import type { EvidenceState } from '@droplock/rules/machines/dispute-evidence'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { MemberMailState } from '@droplock/rules/machines/member-mail'
import type { PasswordChangeState } from '@droplock/rules/machines/password-change'
import type { PaymentState } from '@droplock/rules/machines/payment'
import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type { RegistrationRequestFailure, RegistrationRequestKind, RegistrationRequestState } from '@droplock/rules/machines/registration-request'
import type { RegistryContactState } from '@droplock/rules/machines/registry-contact'
import type { RegistryRequestState } from '@droplock/rules/machines/registry-request'
import type { RenewalFailure, RenewalState } from '@droplock/rules/machines/renewal'
import type { ScheduleChangeState } from '@droplock/rules/machines/schedule-change'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import type { TargetTryState } from '@droplock/rules/machines/target-try'
import type { NoticeTopic } from '@droplock/rules/member-notices'
import type { DisputeReason, PayoutState } from '@droplock/rules/ports/payments'
import type { PriceKind } from '@droplock/rules/prices/match'
import type { ProposalKind } from '@droplock/rules/proposals'
import type { FindingKind, FindingSide } from '@droplock/rules/reconciliation/finding'
import type { MovementKind } from '@droplock/rules/reconciliation/match-movements'
import type { BookingKind } from '@droplock/rules/reconciliation/provider-bookings'
import type { RunStep } from '@droplock/rules/reconciliation/run-steps'
import type { RefundReason } from '@droplock/rules/refunds/manual'
import type { RegistrationEnd } from '@droplock/rules/registrations/held'
import type { RegistryProfileId } from '@droplock/rules/registries'
import type { MessageKind } from '@droplock/rules/registry-messages'
import type { ReservedKind } from '@droplock/rules/reserved-words'
import type { ChangeEffect, ScheduleChangeKind } from '@droplock/rules/schedule/change'
import type { ObservedKind } from '@droplock/rules/schedule/drift'
import type { Release } from '@droplock/rules/schedule/release'
import type { SignInScope } from '@droplock/rules/staff'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export type JsonObject = { readonly [key: string]: JsonValue | undefined }
/** Written as an object: node-postgres would send an array as a PostgreSQL array. */
type Json = ColumnType<JsonValue, JsonObject, JsonObject>
type Timestamp = ColumnType<Date, Date | string, Date | string>
/** May be left out of an insert: the database has a default. */
type Generated<Type> =
  Type extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read, Insert | undefined, Update>
    : ColumnType<Type, Type | undefined, Type>
/** The rules' words, where they are exactly the words that the column's check lists. */
type Agreed<Rules, Listed> = [Rules, Listed] extends [Listed, Rules] ? Rules : never

export type AccountTable = {
  id: string
  name: string
  currency: string
  balance_minor: Generated<bigint>
  credit_limit_minor: Generated<bigint>
  created_at: Generated<Timestamp>
  open_holds_max_before_paid: Generated<number>
  open_holds_max: Generated<number>
  watches_max: Generated<number>
  open_payments_max: Generated<number>
  disabled_at: Timestamp | null
  reads_per_minute_max: Generated<number>
  claims_per_minute_max: Generated<number>
  low_balance_minor: bigint | null
  balance_is_low: Generated<boolean>
  version: Generated<number>
  closed_at: Timestamp | null
  closed_by: string | null
}

export type AccountContactTable = {
  id: string
  account_id: string
  is_default: boolean
  created_at: Timestamp
  updated_at: Timestamp
  deleted_at: Timestamp | null
  version: Generated<number>
}

export type AccountNoticeTable = {
  id: string
  account_id: string
  topic: Agreed<NoticeTopic, 'refund.failed' | 'registration.expired' | 'registration.expiring' | 'backorder.premium_flagged' | 'backorder.rescheduled' | 'balance.low' | 'webhook_endpoint.disabled'>
  subject_id: string
  data: Json
  occurred_at: Timestamp
  position: bigint
}

export type AlarmTable = {
  id: string
  kind: Agreed<AlarmKind, 'lease_unheld' | 'login_refused' | 'account_not_ready' | 'deposit_empty' | 'creates_exhausted' | 'create_incomplete' | 'fee_stale' | 'settlement_stuck' | 'target_undecided' | 'target_uncaught' | 'list_late' | 'list_quarantined' | 'audit_chain_broken' | 'worker_stopped' | 'event_undelivered' | 'suspect_unconfirmed' | 'held_name_reserved' | 'drop_off_schedule' | 'contact_missing' | 'deletion_overdue' | 'registry_balance_low' | 'registry_maintenance' | 'registry_change' | 'registry_transfer' | 'registry_notice' | 'registry_stopped' | 'drop_in_maintenance' | 'password_expires' | 'certificate_expires' | 'clock_unsynchronised' | 'dispute_unanswered' | 'mail_undelivered' | 'secret_key_missing'>
  subject: string
  facts: Generated<Json>
  raised_at: Timestamp
  last_seen_at: Timestamp
  closed_at: Timestamp | null
  closed_by: string | null
  note: string | null
}

export type AloneGrantTable = {
  id: string
  staff_id: string
  kind: 'bank_transfer' | 'credit_limit'
  amount_minor: bigint
  currency: string
  granted_at: Generated<Timestamp>
}

export type ApiKeyTable = {
  id: string
  account_id: string
  key_sha256: Buffer
  label: string
  scopes: string[]
  created_at: Generated<Timestamp>
  revoked_at: Timestamp | null
  expires_at: Timestamp | null
  allowed_addresses: string[] | null
  last_used_on: string | null
  made_by: string | null
  replaces: string | null
  sub_account_id: string | null
  version: Generated<number>
  session_id: string | null
}

export type AttemptRemovalTable = {
  id: string
  target_id: string
  attempts_max: number
  removed: number
  first_sent_at: Timestamp
  last_sent_at: Timestamp
  removed_at: Timestamp
}

export type AuditChainTable = {
  id: Generated<boolean>
  seq: bigint
  hash: Buffer | null
}

export type AuditEntryTable = {
  seq: bigint
  at: Timestamp
  actor_kind: 'staff' | 'system'
  actor_id: string | null
  actor_name: string
  action: string
  subject_type: string
  subject_id: string
  reason: string | null
  before: Json | null
  after: Json | null
  prev_hash: Buffer | null
  hash: Buffer
}

export type AuthCodeTable = {
  request_id: string
  salt: Buffer | null
  secret_id: string | null
  valid_until: Timestamp | null
  shown_at: Timestamp | null
}

export type BackorderTable = {
  id: string
  listing_id: string
  name: string
  account_id: string
  state: Agreed<BackorderState, 'pending_payment' | 'backordered' | 'registering' | 'successful' | 'failed' | 'expired'>
  price_minor: bigint
  currency: string
  created_at: Timestamp
  pay_by: Timestamp | null
  secured_at: Timestamp | null
  decided_at: Timestamp | null
  settled_at: Timestamp | null
  failure_reason: Agreed<FailureReason, 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'> | null
  expired_reason: Agreed<ExpiredReason, 'lapsed' | 'released' | 'listing_ended'> | null
  reclaims: string | null
  reference: string | null
  metadata: OrderMetadata | null
  sub_account_id: string | null
  registrant_id: string | null
  admin_id: string | null
  tech_id: string | null
  billing_id: string | null
}

export type BankTransferTable = {
  id: string
  account_id: string
  state: Agreed<BankTransferState, 'credited' | 'reversal_proposed' | 'reversed'>
  amount_minor: bigint
  currency: string
  bank_reference: string
  note: string
  recorded_by: string
  recorded_at: Timestamp
  reversal_reason: string | null
  reversal_proposed_by: string | null
  reversal_proposed_at: Timestamp | null
  reversal_decided_by: string | null
  reversal_decided_at: Timestamp | null
  reversal_id: string | null
  grant_id: string | null
  proposal_id: string | null
}

export type BatchDriftTable = {
  zone: string
  day: string
  measure_at: Timestamp | null
  measured_at: Timestamp | null
  names: Generated<number>
  open: Generated<number>
  observed: Generated<number>
  median_seconds: number | null
  spread_seconds: number | null
  earliest_seconds: number | null
  latest_seconds: number | null
  from_shift_seconds: Generated<number>
  to_shift_seconds: Generated<number>
  change_id: string | null
  beyond: Generated<boolean>
}

export type BillingProfileTable = {
  account_id: string
  legal_name: string
  address: string
  country: string
  tax_id: string | null
  email: string
  updated_at: Timestamp
  version: Generated<number>
}

export type BlockedNameTable = {
  id: string
  name: string
  zone: string
  reason: string
  blocked_by: string
  blocked_at: Timestamp
  until_at: Timestamp | null
  ended_at: Timestamp | null
  ended_by: string | null
  end_reason: string | null
}

export type BulkOrderTable = {
  id: string
  account_id: string
  key_id: string
  sub_account_id: string | null
  idempotency_key: string
  items: number
  created_at: Generated<Timestamp>
  finished_at: Timestamp | null
  claimed_by: string | null
  claimed_until: Timestamp | null
}

export type BulkOrderItemTable = {
  bulk_order_id: string
  position: number
  name: string
  terms: Json
  state: 'waiting' | 'placed' | 'refused'
  backorder_id: string | null
  code: string | null
  detail: string | null
  parts: Json | null
}

export type CatchAttemptTable = {
  cltrid: string
  target_id: string
  registry_account_id: string
  command: 'create' | 'info' | 'fee_check' | 'rdap'
  sent_at: Timestamp
  answered_at: Timestamp | null
  round_trip_us: number | null
  outcome: 'answered' | 'not_sent' | 'unknown'
  code: number | null
  message: string | null
  svtrid: string | null
}

export type CatchTargetTable = {
  id: string
  listing_id: string
  backorder_id: string
  registry_id: string
  name: string
  state: Agreed<CatchTargetState, 'armed' | 'firing' | 'ambiguous' | 'awaiting_award' | 'disarmed' | 'registered' | 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'>
  ordered_at: Timestamp
  drop_from: Timestamp
  drop_to: Timestamp
  grace_until: Timestamp
  fee_max_minor: bigint
  fee_currency: string
  prior_clid: string | null
  prior_cr_date: Timestamp | null
  prepared_at: Timestamp | null
  armed_at: Timestamp
  decided_at: Timestamp | null
  decided_code: number | null
  decided_by: string | null
  cr_date: Timestamp | null
  holder_clid: string | null
  decided_basis: Agreed<OutcomeBasis, 'create' | 'info' | 'fee_check' | 'rdap' | 'presumed'> | null
  deciding_cltrid: string | null
  proposal_id: string | null
  attempts_removed_at: Timestamp | null
  arming: Generated<number>
  fired_at: Timestamp | null
  expected_from: Timestamp | null
  expected_to: Timestamp | null
  drift_change_id: string | null
  winner_created_at: Timestamp | null
  creates: number | null
  wasted_creates: number | null
  lost_by_min_ms: number | null
  lost_by_max_ms: number | null
  prior_updated_at: Timestamp | null
  prior_roid: string | null
}

export type ChangeNoticeTable = {
  xid: Generated<string>
  resource: string
  record_id: string | null
  noted_at: Generated<Timestamp>
}

export type ClosedBalanceTable = {
  month: string
  currency: string
  ledger_account: string
  opening_minor: bigint
  debit_minor: bigint
  credit_minor: bigint
  closing_minor: bigint
  postings: bigint
}

export type ClosedMonthTable = {
  month: string
  ends_at: Timestamp
  proposal_id: string
  closed_at: Timestamp
  sha256: Buffer
}

export type ClosedMonthItemTable = {
  month: string
  kind: 'reconciliation_item' | 'finance_task' | 'refund'
  item_id: string
  explanation: string
}

export type ConfirmationTable = {
  listing_id: string
  suspicion: Generated<number>
  opened_at: Timestamp
  try_after: Timestamp
  means: Agreed<ConfirmationMeans, 'info' | 'rdap'> | null
  rdap_host: string | null
  held: Generated<boolean>
  attempts: Generated<number>
  closed_at: Timestamp | null
  result: Agreed<ConfirmationResult, 'pending_delete' | 'withdrawn' | 'listed' | 'ended'> | null
}

export type ConfirmationAnswerTable = {
  id: string
  listing_id: string
  suspicion: number
  means: Agreed<ConfirmationMeans, 'info' | 'rdap'>
  asked_at: Timestamp
  answered_at: Timestamp | null
  registry_account_id: string | null
  url: string | null
  cltrid: string | null
  svtrid: string | null
  code: number | null
  verdict: Agreed<ConfirmationVerdict, 'pending_delete' | 'withdrawn' | 'gone' | 'undecided'>
  finding: string
  statuses: Generated<string[]>
  rgp_statuses: Generated<string[]>
  cr_date: Timestamp | null
  ex_date: Timestamp | null
  registrar: string | null
  decides: boolean
}

export type ConnectionTestTable = {
  id: string
  registry_account_id: string
  state: Agreed<ConnectionTestState, 'requested' | 'running' | 'succeeded' | 'failed' | 'unanswered'>
  requested_at: Timestamp
  requested_by: string
  started_at: Timestamp | null
  decided_at: Timestamp | null
  step: Agreed<ConnectionStep, 'credentials' | 'connect' | 'greeting' | 'login' | 'hello'> | null
  findings: Generated<Json>
  answer_code: number | null
  message: string | null
}

export type ContactTable = {
  id: string
  account_id: string | null
  details: Json | null
  created_at: Timestamp
  account_contact_id: string | null
  version: number | null
}

export type DefaultContactTable = {
  registry_account_id: string
  role: Agreed<ContactRole, 'registrant' | 'admin' | 'tech' | 'billing'>
  contact_id: string
  set_at: Timestamp
}

export type DeliveryAttemptTable = {
  delivery_id: string
  number: number
  attempted_at: Timestamp
  duration_ms: number
  status: number | null
  answer: string | null
  failure: string | null
}

export type DisputeTable = {
  id: string
  payment_id: string
  provider_dispute_id: string
  state: 'open' | 'won' | 'lost'
  amount_minor: bigint
  currency: string
  opened_at: Timestamp
  decided_at: Timestamp | null
  reversal_id: string | null
  reason: Generated<Agreed<DisputeReason, 'fraudulent' | 'unrecognized' | 'duplicate' | 'credit_not_processed' | 'product_not_received' | 'product_unacceptable' | 'subscription_canceled' | 'general'>>
  evidence_due_at: Timestamp | null
  answered_at: Timestamp | null
}

export type DisputeEvidenceTable = {
  dispute_id: string
  state: Agreed<EvidenceState, 'draft' | 'submitting' | 'submitted' | 'refused'>
  fields: Evidence
  version: Generated<number>
  saved_by: string
  saved_at: Timestamp
  submission_id: string | null
  submitted_by: string | null
  submitted_at: Timestamp | null
  ended_at: Timestamp | null
  try_after: Timestamp | null
  attempts: Generated<number>
  failure: string | null
}

export type DropListTable = {
  id: string
  made_at: Timestamp
  published_at: Timestamp
  names: number
  bytes: bigint
  sha256: Buffer
}

export type DropListPartTable = {
  list_id: string
  number: number
  zone: string | null
  bytes: number
  content: Buffer
}

export type DropListWindowTable = {
  list_id: string
  zone: string
  day: string
  names: number
  cutoff_at: Timestamp
  drop_from: Timestamp
  drop_to: Timestamp
}

export type DropListZoneTable = {
  list_id: string
  zone: string
  names: number
  bytes: bigint
  sha256: Buffer
}

export type EventTable = {
  id: string
  topic: Agreed<Topic, 'backorder.held' | 'backorder.hold_lapsing' | 'backorder.expired' | 'backorder.secured' | 'backorder.rescheduled' | 'backorder.premium_flagged' | 'backorder.contact_refused' | 'backorder.contact_pending' | 'backorder.registering' | 'backorder.successful' | 'backorder.failed' | 'watch.cutoff_near' | 'watch.rescheduled' | 'drop_list.published' | 'renewal.paid' | 'renewal.expired' | 'renewal.successful' | 'renewal.failed' | 'registration.expiring' | 'registration.expired' | 'registration.auto_renewed' | 'registration.deletion_requested' | 'registration.ended' | 'registration_request.succeeded' | 'registration_request.failed' | 'refund.succeeded' | 'refund.failed' | 'payment.failed' | 'payment.disputed' | 'payment.dispute_won' | 'payment.charged_back' | 'account.topped_up' | 'account.top_up_reversed' | 'account.credited' | 'balance.low' | 'invoice.issued' | 'credit_note.issued' | 'webhook_endpoint.tested' | 'webhook_endpoint.disabled' | 'alarm.opened' | 'alarm.closed' | 'alarm.tested'>
  account_id: string | null
  subject_id: string
  data: Json
  occurred_at: Generated<Timestamp>
  position: bigint | null
  sub_account_id: string | null
}

export type EventDeliveryTable = {
  id: Generated<string>
  event_id: string
  receiver_id: string
  state: Generated<Agreed<DeliveryState, 'pending' | 'delivered' | 'failed'>>
  created_at: Generated<Timestamp>
  try_after: Generated<Timestamp>
  attempts: Generated<number>
  taken_by: string | null
  decided_at: Timestamp | null
  answer: string | null
  failure: string | null
  subject_id: string | null
  position: bigint | null
  waits: Generated<boolean>
  first_tried_at: Timestamp | null
}

export type EventFeedTable = {
  id: Generated<boolean>
  last_position: Generated<bigint>
  pruned_position: Generated<bigint>
}

export type EventReceiverTable = {
  id: string
  kind: 'webhook' | 'mail'
  account_id: string | null
  address: string
  secret_reference: string | null
  topics: string[] | null
  alarm_kinds: string[] | null
  created_at: Generated<Timestamp>
  disabled_at: Timestamp | null
  description: string | null
  version: Generated<number>
  disabled_reason: Agreed<EndpointDisabledReason, 'requested' | 'gone' | 'failing'> | null
  deleted_at: Timestamp | null
  secret_salt: Buffer | null
  previous_secret_salt: Buffer | null
  previous_secret_until: Timestamp | null
  secret_key_id: string | null
  previous_secret_key_id: string | null
}

export type FeeAnswerTable = {
  id: string
  listing_id: string
  registry_account_id: string
  cltrid: string
  svtrid: string | null
  asked_at: Timestamp
  answered_at: Timestamp | null
  code: number | null
  verdict: Agreed<FeeVerdictWord, 'standard' | 'premium' | 'unknown'>
  fee_minor: bigint | null
  currency: string | null
  fee_class: string | null
  finding: string | null
  changed: boolean
}

export type FeeCheckTable = {
  listing_id: string
  registry_id: string
  try_after: Timestamp
  attempts: Generated<number>
}

export type FinanceTaskTable = {
  id: string
  kind: Agreed<FinanceTaskKind, 'refund_failed' | 'refund_stuck' | 'payment_unexpected' | 'dispute_unexpected'>
  subject_id: string
  detail: string
  opened_at: Timestamp
  closed_at: Timestamp | null
  closed_by: string | null
  note: string | null
}

export type GoodwillCreditTable = {
  id: string
  account_id: string
  amount_minor: bigint
  currency: string
  reason: string
  proposal_id: string
  credited_at: Timestamp
}

export type IdempotencyKeyTable = {
  account_id: string
  key: string
  item: number
  content_sha256: Buffer
  status: number
  location: string | null
  body: string
  created_at: Generated<Timestamp>
}

export type InvoiceTable = {
  id: string
  kind: 'invoice' | 'credit_note'
  mode: 'live' | 'test'
  year: number
  sequence: number
  number: string
  issued_at: Timestamp
  account_id: string
  backorder_id: string | null
  renewal_id: string | null
  credits_invoice_id: string | null
  refund_id: string | null
  buyer_name: string
  buyer_address: string
  buyer_country: string
  buyer_tax_id: string | null
  buyer_email: string
  seller_name: string
  seller_address: string
  seller_country: string
  seller_tax_id: string | null
  service: 'registration' | 'renewal'
  name: string
  name_unicode: string
  years: number
  service_from: Timestamp
  service_to: Timestamp
  currency: string
  gross_minor: bigint
  net_minor: bigint
  tax_minor: bigint
  tax_basis_points: number
  tax_note: string | null
}

export type InvoiceSeriesTable = {
  kind: 'invoice' | 'credit_note'
  mode: 'live' | 'test'
  year: number
  prefix: string
  last_sequence: Generated<number>
}

export type LapseNoticeTable = {
  backorder_id: string
  notified_at: Timestamp
}

export type ListSourceTable = {
  id: string
  registry_id: string
  address: string
  format: string | null
  scope_kind: ('snapshot' | 'increment') | null
  time_zone: Generated<string>
  expected_by: string | null
  late_allowance_seconds: Generated<number>
  late_after_seconds: Generated<number | null>
  credentials: string | null
  precedence: Generated<number>
  enabled: Generated<boolean>
  poll_seconds: number | null
  suspected_percent_max: number | null
  moved_percent_max: number | null
  rows_percent_min: number | null
  created_at: Generated<Timestamp>
  configured_at: Timestamp | null
  list_at: Generated<Timestamp>
  good_at: Timestamp | null
  tried_at: Timestamp | null
  next_try_at: Generated<Timestamp>
  failures: Generated<number>
  failure_code: Agreed<SourceFailure, 'unreachable' | 'timed_out' | 'http_status' | 'redirect_refused' | 'credentials_unknown' | 'path_not_readable' | 'too_large' | 'not_a_list' | 'not_text' | 'archive_not_readable' | 'interrupted' | 'not_staged'> | null
  failure: string | null
  requested: ('list' | 'dry_run') | null
  claimed_by: string | null
  claimed_until: Timestamp | null
  etag: string | null
  last_modified: string | null
  content_sha256: Buffer | null
  version: Generated<number>
}

export type ListingTable = {
  id: string
  name: string
  zone: string
  cycle: Generated<number>
  state: Agreed<ListingState, 'upcoming' | 'open' | 'closed' | 'dropping' | 'caught' | 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused' | 'unsold'>
  tier: Generated<string>
  premium: Generated<boolean>
  reserved: Generated<boolean>
  suspect: Generated<boolean>
  opens_at: Timestamp
  cutoff_at: Timestamp
  drop_from: Timestamp
  drop_to: Timestamp
  holder: string | null
  sync_run_id: string | null
  created_at: Generated<Timestamp>
  ended_at: Timestamp | null
  version: Generated<number>
  override_id: string | null
  listed_cutoff_at: Timestamp | null
  listed_drop_from: Timestamp | null
  listed_drop_to: Timestamp | null
  publication_id: string | null
  label: ColumnType<string, never, never>
  label_length: ColumnType<number, never, never>
  label_class: ColumnType<string, never, never>
  label_kinds: ColumnType<string | null, never, never>
  label_repeats: ColumnType<string | null, never, never>
  price_rule_id: string | null
}

export type MemberTable = {
  id: string
  email: string
  name: string
  email_verified: Generated<boolean>
  image: string | null
  created_at: Timestamp
  updated_at: Timestamp
  language: 'en' | 'zh'
  currency: string
  terms_version: string
  terms_accepted_at: Timestamp
  invitation_id: string | null
  account_id: string | null
  role: ('owner' | 'buyer' | 'viewer') | null
  erased_at: Timestamp | null
}

export type MemberCredentialTable = {
  id: string
  member_id: string
  subject: string
  provider: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Timestamp | null
  refresh_token_expires_at: Timestamp | null
  scope: string | null
  created_at: Timestamp
  updated_at: Timestamp
}

export type MemberInvitationTable = {
  id: string
  account_id: string
  email: string
  role: 'owner' | 'buyer' | 'viewer'
  invited_by: string
  created_at: Timestamp
  expires_at: Timestamp
}

export type MemberMailTable = {
  id: string
  member_id: string
  state: Agreed<MemberMailState, 'gathering' | 'sending' | 'sent' | 'refused' | 'given_up' | 'dropped'>
  created_at: Generated<Timestamp>
  due_at: Timestamp
  closed_at: Timestamp | null
  attempts: Generated<number>
  taken_by: string | null
  decided_at: Timestamp | null
  kinds: string[]
  answer: string | null
  unsubscribe_key: Buffer
}

export type MemberMailBounceTable = {
  member_id: string
  email: string
  at: Generated<Timestamp>
  answer: string | null
}

export type MemberMailEventTable = {
  member_id: string
  event_id: string
  mail_id: string
}

export type MemberMailFeedTable = {
  id: Generated<boolean>
  planned_position: bigint
}

export type MemberMailOffTable = {
  member_id: string
  kind: Agreed<MailKind, 'secured' | 'rescheduled' | 'premium' | 'result' | 'refund' | 'invoice' | 'balance' | 'renewal' | 'watch'>
  since: Generated<Timestamp>
}

export type MemberNoticeSeenTable = {
  member_id: string
  notice_id: string
  at: Generated<Timestamp>
}

export type MemberRequestCountTable = {
  id: string
  key: string
  count: number
  last_request: bigint
}

export type MemberSessionTable = {
  id: string
  token: string
  member_id: string
  expires_at: Timestamp
  created_at: Timestamp
  updated_at: Timestamp
  ip_address: string | null
  user_agent: string | null
}

export type MemberVerificationTable = {
  id: string
  identifier: string
  value: string
  expires_at: Timestamp
  created_at: Timestamp
  updated_at: Timestamp
}

export type ObservedDropTable = {
  listing_id: string
  kind: Agreed<ObservedKind, 'create' | 'creation_date' | 'flip' | 'list'>
  zone: string
  day: string
  expected_from: Timestamp
  expected_to: Timestamp
  at_from: Timestamp | null
  at_to: Timestamp
  in_batch: boolean
  evidence: string
  recorded_at: Timestamp
}

export type ObservedListNameTable = {
  run_id: string
  name: string
  zone: string
  day: string
}

export type OrderStatisticTable = {
  day: string
  zone: string
  release: Agreed<Release, 'daily_batch' | 'exact_instant' | 'random_in_window' | 'open_window' | 'applications'>
  currency: string
  price_band: number
  outcome: Agreed<Outcome, 'registered' | 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'>
  orders: bigint
  creates: bigint
  wasted_creates: bigint
  lost_by_10ms: bigint
  lost_by_100ms: bigint
  lost_by_1s: bigint
  lost_by_10s: bigint
  lost_by_more: bigint
  lost_by_unknown: bigint
}

export type OutboxTable = {
  id: string
  topic: string
  account_id: string | null
  subject_id: string
  payload: Json
  created_at: Generated<Timestamp>
  delivered_at: Timestamp | null
}

export type PasswordChangeTable = {
  id: string
  registry_account_id: string
  to_name: string
  state: Agreed<PasswordChangeState, 'requested' | 'sent' | 'succeeded' | 'failed' | 'canceled'>
  requested_at: Timestamp
  requested_by: string
  attempts: Generated<number>
  decided_at: Timestamp | null
  answer_code: number | null
  message: string | null
}

export type PastZonePolicyTable = {
  zone: string
  replaced_at: Timestamp
  drop_time_zone: string
  drop_starts_at: string
  drop_also_at: string[]
  drop_lasts_seconds: number
  early_seconds: number
  late_seconds: number
  cutoff_lead_seconds: number
}

export type PaymentTable = {
  id: string
  account_id: string
  backorder_id: string | null
  method: 'balance' | 'card'
  state: Agreed<PaymentState, 'requires_action' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'disputed' | 'charged_back'>
  amount_minor: bigint
  captured_minor: Generated<bigint>
  currency: string
  secures: Generated<boolean>
  created_at: Timestamp
  purpose: Generated<'backorder' | 'top_up' | 'renewal'>
  listing_id: string | null
  provider: string | null
  provider_id: string | null
  pay_by: Timestamp | null
  poll_after: Timestamp | null
  polls: Generated<number>
  renewal_id: string | null
  sub_account_id: string | null
  return_url: string | null
}

export type PayoutTable = {
  id: string
  provider: string
  provider_payout_id: string
  state: Agreed<PayoutState, 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'>
  amount_minor: bigint
  currency: string
  made_at: Timestamp
  arrives_at: Timestamp
  is_itemised: boolean
  itemised_at: Timestamp | null
  bank_reference: string | null
  bank_date: string | null
  matched_by: string | null
  matched_at: Timestamp | null
  version: Generated<number>
}

export type PendingChangeTable = {
  run_id: string
  listing_id: string
  kind: 'carried' | 'absent'
}

export type PendingContactNoticeTable = {
  backorder_id: string
  contact_id: string
  notified_at: Timestamp
}

export type PendingTermsTable = {
  listing_id: string
}

export type PostingTable = {
  cause: 'top_up' | 'top_up_reversed' | 'receipt' | 'secure' | 'settle' | 'refund' | 'refund_paid' | 'refund_returned' | 'refund_expired' | 'dispute' | 'dispute_won' | 'goodwill' | 'provider_fee' | 'payout' | 'exchange_out' | 'exchange_in'
  cause_id: string
  line: number
  ledger_account: 'customer_balance' | 'escrow' | 'revenue' | 'refunds_payable' | 'provider_clearing' | 'unapplied_receipts' | 'bank_clearing' | 'goodwill' | 'provider_fees' | 'currency_exchange'
  account_id: string | null
  backorder_id: string | null
  amount_minor: bigint
  currency: string
  posted_at: Generated<Timestamp>
  payment_id: string | null
  renewal_id: string | null
  bank_transfer_id: string | null
}

export type PriceAmountTable = {
  id: string
  rule_id: string
  currency: string
  amount_minor: bigint | null
  list_id: string | null
  starts_at: Timestamp
  started_at: Timestamp | null
  ended_at: Timestamp | null
}

export type PriceListTable = {
  id: string
  title: string
  reason: string
  made_by: string
  made_at: Timestamp
}

export type PriceRuleTable = {
  id: string
  zone: string | null
  kind: Agreed<PriceKind, 'name' | 'pattern' | 'length' | 'tier'>
  match: string
  label_like: string | null
  label_kinds: string[] | null
  label_repeats: string[] | null
  label_classes: string[] | null
  length_min: number | null
  length_max: number | null
  weight: Generated<number>
  in_force_since: Timestamp | null
}

export type ProposalTable = {
  id: string
  kind: Agreed<ProposalKind, 'target_outcome' | 'bank_transfer' | 'credit_limit' | 'withdrawal' | 'registry_stop' | 'month_close' | 'goodwill_credit'>
  subject: string
  terms: Json
  reason: string
  state: Agreed<ProposalState, 'proposed' | 'approved' | 'rejected' | 'expired'>
  proposed_by: string
  proposed_at: Timestamp
  expires_at: Timestamp
  decided_by: string | null
  decided_at: Timestamp | null
  note: string | null
}

export type ProviderBookingTable = {
  id: string
  provider: string
  movement_id: string
  kind: Agreed<BookingKind, 'provider_fee' | 'payout' | 'exchange_out' | 'exchange_in'>
  amount_minor: bigint
  currency: string
  booked_at: Timestamp
}

export type ProviderEventTable = {
  provider: string
  event_id: string
  about: 'payment' | 'refund' | 'dispute' | 'other'
  object_id: string
  received_at: Timestamp
  handled_at: Timestamp | null
  try_after: Timestamp
  attempts: Generated<number>
  failure: string | null
}

export type ProviderMovementTable = {
  provider: string
  movement_id: string
  kind: Agreed<MovementKind, 'payment' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal' | 'fee' | 'payout' | 'other'>
  object_id: string | null
  amount_minor: bigint | null
  currency: string | null
  settled_minor: bigint
  settled_currency: string
  fee_minor: bigint
  fee_currency: string
  moved_at: Timestamp
  told_first: string
  told_last: string
  first_told_at: Timestamp
  last_told_at: Timestamp
  last_told_run: string
  gone_at: Timestamp | null
  payout_id: string | null
  booked_at: Timestamp | null
}

export type ProviderTaskTable = {
  id: string
  kind: 'create_intent' | 'cancel_intent'
  payment_id: string
  created_at: Timestamp
  try_after: Timestamp
  attempts: Generated<number>
  done_at: Timestamp | null
  failure: string | null
}

export type RdapHostTable = {
  host: string
  request_id: string | null
  free_at: Timestamp
}

export type ReceiverQueueTable = {
  receiver_id: string
  due_at: Timestamp | null
  failures: Generated<number>
  failing_since: Timestamp | null
  not_before: Timestamp | null
  delivered_at: Timestamp | null
  recover_since: Timestamp | null
  recover_position: bigint | null
}

export type ReconciliationBalanceTable = {
  run_id: string
  currency: string
  held_minor: bigint
  clearing_minor: bigint
  pending_minor: bigint
}

export type ReconciliationItemTable = {
  id: string
  side: Agreed<FindingSide, 'provider' | 'registry' | 'ledger'>
  source: string
  kind: Agreed<FindingKind, 'missing_there' | 'unknown_here' | 'doubled' | 'altered' | 'unreadable' | 'sum_differs' | 'broken'>
  subject: string
  our_type: string | null
  our_id: string | null
  their_ids: string[]
  ours_minor: bigint | null
  ours_currency: string | null
  theirs_minor: bigint | null
  theirs_currency: string | null
  detail: string
  first_seen_at: Timestamp
  last_seen_at: Timestamp
  last_seen_run: string
  closed_at: Timestamp | null
  closed_by: string | null
  note: string | null
}

export type ReconciliationRequestTable = {
  id: string
  reason: string
  requested_by: string
  requested_at: Timestamp
  run_id: string | null
}

export type ReconciliationRunTable = {
  id: string
  cause: 'daily' | 'command' | 'request'
  service_day: string | null
  started_at: Timestamp
  expires_at: Timestamp
  finished_at: Timestamp | null
  failure: string | null
  provider: string | null
  provider_from: Timestamp | null
  provider_to: Timestamp | null
  movements: Generated<number>
  entries: Generated<number>
  findings: Generated<number>
  unmatched: Generated<number>
  step: Agreed<RunStep, 'movements' | 'payouts' | 'matching' | 'reports' | 'books'> | null
}

export type RefundTable = {
  id: string
  payment_id: string
  cause: Agreed<RefundCause, 'backorder_failed' | 'late_payment' | 'duplicate_payment' | 'renewal_failed' | 'manual'>
  state: Agreed<RefundState, 'proposed' | 'approved' | 'processing' | 'succeeded' | 'failed' | 'rejected' | 'expired'>
  destination: Agreed<RefundDestination, 'balance' | 'original_payment'>
  amount_minor: bigint
  currency: string
  retries_refund_id: string | null
  created_at: Timestamp
  decided_at: Timestamp | null
  reason_code: Agreed<RefundReason, 'goodwill' | 'service_fault' | 'wrong_charge' | 'legal' | 'other'> | null
  note: string | null
  proposed_by: string | null
  decided_by: string | null
  decision_note: string | null
  by_rule: Generated<boolean>
  alone_limit_minor: bigint | null
  expires_at: Timestamp | null
  approved_sha256: Buffer | null
  provider_refund_id: string | null
  try_after: Timestamp | null
  attempts: Generated<number>
  failure: string | null
  notify: Generated<boolean>
  name: string | null
}

export type RefundLimitTable = {
  currency: string
  alone_minor: bigint
  grant_alone_minor: Generated<bigint>
}

export type RefusedContactNoticeTable = {
  backorder_id: string
  contact_id: string
  notified_at: Timestamp
}

export type RegistrationTable = {
  id: string
  backorder_id: string
  account_id: string
  registry_account_id: string
  name: string
  cr_date: Timestamp
  expires_at: Timestamp
  confirmed_at: Timestamp | null
  statuses: string[] | null
  rgp_statuses: string[] | null
  name_servers: Json | null
  contacts: Json | null
  confirm_after: Generated<Timestamp | null>
  ended_at: Timestamp | null
  end_reason: Agreed<RegistrationEnd, 'not_held' | 'deleted'> | null
  notice_expires_at: Timestamp | null
  notice_days: number | null
  auto_renewed_until: Timestamp | null
  renewable_until: Timestamp | null
  deletion_requested_at: Timestamp | null
}

export type RegistrationRequestTable = {
  id: string
  registration_id: string
  account_id: string
  kind: Agreed<RegistrationRequestKind, 'name_servers' | 'contacts' | 'auth_code'>
  wanted: Json | null
  state: Agreed<RegistrationRequestState, 'queued' | 'processing' | 'succeeded' | 'failed'>
  failure_reason: Agreed<RegistrationRequestFailure, 'refused' | 'not_held' | 'unavailable'> | null
  answer_code: number | null
  answer_message: string | null
  created_at: Timestamp
  decided_at: Timestamp | null
}

export type RegistryTable = {
  id: string
  profile: Agreed<RegistryProfileId, 'generic' | 'verisign-like' | 'co-like' | 'nz-like' | 'fr-like' | 'uk-like' | 'no-like' | 'ee-like' | 'nl-like' | 'dropzone-like' | 'nomulus-like' | 'strict-like'>
  created_at: Generated<Timestamp>
  suspected_percent_max: Generated<number>
  moved_percent_max: Generated<number>
  rows_percent_min: Generated<number>
  publications: Generated<bigint>
  rejects_percent_max: Generated<number>
  confirm_by: Generated<string[]>
  rdap_per_minute_max: Generated<number>
  version: Generated<number>
}

export type RegistryAccountTable = {
  id: string
  registry_id: string
  clid: string
  host: string | null
  port: number | null
  is_simulator: Generated<boolean>
  sessions_max: number | null
  commands_per_second_max: number | null
  name_gap_ms: number | null
  failed_creates_per_day_max: number | null
  idle_seconds_max: number | null
  lease_owner: string | null
  lease_epoch: Generated<bigint>
  lease_expires_at: Timestamp | null
  commands_per_minute_max: number | null
  session_life_seconds_max: number | null
  session_commands_max: number | null
  session_gap_ms: number | null
  login_pause_ms: number | null
  error_pause_ms: number | null
  checks_count_as_failed: boolean | null
  transit_ms_max: number | null
  commands_in_flight_max: number | null
  source_address: string | null
  client_certificate: string | null
  driven_epoch: bigint | null
  driven_until: Timestamp | null
  password_expires_at: Timestamp | null
  password_name: string | null
  failures_reserved: number | null
  failures_reserved_at: Timestamp | null
}

export type RegistryAccountStatusTable = {
  registry_account_id: string
  lease_epoch: bigint
  lease_owner: string
  leased_at: Timestamp
  phase: 'connecting' | 'driven' | 'released'
  problems: string[]
  sessions_open: number | null
  sessions_allowed: number | null
  drop_sessions_open: number | null
  drop_sessions_allowed: number | null
  login_at: Timestamp | null
  login_refused_at: Timestamp | null
  login_refused_code: number | null
  commands_in_second: number
  commands_in_minute: number
  commands_per_second_max: number | null
  commands_per_minute_max: number | null
  creates_used: number | null
  creates_allowed: number | null
  creates_free_at: Timestamp | null
  clock_offset_ms: number | null
  clock_error_ms: number | null
  clock_measured_at: Timestamp | null
  armed: number
  prepared: number
  firing: number
  ambiguous: number
  reported_at: Timestamp
  settings_version: number | null
}

export type RegistryChargeTable = {
  id: string
  registry_account_id: string
  kind: 'registration' | 'renewal' | 'restore' | 'auto_renewal' | 'auto_renewal_credit'
  name: string
  years: number
  amount_minor: bigint
  currency: string
  charged_at: Timestamp
  cltrid: string | null
  svtrid: string | null
  backorder_id: string | null
  renewal_id: string | null
  basis: Generated<'answered' | 'configured'>
  registration_id: string | null
}

export type RegistryContactTable = {
  contact_id: string
  registry_account_id: string
  handle: string
  state: Agreed<RegistryContactState, 'pending' | 'created' | 'failed'>
  answer_code: number | null
  answer_message: string | null
  decided_at: Timestamp | null
}

export type RegistryEntryTable = {
  id: string
  registry_account_id: string
  run_id: string
  line: number
  at: Timestamp
  operation: string
  name: string
  years: number
  amount_minor: bigint
  currency: string
  svtrid: string | null
}

export type RegistryHostTable = {
  registry_account_id: string
  phase: 'everyday' | 'drop'
  position: number
  host: string
  port: number
  server_name: string | null
}

export type RegistryMaintenanceTable = {
  id: string
  registry_id: string
  starts_at: Timestamp
  ends_at: Timestamp
  note: string
  external_id: string | null
  noted_at: Timestamp
  noted_by: string
  canceled_at: Timestamp | null
}

export type RegistryMessageTable = {
  registry_account_id: string
  message_id: string
  queued_at: Timestamp | null
  received_at: Timestamp
  text: string
  about: string | null
  evidence: string
  kind: Generated<Agreed<MessageKind, 'application' | 'transfer' | 'change' | 'maintenance' | 'balance_low' | 'password' | 'other'>>
  notice: Json | null
}

export type RegistryRequestTable = {
  id: string
  registry_account_id: string
  kind: 'renew' | 'contact_create' | 'info' | 'registration_change' | 'auth_code_unset' | 'delete'
  renewal_id: string | null
  state: Agreed<RegistryRequestState, 'waiting' | 'sent' | 'done'>
  created_at: Timestamp
  try_after: Timestamp
  attempts: Generated<number>
  cltrid: string | null
  svtrid: string | null
  answer_code: number | null
  done_at: Timestamp | null
  contact_id: string | null
  listing_id: string | null
  held: Generated<boolean>
  registration_request_id: string | null
  registration_id: string | null
}

export type RegistryStopTable = {
  id: string
  registry_id: string
  reason: string
  stopped_at: Timestamp
  stopped_by: string
  proposal_id: string | null
  ended_at: Timestamp | null
  ended_by: string | null
  end_reason: string | null
}

export type ReleaseOrderTable = {
  listing_id: string
  updated_at: Timestamp | null
  roid: string | null
  asked_at: Timestamp
}

export type RenewalTable = {
  id: string
  registration_id: string
  account_id: string
  years: number
  price_minor: bigint
  currency: string
  quoted_expires_at: Timestamp
  state: Agreed<RenewalState, 'pending_payment' | 'paid' | 'renewing' | 'successful' | 'failed' | 'expired'>
  failure_reason: Agreed<RenewalFailure, 'refused' | 'not_held' | 'expiry_moved' | 'unavailable'> | null
  created_at: Timestamp
  pay_by: Timestamp | null
  paid_at: Timestamp | null
  decided_at: Timestamp | null
  new_expires_at: Timestamp | null
}

export type RenewalPriceTable = {
  zone: string
  currency: string
  per_year_minor: bigint
}

export type RequestBudgetTable = {
  account_id: string
  bucket: 'reads' | 'claims'
  window_at: Timestamp
  quota: number
  taken: number
  granted: number
}

export type ReservedListTable = {
  id: string
  name: string
  reason: string
  made_by: string
  made_at: Timestamp
}

export type ReservedWordTable = {
  id: string
  list_name: string
  zone: string | null
  kind: Agreed<ReservedKind, 'label' | 'contains'>
  word: string
  reason: string
  added_by: string
  added_at: Timestamp
  ended_by: string | null
  ended_at: Timestamp | null
}

export type SandboxDropTable = {
  id: string
  account_id: string
  zone: string
  labels: string[]
  time_scale: number
  created_at: Generated<Timestamp>
  drops_at: Timestamp
  attend_at: Generated<Timestamp>
  loaded_at: Timestamp | null
  listed_at: Timestamp | null
  ended_at: Timestamp | null
}

export type ScheduleChangeTable = {
  id: string
  kind: Agreed<ScheduleChangeKind, 'window' | 'shift' | 'cutoff_lead' | 'skip_day' | 'drop_moved' | 'policy' | 'drift'>
  drop_from: Timestamp | null
  drop_to: Timestamp | null
  cutoff_at: Timestamp | null
  shift_seconds: number | null
  cutoff_lead_seconds: number | null
  filter: Json
  preview: Json
  state: Agreed<ScheduleChangeState, 'draft' | 'applying' | 'stopped' | 'applied' | 'undoing' | 'undone'>
  reason: string | null
  made_by: string | null
  made_by_name: string
  made_at: Timestamp
  applied_at: Timestamp | null
  finished_at: Timestamp | null
  reached: string | null
  undo_reason: string | null
  undone_by: string | null
  undone_by_name: string | null
  undone_at: Timestamp | null
  from_shift_seconds: number | null
  to_shift_seconds: number | null
}

export type ScheduleChangeListingTable = {
  change_id: string
  listing_id: string
  version: number
  state: string
  holder: 'none' | 'unpaid' | 'secured'
  target: string | null
  cutoff_at: Timestamp
  drop_from: Timestamp
  drop_to: Timestamp
  effect: Agreed<ChangeEffect, 'moves' | 'reopens' | 'closes' | 'stops' | 'unchanged' | 'not_movable'>
  result: ('applied' | 'unchanged' | 'skipped') | null
  skipped_for: string | null
  changed: string[] | null
  override_id: string | null
  cutoff_after: Timestamp | null
  drop_from_after: Timestamp | null
  drop_to_after: Timestamp | null
  undo_result: ('undone' | 'skipped') | null
  undo_skipped_for: string | null
}

export type ScheduleOverrideTable = {
  id: string
  listing_id: string
  cutoff_at: Timestamp
  drop_from: Timestamp
  drop_to: Timestamp
  cutoff_before: Timestamp
  drop_from_before: Timestamp
  drop_to_before: Timestamp
  reason: string
  applied_by: string | null
  applied_at: Timestamp
  replaced_at: Timestamp | null
  undone_by: string | null
  undone_at: Timestamp | null
  undo_reason: string | null
  cutoff_returned_to: Timestamp | null
  drop_from_returned_to: Timestamp | null
  drop_to_returned_to: Timestamp | null
  change_id: string | null
  undone_by_name: string | null
}

export type SellerTable = {
  is_the_only_one: Generated<boolean>
  mode: 'live' | 'test'
  legal_name: string
  address: string
  country: string
  tax_id: string | null
  tax_basis_points: Generated<number>
  tax_note: string | null
  updated_at: Timestamp
  reverse_charge: Generated<boolean>
}

export type SignInCountTable = {
  scope: Agreed<SignInScope, 'source' | 'address'>
  subject: string
  failures: number
  paused_until: Timestamp | null
  counted_at: Timestamp
}

export type StaffAccountTable = {
  id: string
  email: string
  name: string
  roles: string[]
  password_hash: string | null
  failed_sign_ins: Generated<number>
  locked_until: Timestamp | null
  disabled_at: Timestamp | null
  created_at: Generated<Timestamp>
  version: Generated<number>
  signed_in_at: Timestamp | null
  identity_issuer: string | null
  identity_subject: string | null
}

export type StaffChallengeTable = {
  token_sha256: Buffer
  staff_id: string
  created_at: Timestamp
  expires_at: Timestamp
}

export type StaffDeviceTable = {
  id: string
  staff_id: string
  token_sha256: Buffer
  failures: Generated<number>
  created_at: Timestamp
  used_at: Timestamp
  expires_at: Timestamp
  user_agent: Generated<string>
}

export type StaffLinkTable = {
  staff_id: string
  token_sha256: Buffer
  created_at: Timestamp
  expires_at: Timestamp
}

export type StaffRecoveryCodeTable = {
  staff_id: string
  code_sha256: Buffer
  created_at: Timestamp
  used_at: Timestamp | null
}

export type StaffSessionTable = {
  id: string
  staff_id: string
  token_sha256: Buffer
  csrf_sha256: Buffer
  created_at: Timestamp
  seen_at: Timestamp
  idle_expires_at: Timestamp
  expires_at: Timestamp
  ended_at: Timestamp | null
  proven_at: Generated<Timestamp>
  second_factor: Generated<boolean>
  source: Generated<string>
  user_agent: Generated<string>
}

export type StaffTotpTable = {
  id: string
  staff_id: string
  secret: Buffer
  key_id: string
  created_at: Timestamp
  confirmed_at: Timestamp | null
  used_step: bigint | null
}

export type SubAccountTable = {
  id: string
  account_id: string
  label: string
  monthly_limit_minor: bigint | null
  created_at: Generated<Timestamp>
  version: Generated<number>
}

export type SubAccountSpendTable = {
  sub_account_id: string
  month: string
  spent_minor: bigint
}

export type SyncChangeTable = {
  run_id: string
  name: string
  kind: 'added' | 'moved' | 'suspected' | 'overridden' | 'too_late' | 'blocked'
  zone: string
  listing_id: string | null
  cutoff_before: Timestamp | null
  drop_from_before: Timestamp | null
  drop_to_before: Timestamp | null
  cutoff_after: Timestamp | null
  drop_from_after: Timestamp | null
  drop_to_after: Timestamp | null
}

export type SyncRejectTable = {
  run_id: string
  line: number
  raw: string
  reason: string
}

export type SyncRowTable = {
  run_id: string
  line: number
  listing_id: string
  name: string
  zone: string
  drop_from: Timestamp
  drop_to: Timestamp
  cutoff_at: Timestamp
}

export type SyncRunTable = {
  id: string
  registry_id: string
  source: string
  format: string
  content_sha256: Buffer
  scope_kind: 'snapshot' | 'increment'
  scope_zones: string[]
  scope_from: string | null
  scope_to: string | null
  state: Agreed<SyncRunState, 'queued' | 'running' | 'ready' | 'quarantined' | 'publishing' | 'published' | 'discarded' | 'failed'>
  rows_read: Generated<number>
  rows_rejected: Generated<number>
  listings_added: number | null
  listings_moved: number | null
  listings_suspected: number | null
  listings_unchanged: number | null
  listings_too_late: number | null
  failure: string | null
  created_at: Generated<Timestamp>
  published_at: Timestamp | null
  uploaded_by: string | null
  truncated: Generated<boolean>
  listings_overridden: number | null
  quarantine_reasons: Generated<string[]>
  decided_by: string | null
  decision_reason: string | null
  decided_at: Timestamp | null
  declared_drop_date: string | null
  declared_scope_kind: ('snapshot' | 'increment') | null
  rejects_by_reason: Generated<Json>
  superseded_at: Timestamp | null
  alive_at: Generated<Timestamp>
  source_id: string | null
  purpose: Generated<'listing' | 'observed'>
  dry_run: Generated<boolean>
  precedence: Generated<number>
  failure_code: Agreed<SourceFailure, 'unreachable' | 'timed_out' | 'http_status' | 'redirect_refused' | 'credentials_unknown' | 'path_not_readable' | 'too_large' | 'not_a_list' | 'not_text' | 'archive_not_readable' | 'interrupted' | 'not_staged'> | null
  excerpt: string | null
  tries: Generated<number>
  last_tried_at: Timestamp | null
  octets_read: Generated<bigint>
  octets_total: bigint | null
  listed_at: Timestamp | null
  opens_at: Timestamp | null
  opened_at: Timestamp | null
  publisher: string | null
  released_at: Timestamp | null
  compared_at: Timestamp | null
  added_up_to: Generated<string>
  rows_by_zone: Generated<Json>
  listings_blocked: number | null
  fee_checks_up_to: Generated<string>
  fee_checks_filed_at: Timestamp | null
}

export type TargetTryTable = {
  target_id: string
  registry_account_id: string
  arming: number
  state: Agreed<TargetTryState, 'firing' | 'ambiguous' | 'awaiting_award' | 'ended'>
  changed_at: Timestamp
  outcome: Agreed<FailureReason, 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'> | null
  basis: Agreed<OutcomeBasis, 'create' | 'info' | 'fee_check' | 'rdap' | 'presumed'> | null
  code: number | null
  cltrid: string | null
  holder_clid: string | null
  holder_created_at: Timestamp | null
  awarded: boolean | null
  asked_again_at: Timestamp | null
}

export type VisitorAccountTable = {
  currency: string
  account_id: string
}

export type WatchTable = {
  account_id: string
  name: string
  created_at: Generated<Timestamp>
  id: Generated<string>
  near_cutoff_at: Timestamp | null
}

export type WithdrawalTable = {
  listing_id: string
  at: Timestamp
  answer_id: string | null
  reason: string | null
  proposal_id: string | null
}

export type WorkerHeartbeatTable = {
  id: Generated<string>
  at: Timestamp
}

export type ZoneTable = {
  name: string
  registry_id: string
  enabled: Generated<boolean>
  standard_fee_minor: bigint
  phase_fee_minor: Generated<bigint>
  fee_currency: string
  cutoff_lead_seconds: Generated<number>
  drop_time_zone: Generated<string>
  drop_starts_at: Generated<string>
  drop_lasts_seconds: Generated<number>
  early_seconds: Generated<number>
  late_seconds: Generated<number>
  grace_seconds: Generated<number>
  renew_fee_minor: bigint
  may_have_premium: Generated<boolean>
  rdap_url: string | null
  contact_roles: Generated<string[]>
  release: Generated<Agreed<Release, 'daily_batch' | 'exact_instant' | 'random_in_window' | 'open_window' | 'applications'>>
  drop_also_at: Generated<string[]>
  grace_full_seconds: Generated<number>
  grace_probe_seconds: Generated<number>
  grace_share_percent: Generated<number>
  rdap_host: ColumnType<string | null, never, never>
  drift_earlier_seconds_max: Generated<number>
  drift_later_seconds_max: Generated<number>
  late_renewal_days: Generated<number>
  auto_renew_grace_days: Generated<number>
  is_sandbox: Generated<boolean>
  sandbox_account_id: string | null
  policy_version: Generated<number>
}

export type Database = {
  account: AccountTable
  account_contact: AccountContactTable
  account_notice: AccountNoticeTable
  alarm: AlarmTable
  alone_grant: AloneGrantTable
  api_key: ApiKeyTable
  attempt_removal: AttemptRemovalTable
  audit_chain: AuditChainTable
  audit_entry: AuditEntryTable
  auth_code: AuthCodeTable
  backorder: BackorderTable
  bank_transfer: BankTransferTable
  batch_drift: BatchDriftTable
  billing_profile: BillingProfileTable
  blocked_name: BlockedNameTable
  bulk_order: BulkOrderTable
  bulk_order_item: BulkOrderItemTable
  catch_attempt: CatchAttemptTable
  catch_target: CatchTargetTable
  change_notice: ChangeNoticeTable
  closed_balance: ClosedBalanceTable
  closed_month: ClosedMonthTable
  closed_month_item: ClosedMonthItemTable
  confirmation: ConfirmationTable
  confirmation_answer: ConfirmationAnswerTable
  connection_test: ConnectionTestTable
  contact: ContactTable
  default_contact: DefaultContactTable
  delivery_attempt: DeliveryAttemptTable
  dispute: DisputeTable
  dispute_evidence: DisputeEvidenceTable
  drop_list: DropListTable
  drop_list_part: DropListPartTable
  drop_list_window: DropListWindowTable
  drop_list_zone: DropListZoneTable
  event: EventTable
  event_delivery: EventDeliveryTable
  event_feed: EventFeedTable
  event_receiver: EventReceiverTable
  fee_answer: FeeAnswerTable
  fee_check: FeeCheckTable
  finance_task: FinanceTaskTable
  goodwill_credit: GoodwillCreditTable
  idempotency_key: IdempotencyKeyTable
  invoice: InvoiceTable
  invoice_series: InvoiceSeriesTable
  lapse_notice: LapseNoticeTable
  list_source: ListSourceTable
  listing: ListingTable
  member: MemberTable
  member_credential: MemberCredentialTable
  member_invitation: MemberInvitationTable
  member_mail: MemberMailTable
  member_mail_bounce: MemberMailBounceTable
  member_mail_event: MemberMailEventTable
  member_mail_feed: MemberMailFeedTable
  member_mail_off: MemberMailOffTable
  member_notice_seen: MemberNoticeSeenTable
  member_request_count: MemberRequestCountTable
  member_session: MemberSessionTable
  member_verification: MemberVerificationTable
  observed_drop: ObservedDropTable
  observed_list_name: ObservedListNameTable
  order_statistic: OrderStatisticTable
  outbox: OutboxTable
  password_change: PasswordChangeTable
  past_zone_policy: PastZonePolicyTable
  payment: PaymentTable
  payout: PayoutTable
  pending_change: PendingChangeTable
  pending_contact_notice: PendingContactNoticeTable
  pending_terms: PendingTermsTable
  posting: PostingTable
  price_amount: PriceAmountTable
  price_list: PriceListTable
  price_rule: PriceRuleTable
  proposal: ProposalTable
  provider_booking: ProviderBookingTable
  provider_event: ProviderEventTable
  provider_movement: ProviderMovementTable
  provider_task: ProviderTaskTable
  rdap_host: RdapHostTable
  receiver_queue: ReceiverQueueTable
  reconciliation_balance: ReconciliationBalanceTable
  reconciliation_item: ReconciliationItemTable
  reconciliation_request: ReconciliationRequestTable
  reconciliation_run: ReconciliationRunTable
  refund: RefundTable
  refund_limit: RefundLimitTable
  refused_contact_notice: RefusedContactNoticeTable
  registration: RegistrationTable
  registration_request: RegistrationRequestTable
  registry: RegistryTable
  registry_account: RegistryAccountTable
  registry_account_status: RegistryAccountStatusTable
  registry_charge: RegistryChargeTable
  registry_contact: RegistryContactTable
  registry_entry: RegistryEntryTable
  registry_host: RegistryHostTable
  registry_maintenance: RegistryMaintenanceTable
  registry_message: RegistryMessageTable
  registry_request: RegistryRequestTable
  registry_stop: RegistryStopTable
  release_order: ReleaseOrderTable
  renewal: RenewalTable
  renewal_price: RenewalPriceTable
  request_budget: RequestBudgetTable
  reserved_list: ReservedListTable
  reserved_word: ReservedWordTable
  sandbox_drop: SandboxDropTable
  schedule_change: ScheduleChangeTable
  schedule_change_listing: ScheduleChangeListingTable
  schedule_override: ScheduleOverrideTable
  seller: SellerTable
  sign_in_count: SignInCountTable
  staff_account: StaffAccountTable
  staff_challenge: StaffChallengeTable
  staff_device: StaffDeviceTable
  staff_link: StaffLinkTable
  staff_recovery_code: StaffRecoveryCodeTable
  staff_session: StaffSessionTable
  staff_totp: StaffTotpTable
  sub_account: SubAccountTable
  sub_account_spend: SubAccountSpendTable
  sync_change: SyncChangeTable
  sync_reject: SyncRejectTable
  sync_row: SyncRowTable
  sync_run: SyncRunTable
  target_try: TargetTryTable
  visitor_account: VisitorAccountTable
  watch: WatchTable
  withdrawal: WithdrawalTable
  worker_heartbeat: WorkerHeartbeatTable
  zone: ZoneTable
}

/** Every name by which the schema refuses. */
export type ConstraintName =
  | 'a_drop_is_stopped_by_two'
  | 'a_loss_ends_every_try'
  | 'a_loss_is_certain'
  | 'a_lost_name_is_held_by_others'
  | 'a_win_is_newer_than_the_deleted'
  | 'account_contact_account_id_fkey'
  | 'account_contact_pkey'
  | 'account_contact_version_positive'
  | 'account_has_its_sandbox'
  | 'account_notice_account_id_fkey'
  | 'account_notice_pkey'
  | 'account_of_members_has_owner'
  | 'account_phase_known'
  | 'account_pkey'
  | 'account_sessions_are_whole'
  | 'account_version_positive'
  | 'alarm_closed_by_fkey'
  | 'alarm_closed_by_person_says_how'
  | 'alarm_closer_has_time'
  | 'alarm_kind_known'
  | 'alarm_pkey'
  | 'alarm_seen_after_raised'
  | 'all_but_auth_codes_say_what_is_wanted'
  | 'allowed_addresses_are_networks'
  | 'alone_by_rule_within_limit'
  | 'alone_grant_pkey'
  | 'alone_grant_staff_id_fkey'
  | 'an_update_is_of_an_object'
  | 'answer_is_append_only'
  | 'answer_is_never_truncated'
  | 'answer_means_known'
  | 'answer_names_whom_was_asked'
  | 'answer_verdict_known'
  | 'answered_attempt_has_code'
  | 'api_key_account_id_fkey'
  | 'api_key_made_by_fkey'
  | 'api_key_pkey'
  | 'api_key_replaces_fkey'
  | 'api_key_unique'
  | 'api_key_version_positive'
  | 'applied_change_has_a_reason'
  | 'applied_listing_has_schedule'
  | 'attempt_command_known'
  | 'attempt_duration_not_negative'
  | 'attempt_is_append_only'
  | 'attempt_is_never_truncated'
  | 'attempt_number_from_one'
  | 'attempt_outcome_known'
  | 'attempt_removal_pkey'
  | 'attempt_removal_target_id_fkey'
  | 'attempts_max_positive'
  | 'audit_actor_known'
  | 'audit_chain_has_no_fork'
  | 'audit_chain_pkey'
  | 'audit_entry_actor_id_fkey'
  | 'audit_entry_follows_another'
  | 'audit_entry_pkey'
  | 'audit_hash_unique'
  | 'audit_is_append_only'
  | 'audit_is_never_truncated'
  | 'audited_staff_is_named'
  | 'auth_code_is_shown_once'
  | 'auth_code_pkey'
  | 'auth_code_request_id_fkey'
  | 'auth_code_salt_is_long'
  | 'auto_renew_grace_days_in_range'
  | 'auto_renewal_is_later'
  | 'automatic_refund_is_told'
  | 'backorder_account_id_fkey'
  | 'backorder_admin_id_fkey'
  | 'backorder_billing_id_fkey'
  | 'backorder_is_of_its_listing'
  | 'backorder_metadata_is_bounded'
  | 'backorder_of_listing'
  | 'backorder_pkey'
  | 'backorder_price_positive'
  | 'backorder_reclaims_fkey'
  | 'backorder_reference_is_one_line'
  | 'backorder_registrant_id_fkey'
  | 'backorder_state_known'
  | 'backorder_tech_id_fkey'
  | 'balance_follows_postings'
  | 'balance_has_one_currency'
  | 'balance_moves_only_by_posting'
  | 'balance_posting_names_account'
  | 'balance_starts_empty'
  | 'balance_within_credit'
  | 'bank_line_is_named'
  | 'bank_reference_is_plain'
  | 'bank_transfer_account_id_fkey'
  | 'bank_transfer_amount_positive'
  | 'bank_transfer_credited_once'
  | 'bank_transfer_grant_id_fkey'
  | 'bank_transfer_is_in_the_ledger'
  | 'bank_transfer_pkey'
  | 'bank_transfer_proposal_id_fkey'
  | 'bank_transfer_recorded_by_fkey'
  | 'bank_transfer_reversal_decided_by_fkey'
  | 'bank_transfer_reversal_proposed_by_fkey'
  | 'bank_transfer_reversal_unique'
  | 'bank_transfer_state_known'
  | 'bank_transfer_terms_are_final'
  | 'batch_drift_change_id_fkey'
  | 'batch_drift_pkey'
  | 'batch_drift_zone_fkey'
  | 'billing_address_told'
  | 'billing_country_is_alpha_2'
  | 'billing_email_told'
  | 'billing_name_told'
  | 'billing_profile_account_id_fkey'
  | 'billing_profile_pkey'
  | 'billing_profile_version_positive'
  | 'block_ends_after_it_began'
  | 'block_is_never_deleted'
  | 'block_is_never_truncated'
  | 'block_terms_are_final'
  | 'blocked_name_is_not_claimed'
  | 'blocked_name_pkey'
  | 'blocked_name_zone_fkey'
  | 'booking_is_of_a_movement'
  | 'bounced_email_is_lower_case'
  | 'bulk_item_state_known'
  | 'bulk_order_account_id_fkey'
  | 'bulk_order_is_bounded'
  | 'bulk_order_is_of_own_sub_account'
  | 'bulk_order_item_backorder_id_fkey'
  | 'bulk_order_item_bulk_order_id_fkey'
  | 'bulk_order_item_pkey'
  | 'bulk_order_key_id_fkey'
  | 'bulk_order_pkey'
  | 'captured_when_succeeded'
  | 'captured_within_amount'
  | 'card_money_is_where_it_belongs'
  | 'card_order_names_listing'
  | 'catch_attempt_pkey'
  | 'catch_attempt_registry_account_id_fkey'
  | 'catch_attempt_target_id_fkey'
  | 'catch_target_backorder_id_fkey'
  | 'catch_target_decided_by_fkey'
  | 'catch_target_drift_change_id_fkey'
  | 'catch_target_listing_id_fkey'
  | 'catch_target_pkey'
  | 'catch_target_proposal_id_fkey'
  | 'catch_target_registry_id_fkey'
  | 'catch_target_state_known'
  | 'challenge_is_short'
  | 'challenge_token_unique'
  | 'change_effect_known'
  | 'change_is_noted'
  | 'change_is_requested_by_the_holder'
  | 'change_listing_holder_known'
  | 'change_made_the_override'
  | 'change_request_names_what_was_requested'
  | 'change_result_known'
  | 'change_says_what'
  | 'change_undo_result_known'
  | 'changed_lead_not_negative'
  | 'changed_member_has_no_key'
  | 'claims_per_minute_positive'
  | 'clearing_holds_what_was_captured'
  | 'client_certificate_is_named'
  | 'closed_account_gets_no_key'
  | 'closed_account_gets_no_transfer'
  | 'closed_account_had_nothing_open'
  | 'closed_account_has_no_credit'
  | 'closed_account_is_disabled'
  | 'closed_account_keeps_what_law_keeps'
  | 'closed_account_opens_no_payment'
  | 'closed_account_says_by_whom'
  | 'closed_account_was_empty'
  | 'closed_balance_is_final'
  | 'closed_balance_is_never_truncated'
  | 'closed_balance_month_fkey'
  | 'closed_balance_pkey'
  | 'closed_confirmation_has_result'
  | 'closed_item_says_why'
  | 'closed_month_has_a_hash'
  | 'closed_month_is_a_month'
  | 'closed_month_is_final'
  | 'closed_month_item_is_final'
  | 'closed_month_item_is_never_truncated'
  | 'closed_month_item_known'
  | 'closed_month_item_month_fkey'
  | 'closed_month_item_pkey'
  | 'closed_month_pkey'
  | 'closed_month_proposal_id_fkey'
  | 'closed_task_says_why'
  | 'closing_balance_follows'
  | 'commands_in_flight_positive'
  | 'commands_per_minute_positive'
  | 'commands_per_second_positive'
  | 'confirm_by_known'
  | 'confirmation_answer_listing_id_fkey'
  | 'confirmation_answer_pkey'
  | 'confirmation_answer_registry_account_id_fkey'
  | 'confirmation_listing_id_fkey'
  | 'confirmation_means_known'
  | 'confirmation_pkey'
  | 'confirmation_result_known'
  | 'confirmed_registration_is_described'
  | 'connection_step_known'
  | 'connection_test_pkey'
  | 'connection_test_registry_account_id_fkey'
  | 'connection_test_state_known'
  | 'contact_account_contact_id_fkey'
  | 'contact_account_id_fkey'
  | 'contact_details_are_final'
  | 'contact_handle_fits_registries'
  | 'contact_of_a_role_has_registrant'
  | 'contact_of_an_account_has_version'
  | 'contact_pkey'
  | 'contact_request_names_contact'
  | 'counted_waste_within_creates'
  | 'creates_budget_is_whole'
  | 'credit_is_granted_or_approved'
  | 'credit_limit_not_negative'
  | 'credit_note_is_of_a_refund'
  | 'credit_note_is_of_its_invoice'
  | 'credit_note_names_its_cause'
  | 'credit_notes_within_invoice'
  | 'currency_is_iso_4217'
  | 'cutoff_before_drop'
  | 'cutoff_lead_not_negative'
  | 'daily_run_has_a_day'
  | 'decided_connection_test_has_time'
  | 'decided_contact_has_time'
  | 'decided_delivery_has_time'
  | 'decided_dispute_has_time'
  | 'decided_has_time'
  | 'decided_mail_has_time'
  | 'decided_password_change_has_time'
  | 'decided_proposal_has_decider'
  | 'decided_registration_request_has_time'
  | 'decided_renewal_has_time'
  | 'decided_target_has_time'
  | 'declared_scope_kind_known'
  | 'default_contact_is_asked_for'
  | 'default_contact_role_known'
  | 'delete_is_noted'
  | 'delete_request_names_registration'
  | 'deleted_contact_is_no_default'
  | 'deleted_name_is_not_renewed'
  | 'deleted_only_when_no_longer_renewable'
  | 'deleted_receiver_is_disabled'
  | 'deletion_has_a_last_day'
  | 'delivery_attempt_delivery_id_fkey'
  | 'delivery_attempts_not_negative'
  | 'delivery_state_known'
  | 'device_expires_after_use'
  | 'device_failures_not_negative'
  | 'device_token_unique'
  | 'devices_within_limit'
  | 'disabled_endpoint_has_reason'
  | 'disabled_reason_known'
  | 'dispute_amount_positive'
  | 'dispute_evidence_dispute_id_fkey'
  | 'dispute_evidence_pkey'
  | 'dispute_evidence_saved_by_fkey'
  | 'dispute_evidence_submitted_by_fkey'
  | 'dispute_payment_id_fkey'
  | 'dispute_pkey'
  | 'dispute_reason_known'
  | 'dispute_reversal_unique'
  | 'dispute_state_known'
  | 'done_request_has_time'
  | 'drift_earlier_not_negative'
  | 'drift_later_not_negative'
  | 'drop_lasts_positive'
  | 'drop_list_names_not_negative'
  | 'drop_list_part_has_its_bytes'
  | 'drop_list_part_list_id_fkey'
  | 'drop_list_part_pkey'
  | 'drop_list_pkey'
  | 'drop_list_window_list_id_fkey'
  | 'drop_list_window_pkey'
  | 'drop_list_zone_list_id_fkey'
  | 'drop_list_zone_pkey'
  | 'drop_sessions_are_whole'
  | 'drop_window_ordered'
  | 'dry_run_changes_nothing'
  | 'early_not_negative'
  | 'ended_block_says_by_whom'
  | 'ended_change_has_time'
  | 'ended_listing_has_time'
  | 'ended_proposal_has_time'
  | 'ended_registration_has_reason'
  | 'ended_registration_is_not_asked_about'
  | 'ended_session_has_no_key'
  | 'ended_stop_says_why'
  | 'ended_submission_has_time'
  | 'ended_try_has_outcome'
  | 'ended_word_names_its_list'
  | 'endpoint_has_secret'
  | 'erased_member_has_no_account'
  | 'erased_member_has_no_mails'
  | 'error_pause_not_negative'
  | 'escrow_holds_the_undecided'
  | 'escrow_posting_names_order'
  | 'event_account_id_fkey'
  | 'event_delivery_event_id_fkey'
  | 'event_delivery_pkey'
  | 'event_delivery_receiver_id_fkey'
  | 'event_feed_pkey'
  | 'event_is_final'
  | 'event_is_of_own_sub_account'
  | 'event_pkey'
  | 'event_receiver_account_id_fkey'
  | 'event_receiver_pkey'
  | 'event_topic_known'
  | 'every_counted_loss_has_a_class'
  | 'evidence_is_an_object'
  | 'evidence_is_never_deleted'
  | 'evidence_state_known'
  | 'evidence_version_positive'
  | 'exception_needs_two_people'
  | 'expected_window_is_kept'
  | 'expired_reason_known'
  | 'expiry_notice_is_of_an_expiry'
  | 'expiry_notice_known'
  | 'failed_connection_test_says_why'
  | 'failed_contact_has_message'
  | 'failed_creates_per_day_positive'
  | 'failed_order_is_given_back'
  | 'failed_refund_is_a_task'
  | 'failed_renewal_is_given_back'
  | 'failed_run_has_ended'
  | 'failed_run_has_reason'
  | 'failed_sign_ins_not_negative'
  | 'failing_receiver_has_start'
  | 'failing_source_says_why'
  | 'failure_reason_known'
  | 'failures_reserved_dated'
  | 'failures_reserved_not_negative'
  | 'fee_answer_is_append_only'
  | 'fee_answer_is_never_truncated'
  | 'fee_answer_listing_id_fkey'
  | 'fee_answer_pkey'
  | 'fee_answer_registry_account_id_fkey'
  | 'fee_check_pkey'
  | 'fee_check_registry_id_fkey'
  | 'fee_has_currency'
  | 'fee_verdict_known'
  | 'finance_task_closed_by_fkey'
  | 'finance_task_known'
  | 'finance_task_pkey'
  | 'firing_is_noted'
  | 'first_and_deciding_attempt_stay'
  | 'further_batches_are_later'
  | 'gathering_mail_is_open'
  | 'goodwill_credit_account_id_fkey'
  | 'goodwill_credit_pkey'
  | 'goodwill_credit_proposal_id_fkey'
  | 'goodwill_has_a_reason'
  | 'goodwill_is_a_credit'
  | 'goodwill_is_final'
  | 'goodwill_is_positive'
  | 'grace_full_not_negative'
  | 'grace_not_negative'
  | 'grace_probe_positive'
  | 'grace_share_is_a_share'
  | 'grant_amount_positive'
  | 'grant_kind_known'
  | 'grant_limit_not_negative'
  | 'granted_not_negative'
  | 'held_name_is_withdrawn_by_two'
  | 'holder_is_a_backorder'
  | 'host_is_named'
  | 'host_phase_is_known'
  | 'host_port_is_one'
  | 'host_position_not_negative'
  | 'idempotency_content_is_a_hash'
  | 'idempotency_item_not_negative'
  | 'idempotency_key_account_id_fkey'
  | 'idempotency_key_in_length'
  | 'identity_is_whole'
  | 'idle_seconds_positive'
  | 'info_request_names_listing'
  | 'insert_is_noted'
  | 'invited_email_is_lower_case'
  | 'invited_role_known'
  | 'invoice_account_id_fkey'
  | 'invoice_adds_up'
  | 'invoice_backorder_id_fkey'
  | 'invoice_gross_positive'
  | 'invoice_has_one_subject'
  | 'invoice_is_immutable'
  | 'invoice_is_never_truncated'
  | 'invoice_is_of_a_success'
  | 'invoice_is_of_its_series'
  | 'invoice_is_of_its_year'
  | 'invoice_is_of_years'
  | 'invoice_kind_known'
  | 'invoice_mode_known'
  | 'invoice_number_follows'
  | 'invoice_number_unique'
  | 'invoice_of_account'
  | 'invoice_pkey'
  | 'invoice_renewal_id_fkey'
  | 'invoice_series_pkey'
  | 'invoice_service_known'
  | 'invoice_tax_not_negative'
  | 'key_is_of_own_sub_account'
  | 'key_of_session_expires'
  | 'lapse_notice_backorder_id_fkey'
  | 'last_admin_stays'
  | 'late_not_negative'
  | 'late_renewal_days_in_range'
  | 'late_renewal_ends_within_the_grace'
  | 'lease_is_whole'
  | 'ledger_account_known'
  | 'list_source_pkey'
  | 'list_source_registry_id_fkey'
  | 'list_source_version_positive'
  | 'listing_cycle_unique'
  | 'listing_has_its_terms'
  | 'listing_of_name'
  | 'listing_opens_when_listed'
  | 'listing_pkey'
  | 'listing_publication_id_fkey'
  | 'listing_state_known'
  | 'listing_sync_run_id_fkey'
  | 'listing_times_fit'
  | 'listing_version_grows'
  | 'listing_zone_fkey'
  | 'live_change_is_asked_for'
  | 'login_pause_not_negative'
  | 'loss_margin_is_an_interval'
  | 'low_balance_not_negative'
  | 'mail_attempts_not_negative'
  | 'mail_kind_known'
  | 'mailed_kinds_known'
  | 'maintenance_ends_later'
  | 'manual_refund_has_a_reason'
  | 'manual_refund_is_decided_by_someone'
  | 'manual_refund_is_proposed'
  | 'member_account_id_fkey'
  | 'member_credential_is_a_password'
  | 'member_credential_member_id_fkey'
  | 'member_credential_pkey'
  | 'member_email_is_lower_case'
  | 'member_email_unique'
  | 'member_has_a_name'
  | 'member_invitation_account_id_fkey'
  | 'member_invitation_invited_by_fkey'
  | 'member_invitation_pkey'
  | 'member_language_known'
  | 'member_mail_bounce_member_id_fkey'
  | 'member_mail_bounce_pkey'
  | 'member_mail_event_event_id_fkey'
  | 'member_mail_event_mail_id_fkey'
  | 'member_mail_event_member_id_fkey'
  | 'member_mail_feed_pkey'
  | 'member_mail_member_id_fkey'
  | 'member_mail_off_member_id_fkey'
  | 'member_mail_pkey'
  | 'member_mail_state_known'
  | 'member_notice_seen_member_id_fkey'
  | 'member_notice_seen_notice_id_fkey'
  | 'member_of_account_has_role'
  | 'member_pkey'
  | 'member_request_count_key_unique'
  | 'member_request_count_pkey'
  | 'member_role_known'
  | 'member_session_member_id_fkey'
  | 'member_session_pkey'
  | 'member_session_token_unique'
  | 'member_verification_pkey'
  | 'message_kind_known'
  | 'money_at_the_bank_names_transfer'
  | 'money_to_return_names_payment'
  | 'month_moves_are_not_negative'
  | 'monthly_limit_not_negative'
  | 'months_close_in_order'
  | 'moved_percent_is_one'
  | 'movement_amount_has_currency'
  | 'name_gap_not_negative'
  | 'next_password_is_named'
  | 'no_card_refund_while_disputed'
  | 'no_manual_refund_while_undecided'
  | 'no_price_is_in_force_without_amount'
  | 'nothing_is_posted_in_a_closed_month'
  | 'notice_is_put_away_once'
  | 'notice_topic_known'
  | 'observed_drop_is_append_only'
  | 'observed_drop_is_never_truncated'
  | 'observed_drop_pkey'
  | 'observed_drop_zone_fkey'
  | 'observed_interval_ordered'
  | 'observed_kind_known'
  | 'observed_list_name_pkey'
  | 'observed_list_name_run_id_fkey'
  | 'observed_run_lists_nothing'
  | 'observed_window_ordered'
  | 'one_account_per_clid'
  | 'one_answer_per_idempotency_key'
  | 'one_audit_chain'
  | 'one_auto_renewal_credit_per_registration'
  | 'one_auto_renewal_per_expiry'
  | 'one_automatic_refund_per_cause'
  | 'one_backorder_per_listing'
  | 'one_block_per_name'
  | 'one_booking_of_a_kind_per_movement'
  | 'one_charge_per_backorder'
  | 'one_charge_per_renewal'
  | 'one_choice_per_person_and_kind'
  | 'one_contact_at_a_registry'
  | 'one_contact_per_handle'
  | 'one_contact_per_version'
  | 'one_credit_note_per_refund'
  | 'one_decision_per_suspicion'
  | 'one_default_contact_at_a_time'
  | 'one_default_contact_per_account'
  | 'one_deletion_per_registration'
  | 'one_delivery_per_receiver'
  | 'one_drop_list_per_publication'
  | 'one_entry_per_attempt'
  | 'one_event_feed'
  | 'one_event_per_position'
  | 'one_gathering_mail_per_person'
  | 'one_goodwill_per_proposal'
  | 'one_hold_per_listing'
  | 'one_invitation_per_address'
  | 'one_invoice_per_backorder'
  | 'one_invoice_per_renewal'
  | 'one_link_per_person'
  | 'one_live_backorder_per_name'
  | 'one_live_change_of_a_kind'
  | 'one_live_listing_per_name'
  | 'one_live_receiver_per_address'
  | 'one_live_renewal_per_registration'
  | 'one_mail_at_a_time_per_person'
  | 'one_mail_per_person_and_event'
  | 'one_maintenance_per_external_id'
  | 'one_member_mail_feed'
  | 'one_month_per_proposal'
  | 'one_notice_per_hold'
  | 'one_notice_per_pending_contact'
  | 'one_notice_per_refused_contact'
  | 'one_notice_per_subject'
  | 'one_open_alarm_per_subject'
  | 'one_open_connection_test'
  | 'one_open_dispute_per_payment'
  | 'one_open_info_request_per_listing'
  | 'one_open_item_per_finding'
  | 'one_open_password_change'
  | 'one_open_proposal_per_subject'
  | 'one_open_stop_per_registry'
  | 'one_open_task_per_subject'
  | 'one_original_sandbox_zone'
  | 'one_override_in_force'
  | 'one_password_per_member'
  | 'one_payment_secures_a_backorder'
  | 'one_payment_secures_a_renewal'
  | 'one_payout_per_bank_line'
  | 'one_pending_totp_per_person'
  | 'one_person_grants_within_limit'
  | 'one_person_per_identity'
  | 'one_place_per_listing'
  | 'one_price_in_force'
  | 'one_price_per_start'
  | 'one_price_rule_per_match'
  | 'one_publication_in_force'
  | 'one_publishing_per_registry'
  | 'one_reconciliation_at_a_time'
  | 'one_reconciliation_is_asked_for'
  | 'one_reconciliation_per_day'
  | 'one_registration_per_backorder'
  | 'one_registry_request_per_change'
  | 'one_renewal_per_expiry'
  | 'one_replacement_per_key'
  | 'one_request_budget_per_bucket'
  | 'one_request_per_contact'
  | 'one_request_per_renewal'
  | 'one_reserved_word_in_force'
  | 'one_retry_per_refund'
  | 'one_row_per_registry_message'
  | 'one_sandbox_per_account'
  | 'one_seller'
  | 'one_sign_in_count_per_subject'
  | 'one_source_per_address'
  | 'one_statistic_per_group'
  | 'one_sub_account_per_label'
  | 'one_target_per_backorder'
  | 'one_task_of_a_kind_per_payment'
  | 'one_totp_per_person'
  | 'one_try_per_account'
  | 'one_watch_per_id'
  | 'one_watch_per_name'
  | 'one_worker_heartbeat'
  | 'only_a_credit_is_negative'
  | 'only_a_decision_has_proposal'
  | 'only_a_failed_refund_is_retried'
  | 'only_a_lapsed_order_is_reclaimed'
  | 'only_a_past_month_is_closed'
  | 'only_a_published_run_is_listed'
  | 'only_a_resellers_contact_is_erased'
  | 'only_a_reversed_transfer_is_decided'
  | 'only_a_running_reconciliation_has_a_step'
  | 'only_a_sandbox_has_an_account'
  | 'only_a_set_auth_code_is_shown'
  | 'only_a_shown_fee_changes_the_flag'
  | 'only_a_shown_state_decides'
  | 'only_a_watched_balance_is_low'
  | 'only_a_won_dispute_is_reversed'
  | 'only_alarms_and_lists_are_of_no_account'
  | 'only_decided_has_basis'
  | 'only_decided_has_creates'
  | 'only_drift_moves_submission'
  | 'only_endpoints_want_everything'
  | 'only_expiry_has_reason'
  | 'only_failed_registration_request_has_reason'
  | 'only_failed_renewal_has_reason'
  | 'only_failed_run_has_code'
  | 'only_failed_run_is_repeated'
  | 'only_failing_receivers_pause'
  | 'only_failure_has_reason'
  | 'only_itemised_has_movements'
  | 'only_lost_has_margin'
  | 'only_lost_has_winner'
  | 'only_observed_drift_has_median'
  | 'only_registered_has_cr_date'
  | 'only_success_has_settlement_time'
  | 'only_successful_renewal_has_expiry'
  | 'only_the_applied_is_undone'
  | 'only_the_balance_has_a_sub_account'
  | 'only_the_first_follows_none'
  | 'only_verified_member_has_account'
  | 'open_holds_max_before_paid_positive'
  | 'open_holds_max_positive'
  | 'open_holds_within_limit'
  | 'open_item_has_no_closer'
  | 'open_item_is_explained'
  | 'open_payments_max_positive'
  | 'open_payments_within_limit'
  | 'order_is_of_own_sub_account'
  | 'order_names_own_contacts'
  | 'order_statistic_zone_fkey'
  | 'order_terms_are_final'
  | 'our_amount_has_currency'
  | 'our_subject_is_whole'
  | 'outbox_account_id_fkey'
  | 'outbox_pkey'
  | 'override_ends_once'
  | 'override_has_a_reason'
  | 'override_in_force'
  | 'override_is_by_somebody'
  | 'override_keeps_what_lists_say'
  | 'override_times_fit'
  | 'override_window_ordered'
  | 'paid_renewal_has_time'
  | 'paid_renewal_is_asked_for'
  | 'password_change_pkey'
  | 'password_change_registry_account_id_fkey'
  | 'password_change_state_known'
  | 'password_is_named'
  | 'past_zone_policy_pkey'
  | 'past_zone_policy_zone_fkey'
  | 'payable_holds_what_is_owed'
  | 'payment_account_id_fkey'
  | 'payment_amount_positive'
  | 'payment_backorder_id_fkey'
  | 'payment_is_for_one_thing'
  | 'payment_is_of_own_sub_account'
  | 'payment_listing_id_fkey'
  | 'payment_method_known'
  | 'payment_pkey'
  | 'payment_purpose_known'
  | 'payment_renewal_id_fkey'
  | 'payment_state_known'
  | 'payment_terms_are_final'
  | 'payout_match_is_whole'
  | 'payout_matched_by_fkey'
  | 'payout_not_zero'
  | 'payout_pkey'
  | 'payout_state_known'
  | 'payout_unique'
  | 'payout_version_positive'
  | 'pending_change_known'
  | 'pending_change_pkey'
  | 'pending_change_run_id_fkey'
  | 'pending_contact_notice_backorder_id_fkey'
  | 'pending_contact_notice_contact_id_fkey'
  | 'pending_has_pay_by'
  | 'pending_renewal_has_pay_by'
  | 'pending_terms_pkey'
  | 'phase_fee_not_negative'
  | 'placed_item_has_its_order'
  | 'posting_account_id_fkey'
  | 'posting_backorder_id_fkey'
  | 'posting_bank_transfer_id_fkey'
  | 'posting_cause_known'
  | 'posting_is_append_only'
  | 'posting_is_never_truncated'
  | 'posting_not_zero'
  | 'posting_payment_id_fkey'
  | 'posting_pkey'
  | 'posting_renewal_id_fkey'
  | 'posting_set_has_one_currency'
  | 'posting_set_sums_to_zero'
  | 'prepared_names_are_armed'
  | 'previous_key_is_of_a_secret'
  | 'previous_secret_has_end'
  | 'price_amount_list_id_fkey'
  | 'price_amount_pkey'
  | 'price_amount_rule_id_fkey'
  | 'price_ends_after_it_started'
  | 'price_is_never_deleted'
  | 'price_is_never_truncated'
  | 'price_list_has_a_reason'
  | 'price_list_is_append_only'
  | 'price_list_pkey'
  | 'price_positive'
  | 'price_rule_compares_by_kind'
  | 'price_rule_kind_known'
  | 'price_rule_of_name_has_no_zone'
  | 'price_rule_pkey'
  | 'price_rule_zone_fkey'
  | 'price_starts_in_time'
  | 'price_terms_are_final'
  | 'profile_is_known'
  | 'proposal_decided_by_fkey'
  | 'proposal_is_decided_by_another'
  | 'proposal_kind_known'
  | 'proposal_pkey'
  | 'proposal_proposed_by_fkey'
  | 'proposal_state_known'
  | 'proposal_terms_are_final'
  | 'proposed_refund_expires'
  | 'proposer_does_not_decide'
  | 'provider_booking_is_final'
  | 'provider_booking_is_in_the_ledger'
  | 'provider_booking_known'
  | 'provider_booking_not_zero'
  | 'provider_booking_pkey'
  | 'provider_dispute_unique'
  | 'provider_event_known'
  | 'provider_event_pkey'
  | 'provider_movement_known'
  | 'provider_movement_last_told_run_fkey'
  | 'provider_movement_payout_id_fkey'
  | 'provider_movement_pkey'
  | 'provider_payment_unique'
  | 'provider_posting_is_a_booking'
  | 'provider_refund_unique'
  | 'provider_task_known'
  | 'provider_task_payment_id_fkey'
  | 'provider_task_pkey'
  | 'pruned_events_were_numbered'
  | 'published_run_has_counts'
  | 'publishing_run_has_opening_time'
  | 'quarantine_ends_with_a_reason'
  | 'quarantined_run_says_why'
  | 'rdap_confirmation_names_host'
  | 'rdap_host_pkey'
  | 'rdap_per_minute_in_range'
  | 'rdap_requests_are_spaced'
  | 'rdap_url_is_http'
  | 'rdap_url_names_host'
  | 'reads_per_minute_positive'
  | 'receiver_kind_known'
  | 'receiver_queue_pkey'
  | 'receiver_queue_receiver_id_fkey'
  | 'receiver_wants_a_topic'
  | 'reconciliation_balance_is_final'
  | 'reconciliation_balance_pkey'
  | 'reconciliation_balance_run_id_fkey'
  | 'reconciliation_cause_known'
  | 'reconciliation_has_a_reason'
  | 'reconciliation_item_closed_by_fkey'
  | 'reconciliation_item_last_seen_run_fkey'
  | 'reconciliation_item_pkey'
  | 'reconciliation_kind_known'
  | 'reconciliation_request_pkey'
  | 'reconciliation_request_requested_by_fkey'
  | 'reconciliation_request_run_id_fkey'
  | 'reconciliation_run_pkey'
  | 'reconciliation_side_known'
  | 'reconciliation_step_known'
  | 'recovery_code_unique'
  | 'refund_amount_positive'
  | 'refund_cause_known'
  | 'refund_decided_by_fkey'
  | 'refund_destination_known'
  | 'refund_has_the_name_of_its_payment'
  | 'refund_limit_not_negative'
  | 'refund_limit_pkey'
  | 'refund_payment_id_fkey'
  | 'refund_pkey'
  | 'refund_proposed_by_fkey'
  | 'refund_reason_known'
  | 'refund_retries_refund_id_fkey'
  | 'refund_state_known'
  | 'refund_terms_are_final'
  | 'refunds_within_captured'
  | 'refused_contact_notice_backorder_id_fkey'
  | 'refused_contact_notice_contact_id_fkey'
  | 'refused_evidence_says_why'
  | 'refused_item_says_why'
  | 'refused_login_has_code'
  | 'registration_account_id_fkey'
  | 'registration_backorder_id_fkey'
  | 'registration_end_known'
  | 'registration_expires_later'
  | 'registration_of_account'
  | 'registration_pkey'
  | 'registration_registry_account_id_fkey'
  | 'registration_request_account_id_fkey'
  | 'registration_request_failure_known'
  | 'registration_request_kind_known'
  | 'registration_request_pkey'
  | 'registration_request_state_known'
  | 'registration_request_terms_are_final'
  | 'registry_account_pkey'
  | 'registry_account_registry_id_fkey'
  | 'registry_account_status_pkey'
  | 'registry_account_status_registry_account_id_fkey'
  | 'registry_charge_backorder_id_fkey'
  | 'registry_charge_basis_known'
  | 'registry_charge_is_append_only'
  | 'registry_charge_is_for_years'
  | 'registry_charge_kind_known'
  | 'registry_charge_names_its_cause'
  | 'registry_charge_pkey'
  | 'registry_charge_registration_id_fkey'
  | 'registry_charge_registry_account_id_fkey'
  | 'registry_charge_renewal_id_fkey'
  | 'registry_clock_is_whole'
  | 'registry_contact_contact_id_fkey'
  | 'registry_contact_registry_account_id_fkey'
  | 'registry_contact_state_known'
  | 'registry_entry_pkey'
  | 'registry_entry_registry_account_id_fkey'
  | 'registry_entry_run_id_fkey'
  | 'registry_host_pkey'
  | 'registry_host_registry_account_id_fkey'
  | 'registry_maintenance_pkey'
  | 'registry_maintenance_registry_id_fkey'
  | 'registry_message_registry_account_id_fkey'
  | 'registry_pkey'
  | 'registry_request_kind_known'
  | 'registry_request_listing_id_fkey'
  | 'registry_request_pkey'
  | 'registry_request_registration_id_fkey'
  | 'registry_request_registration_request_id_fkey'
  | 'registry_request_registry_account_id_fkey'
  | 'registry_request_renewal_id_fkey'
  | 'registry_request_state_known'
  | 'registry_stop_pkey'
  | 'registry_stop_proposal_id_fkey'
  | 'registry_stop_registry_id_fkey'
  | 'registry_version_positive'
  | 'rejects_percent_is_one'
  | 'release_order_listing_id_fkey'
  | 'removal_is_append_only'
  | 'removal_is_never_truncated'
  | 'removal_is_of_something'
  | 'renew_fee_not_negative'
  | 'renew_request_names_renewal'
  | 'renewable_after_the_expiry'
  | 'renewal_account_id_fkey'
  | 'renewal_failure_known'
  | 'renewal_is_of_the_holder'
  | 'renewal_moves_the_expiry'
  | 'renewal_payment_names_renewal'
  | 'renewal_pkey'
  | 'renewal_price_of_order_positive'
  | 'renewal_price_pkey'
  | 'renewal_price_positive'
  | 'renewal_price_zone_fkey'
  | 'renewal_state_known'
  | 'renewal_terms_are_final'
  | 'renewal_within_ten_years'
  | 'renewal_years_known'
  | 'renewed_name_is_not_deleted'
  | 'request_bucket_known'
  | 'request_budget_account_id_fkey'
  | 'requested_contact_is_of_the_account'
  | 'requested_deletion_is_asked_for'
  | 'requests_within_quota'
  | 'reserved_kind_known'
  | 'reserved_list_has_a_reason'
  | 'reserved_list_is_append_only'
  | 'reserved_list_pkey'
  | 'reserved_word_added_by_fkey'
  | 'reserved_word_ended_by_fkey'
  | 'reserved_word_is_final'
  | 'reserved_word_is_never_deleted'
  | 'reserved_word_is_never_truncated'
  | 'reserved_word_pkey'
  | 'reserved_word_zone_fkey'
  | 'return_url_is_a_web_page'
  | 'reversal_is_proposed_with_reason'
  | 'reversal_needs_two_people'
  | 'reverse_charge_names_tax_id'
  | 'rows_percent_is_one'
  | 'run_failure_known'
  | 'run_purpose_known'
  | 'run_was_tried'
  | 'sandbox_account_is_simulated'
  | 'sandbox_drop_account_id_fkey'
  | 'sandbox_drop_has_names'
  | 'sandbox_drop_in_own_zone'
  | 'sandbox_drop_is_listed_once_loaded'
  | 'sandbox_drop_pkey'
  | 'sandbox_drops_within_limit'
  | 'sandbox_is_simulated'
  | 'sandbox_time_scale_in_range'
  | 'sandbox_zone_is_simulated'
  | 'schedule_change_kind_known'
  | 'schedule_change_listing_change_id_fkey'
  | 'schedule_change_listing_pkey'
  | 'schedule_change_made_by_fkey'
  | 'schedule_change_pkey'
  | 'schedule_change_state_known'
  | 'schedule_change_undone_by_fkey'
  | 'schedule_override_applied_by_fkey'
  | 'schedule_override_change_id_fkey'
  | 'schedule_override_listing_id_fkey'
  | 'schedule_override_pkey'
  | 'schedule_override_undone_by_fkey'
  | 'schema_migration_pkey'
  | 'scope_kind_known'
  | 'secret_has_key'
  | 'secured_has_time'
  | 'securing_payment_is_captured'
  | 'seller_address_told'
  | 'seller_country_is_alpha_2'
  | 'seller_mode_known'
  | 'seller_name_told'
  | 'seller_pkey'
  | 'seller_tax_is_a_share'
  | 'sent_request_has_cltrid'
  | 'series_kind_known'
  | 'series_mode_known'
  | 'series_moves_only_by_issuing'
  | 'series_prefix_unique'
  | 'series_starts_at_nothing'
  | 'series_year_has_four_digits'
  | 'server_name_is_named'
  | 'service_period_ordered'
  | 'session_commands_suffice'
  | 'session_ends_at_last'
  | 'session_gap_not_negative'
  | 'session_has_one_key'
  | 'session_life_positive'
  | 'sessions_max_positive'
  | 'set_auth_code_has_end'
  | 'shown_auth_code_has_no_salt'
  | 'sign_in_failures_not_negative'
  | 'sign_in_scope_known'
  | 'skipped_listing_has_a_cause'
  | 'skipped_undo_has_a_cause'
  | 'source_address_has_no_password'
  | 'source_address_is_one'
  | 'source_allowance_fits'
  | 'source_claim_ends'
  | 'source_failure_known'
  | 'source_late_after_fits'
  | 'source_moved_limit_fits'
  | 'source_poll_fits'
  | 'source_precedence_fits'
  | 'source_request_known'
  | 'source_rows_limit_fits'
  | 'source_scope_known'
  | 'source_suspected_limit_fits'
  | 'spend_is_of_a_sub_account'
  | 'staff_account_pkey'
  | 'staff_challenge_staff_id_fkey'
  | 'staff_device_pkey'
  | 'staff_device_staff_id_fkey'
  | 'staff_email_is_lower'
  | 'staff_email_unique'
  | 'staff_link_expires_within_a_week'
  | 'staff_link_staff_id_fkey'
  | 'staff_link_token_unique'
  | 'staff_recovery_code_staff_id_fkey'
  | 'staff_roles_known'
  | 'staff_session_pkey'
  | 'staff_session_staff_id_fkey'
  | 'staff_session_token_unique'
  | 'staff_totp_pkey'
  | 'staff_totp_staff_id_fkey'
  | 'standard_fee_not_negative'
  | 'statistic_is_never_deleted'
  | 'statistic_is_of_orders'
  | 'statistic_only_grows'
  | 'statistic_outcome_known'
  | 'statistic_price_band_known'
  | 'statistic_release_known'
  | 'stored_answer_is_a_success'
  | 'sub_account_account_id_fkey'
  | 'sub_account_has_label'
  | 'sub_account_of_account'
  | 'sub_account_pkey'
  | 'sub_account_spend_not_negative'
  | 'sub_account_spend_pkey'
  | 'sub_account_version_positive'
  | 'sub_account_within_limit'
  | 'submission_follows_cutoff'
  | 'submission_is_whole'
  | 'submission_unique'
  | 'submitted_evidence_is_final'
  | 'submitted_evidence_says_something'
  | 'superseded_run_was_published'
  | 'suspect_is_being_confirmed'
  | 'suspected_percent_is_one'
  | 'sync_change_known'
  | 'sync_change_listing_id_fkey'
  | 'sync_change_pkey'
  | 'sync_change_run_id_fkey'
  | 'sync_reject_pkey'
  | 'sync_reject_run_id_fkey'
  | 'sync_row_pkey'
  | 'sync_row_run_id_fkey'
  | 'sync_row_times_fit'
  | 'sync_run_decided_by_fkey'
  | 'sync_run_pkey'
  | 'sync_run_registry_id_fkey'
  | 'sync_run_source_id_fkey'
  | 'sync_run_state_known'
  | 'sync_run_uploaded_by_fkey'
  | 'target_basis_known'
  | 'target_try_registry_account_id_fkey'
  | 'target_try_state_known'
  | 'target_try_target_id_fkey'
  | 'target_window_ordered'
  | 'test_series_says_so'
  | 'their_amount_has_currency'
  | 'top_up_only_adds'
  | 'totp_step_is_used_once'
  | 'transit_positive'
  | 'try_basis_known'
  | 'try_outcome_known'
  | 'unapplied_holds_what_secures_nothing'
  | 'undecided_target_keeps_its_attempts'
  | 'undo_is_whole'
  | 'undone_change_has_a_reason'
  | 'unknown_fee_says_why'
  | 'unsubscribe_key_cannot_be_guessed'
  | 'unsubscribe_key_is_of_one_mail'
  | 'upcoming_listing_has_no_holder'
  | 'update_is_noted'
  | 'used_step_is_of_confirmed'
  | 'visitor_account_account_id_fkey'
  | 'visitor_account_pkey'
  | 'waiting_submission_is_tried'
  | 'wasted_creates_within_creates'
  | 'watch_account_id_fkey'
  | 'watches_max_positive'
  | 'watches_within_limit'
  | 'withdrawal_answer_id_fkey'
  | 'withdrawal_has_one_ground'
  | 'withdrawal_is_append_only'
  | 'withdrawal_is_never_truncated'
  | 'withdrawal_listing_id_fkey'
  | 'withdrawal_pkey'
  | 'withdrawal_proposal_id_fkey'
  | 'withdrawn_listing_has_ground'
  | 'worker_heartbeat_pkey'
  | 'zone_contact_roles_known'
  | 'zone_pkey'
  | 'zone_policy_version_positive'
  | 'zone_registry_id_fkey'
  | 'zone_release_known'
  | 'zone_sandbox_account_id_fkey'
  | 'zone_with_account'
