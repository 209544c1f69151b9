import { columns } from './columns.ts'

/** Columns that are written together, for `rights`. */

export const closed = columns('closed_at closed_by note')
export const renewalDecided = columns('state paid_at decided_at')
export const registrationConfirmed = columns(
  'confirmed_at statuses rgp_statuses name_servers contacts confirm_after ended_at end_reason',
)
export const window = columns('cutoff_at drop_from drop_to')
export const listedWindow = columns('listed_cutoff_at listed_drop_from listed_drop_to')
export const rearmed = columns('state arming drop_from drop_to grace_until')
export const overrideEnded = columns(
  'replaced_at undone_by undone_by_name undone_at undo_reason cutoff_returned_to drop_from_returned_to drop_to_returned_to',
)
export const changeDone = columns(
  'result skipped_for changed override_id cutoff_after drop_from_after drop_to_after undo_result undo_skipped_for',
)
export const zonePolicy = columns(
  'policy_version release drop_time_zone drop_starts_at drop_also_at drop_lasts_seconds early_seconds late_seconds cutoff_lead_seconds grace_seconds grace_full_seconds grace_probe_seconds grace_share_percent drift_earlier_seconds_max drift_later_seconds_max',
)
export const targetDecided = [
  ...columns('state decided_at decided_code decided_basis decided_by deciding_cltrid'),
  ...columns('holder_clid cr_date winner_created_at proposal_id'),
  ...columns('creates wasted_creates lost_by_min_ms lost_by_max_ms'),
]
export const statisticCounted = [
  ...columns('orders creates wasted_creates lost_by_10ms lost_by_100ms lost_by_1s lost_by_10s'),
  ...columns('lost_by_more lost_by_unknown'),
]
export const deliveryPlanned = columns('state try_after attempts taken_by decided_at waits first_tried_at')
export const receiverPaced = columns('due_at failures failing_since not_before')
export const sourceTerms = [
  ...columns(
    'address format scope_kind time_zone expected_by late_allowance_seconds late_after_seconds credentials',
  ),
  ...columns('precedence enabled poll_seconds suspected_percent_max moved_percent_max rows_percent_min'),
  ...columns('configured_at list_at next_try_at failures failure_code failure'),
  ...columns('etag last_modified content_sha256 claimed_by claimed_until'),
] as const
export const sourceHealth = columns('good_at tried_at requested')

export const listTaken = [
  ...columns('state failure alive_at published_at superseded_at decided_at decision_reason'),
  ...columns('content_sha256 scope_kind scope_zones scope_from scope_to quarantine_reasons'),
  ...columns('rows_read rows_rejected rejects_by_reason truncated listings_added listings_moved'),
  ...columns('listings_suspected listings_unchanged listings_too_late listings_blocked listings_overridden'),
  ...columns(
    'source format purpose declared_drop_date declared_scope_kind failure_code excerpt tries last_tried_at',
  ),
  ...columns('octets_read octets_total listed_at opens_at opened_at publisher released_at compared_at'),
  ...columns('added_up_to rows_by_zone'),
] as const

export const batchMeasured = [
  ...columns('measure_at measured_at names open observed median_seconds spread_seconds'),
  ...columns('earliest_seconds latest_seconds from_shift_seconds to_shift_seconds change_id beyond'),
] as const

export const statusReported = [
  ...columns('lease_epoch lease_owner leased_at phase problems reported_at armed prepared firing ambiguous'),
  ...columns('sessions_open sessions_allowed drop_sessions_open drop_sessions_allowed'),
  ...columns('login_at login_refused_at login_refused_code'),
  ...columns('commands_in_second commands_in_minute commands_per_second_max commands_per_minute_max'),
  ...columns('creates_used creates_allowed creates_free_at clock_offset_ms clock_error_ms clock_measured_at'),
  'settings_version',
] as const
export const registryTerms = columns(
  'version suspected_percent_max moved_percent_max rows_percent_min rejects_percent_max confirm_by rdap_per_minute_max',
)
/** Neither its hosts, which get the password, nor who we are there. */
export const accountTerms = [
  ...columns(
    'source_address client_certificate sessions_max commands_per_second_max commands_per_minute_max',
  ),
  ...columns('idle_seconds_max session_life_seconds_max session_commands_max session_gap_ms name_gap_ms'),
  ...columns(
    'login_pause_ms error_pause_ms failed_creates_per_day_max checks_count_as_failed transit_ms_max',
  ),
  ...columns('commands_in_flight_max'),
] as const
export const zoneTerms = columns(
  'standard_fee_minor renew_fee_minor phase_fee_minor may_have_premium contact_roles rdap_url late_renewal_days auto_renew_grace_days',
)
/** All of an API key but its hash, by which a key is found. */
export const shownKey = [
  ...columns('id account_id label scopes created_at revoked_at expires_at allowed_addresses'),
  ...columns('last_used_on sub_account_id session_id'),
]
