create domain currency as text constraint currency_is_iso_4217 CHECK ((VALUE ~ '^[A-Z]{3}$'::text));

create table account (
  id uuid not null,
  name text not null,
  currency currency not null,
  balance_minor bigint not null default 0,
  credit_limit_minor bigint not null default 0,
  created_at timestamp with time zone not null default clock_timestamp(),
  open_holds_max_before_paid integer not null default 3,
  open_holds_max integer not null default 20,
  watches_max integer not null default 1000,
  open_payments_max integer not null default 20,
  disabled_at timestamp with time zone,
  reads_per_minute_max integer not null default 6000,
  claims_per_minute_max integer not null default 3000,
  low_balance_minor bigint,
  balance_is_low boolean not null default false,
  version integer not null default 1,
  closed_at timestamp with time zone,
  closed_by text,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_version_positive CHECK ((version > 0)),
  constraint claims_per_minute_positive CHECK ((claims_per_minute_max > 0)),
  constraint closed_account_has_no_credit CHECK (((closed_at IS NULL) OR (credit_limit_minor = 0))),
  constraint closed_account_is_disabled CHECK (((closed_at IS NULL) OR (disabled_at IS NOT NULL))),
  constraint closed_account_says_by_whom CHECK (((closed_at IS NULL) = (closed_by IS NULL))),
  constraint credit_limit_not_negative CHECK ((credit_limit_minor >= 0)),
  constraint low_balance_not_negative CHECK ((low_balance_minor >= 0)),
  constraint only_a_watched_balance_is_low CHECK (((NOT balance_is_low) OR (low_balance_minor IS NOT NULL))),
  constraint open_holds_max_before_paid_positive CHECK ((open_holds_max_before_paid > 0)),
  constraint open_holds_max_positive CHECK ((open_holds_max > 0)),
  constraint open_payments_max_positive CHECK ((open_payments_max > 0)),
  constraint reads_per_minute_positive CHECK ((reads_per_minute_max > 0)),
  constraint watches_max_positive CHECK ((watches_max > 0))
);

create table account_contact (
  id uuid not null,
  account_id uuid not null,
  is_default boolean not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  version integer not null default 1,
  constraint account_contact_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint account_contact_pkey PRIMARY KEY (id),
  constraint account_contact_version_positive CHECK ((version > 0)),
  constraint deleted_contact_is_no_default CHECK (((deleted_at IS NULL) OR (NOT is_default)))
);

create table account_notice (
  id uuid not null,
  account_id uuid not null,
  topic text not null,
  subject_id uuid not null,
  data jsonb not null,
  occurred_at timestamp with time zone not null,
  position bigint not null,
  constraint account_notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint account_notice_pkey PRIMARY KEY (id),
  constraint notice_topic_known CHECK ((topic = ANY (ARRAY['refund.failed'::text, 'registration.expired'::text, 'registration.expiring'::text, 'backorder.premium_flagged'::text, 'backorder.rescheduled'::text, 'balance.low'::text, 'webhook_endpoint.disabled'::text]))),
  constraint one_notice_per_subject UNIQUE (topic, subject_id)
);

create table alarm (
  id uuid not null,
  kind text not null,
  subject text not null,
  facts jsonb not null default '{}'::jsonb,
  raised_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  note text,
  constraint alarm_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES staff_account(id),
  constraint alarm_closed_by_person_says_how CHECK (((closed_by IS NULL) = (note IS NULL))),
  constraint alarm_closer_has_time CHECK (((closed_by IS NULL) OR (closed_at IS NOT NULL))),
  constraint alarm_kind_known CHECK ((kind = ANY (ARRAY['lease_unheld'::text, 'login_refused'::text, 'account_not_ready'::text, 'deposit_empty'::text, 'creates_exhausted'::text, 'create_incomplete'::text, 'fee_stale'::text, 'settlement_stuck'::text, 'target_undecided'::text, 'target_uncaught'::text, 'list_late'::text, 'list_quarantined'::text, 'audit_chain_broken'::text, 'worker_stopped'::text, 'event_undelivered'::text, 'suspect_unconfirmed'::text, 'held_name_reserved'::text, 'drop_off_schedule'::text, 'contact_missing'::text, 'deletion_overdue'::text, 'registry_balance_low'::text, 'registry_maintenance'::text, 'registry_change'::text, 'registry_transfer'::text, 'registry_notice'::text, 'registry_stopped'::text, 'drop_in_maintenance'::text, 'password_expires'::text, 'certificate_expires'::text, 'clock_unsynchronised'::text, 'dispute_unanswered'::text, 'mail_undelivered'::text, 'secret_key_missing'::text]))),
  constraint alarm_pkey PRIMARY KEY (id),
  constraint alarm_seen_after_raised CHECK ((last_seen_at >= raised_at))
);

create table alone_grant (
  id uuid not null,
  staff_id uuid not null,
  kind text not null,
  amount_minor bigint not null,
  currency currency not null,
  granted_at timestamp with time zone not null default clock_timestamp(),
  constraint alone_grant_pkey PRIMARY KEY (id),
  constraint alone_grant_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id),
  constraint grant_amount_positive CHECK ((amount_minor > 0)),
  constraint grant_kind_known CHECK ((kind = ANY (ARRAY['bank_transfer'::text, 'credit_limit'::text])))
);

create table api_key (
  id uuid not null,
  account_id uuid not null,
  key_sha256 bytea not null,
  label text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  revoked_at timestamp with time zone,
  expires_at timestamp with time zone,
  allowed_addresses text[],
  last_used_on date,
  made_by uuid,
  replaces uuid,
  sub_account_id uuid,
  version integer not null default 1,
  session_id uuid,
  constraint allowed_addresses_are_networks CHECK (((allowed_addresses IS NULL) OR are_networks(allowed_addresses))),
  constraint api_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint api_key_made_by_fkey FOREIGN KEY (made_by) REFERENCES api_key(id),
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_replaces_fkey FOREIGN KEY (replaces) REFERENCES api_key(id),
  constraint api_key_unique UNIQUE (key_sha256),
  constraint api_key_version_positive CHECK ((version > 0)),
  constraint key_is_of_own_sub_account FOREIGN KEY (account_id, sub_account_id) REFERENCES sub_account(account_id, id),
  constraint key_of_session_expires CHECK (((session_id IS NULL) OR (expires_at IS NOT NULL)))
);

create table attempt_removal (
  id uuid not null,
  target_id uuid not null,
  attempts_max integer not null,
  removed integer not null,
  first_sent_at timestamp with time zone not null,
  last_sent_at timestamp with time zone not null,
  removed_at timestamp with time zone not null,
  constraint attempt_removal_pkey PRIMARY KEY (id),
  constraint attempt_removal_target_id_fkey FOREIGN KEY (target_id) REFERENCES catch_target(id),
  constraint attempts_max_positive CHECK ((attempts_max > 0)),
  constraint removal_is_of_something CHECK ((removed > 0))
);

create table audit_chain (
  id boolean not null default true,
  seq bigint not null,
  hash bytea,
  constraint audit_chain_pkey PRIMARY KEY (id),
  constraint one_audit_chain CHECK (id)
);

create table audit_entry (
  seq bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  reason text,
  before jsonb,
  after jsonb,
  prev_hash bytea,
  hash bytea not null,
  constraint audit_actor_known CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'system'::text]))),
  constraint audit_chain_has_no_fork UNIQUE (prev_hash),
  constraint audit_entry_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES staff_account(id),
  constraint audit_entry_follows_another FOREIGN KEY (prev_hash) REFERENCES audit_entry(hash),
  constraint audit_entry_pkey PRIMARY KEY (seq),
  constraint audit_hash_unique UNIQUE (hash),
  constraint audited_staff_is_named CHECK (((actor_kind = 'staff'::text) = (actor_id IS NOT NULL))),
  constraint only_the_first_follows_none CHECK (((seq = 1) = (prev_hash IS NULL)))
);

create table auth_code (
  request_id uuid not null,
  salt bytea,
  secret_id text,
  valid_until timestamp with time zone,
  shown_at timestamp with time zone,
  constraint auth_code_pkey PRIMARY KEY (request_id),
  constraint auth_code_request_id_fkey FOREIGN KEY (request_id) REFERENCES registration_request(id),
  constraint auth_code_salt_is_long CHECK ((octet_length(salt) >= 32)),
  constraint only_a_set_auth_code_is_shown CHECK (((shown_at IS NULL) OR (secret_id IS NOT NULL))),
  constraint set_auth_code_has_end CHECK (((secret_id IS NULL) = (valid_until IS NULL))),
  constraint shown_auth_code_has_no_salt CHECK (((shown_at IS NULL) OR (salt IS NULL)))
);

create table backorder (
  id uuid not null,
  listing_id uuid not null,
  name text not null,
  account_id uuid not null,
  state text not null,
  price_minor bigint not null,
  currency currency not null,
  created_at timestamp with time zone not null,
  pay_by timestamp with time zone,
  secured_at timestamp with time zone,
  decided_at timestamp with time zone,
  settled_at timestamp with time zone,
  failure_reason text,
  expired_reason text,
  reclaims uuid,
  reference text,
  metadata jsonb,
  sub_account_id uuid,
  registrant_id uuid,
  admin_id uuid,
  tech_id uuid,
  billing_id uuid,
  constraint backorder_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint backorder_admin_id_fkey FOREIGN KEY (admin_id) REFERENCES contact(id),
  constraint backorder_billing_id_fkey FOREIGN KEY (billing_id) REFERENCES contact(id),
  constraint backorder_is_of_its_listing FOREIGN KEY (listing_id, name) REFERENCES listing(id, name),
  constraint backorder_metadata_is_bounded CHECK (((metadata IS NULL) OR is_order_metadata(metadata))),
  constraint backorder_of_listing UNIQUE (id, listing_id),
  constraint backorder_pkey PRIMARY KEY (id),
  constraint backorder_price_positive CHECK ((price_minor > 0)),
  constraint backorder_reclaims_fkey FOREIGN KEY (reclaims) REFERENCES backorder(id),
  constraint backorder_reference_is_one_line CHECK ((((char_length(reference) >= 1) AND (char_length(reference) <= 64)) AND (reference = btrim(reference)) AND (reference !~ '[\x01-\x1f\x7f-\x9f]'::text))),
  constraint backorder_registrant_id_fkey FOREIGN KEY (registrant_id) REFERENCES contact(id),
  constraint backorder_state_known CHECK ((state = ANY (ARRAY['pending_payment'::text, 'backordered'::text, 'registering'::text, 'successful'::text, 'failed'::text, 'expired'::text]))),
  constraint backorder_tech_id_fkey FOREIGN KEY (tech_id) REFERENCES contact(id),
  constraint contact_of_a_role_has_registrant CHECK (((registrant_id IS NOT NULL) OR (num_nonnulls(admin_id, tech_id, billing_id) = 0))),
  constraint decided_has_time CHECK (((state = ANY (ARRAY['successful'::text, 'failed'::text, 'expired'::text])) = (decided_at IS NOT NULL))),
  constraint expired_reason_known CHECK ((expired_reason = ANY (ARRAY['lapsed'::text, 'released'::text, 'listing_ended'::text]))),
  constraint failure_reason_known CHECK ((failure_reason = ANY (ARRAY['lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text]))),
  constraint only_expiry_has_reason CHECK (((state = 'expired'::text) = (expired_reason IS NOT NULL))),
  constraint only_failure_has_reason CHECK (((state = 'failed'::text) = (failure_reason IS NOT NULL))),
  constraint only_success_has_settlement_time CHECK (((state = 'successful'::text) = (settled_at IS NOT NULL))),
  constraint order_is_of_own_sub_account FOREIGN KEY (account_id, sub_account_id) REFERENCES sub_account(account_id, id),
  constraint pending_has_pay_by CHECK (((state <> 'pending_payment'::text) OR (pay_by IS NOT NULL))),
  constraint secured_has_time CHECK (((state = ANY (ARRAY['pending_payment'::text, 'expired'::text])) OR (secured_at IS NOT NULL)))
);

create table bank_transfer (
  id uuid not null,
  account_id uuid not null,
  state text not null,
  amount_minor bigint not null,
  currency currency not null,
  bank_reference text not null,
  note text not null,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  reversal_reason text,
  reversal_proposed_by uuid,
  reversal_proposed_at timestamp with time zone,
  reversal_decided_by uuid,
  reversal_decided_at timestamp with time zone,
  reversal_id uuid,
  grant_id uuid,
  proposal_id uuid,
  constraint bank_reference_is_plain CHECK ((bank_reference ~ '^[A-Z0-9/.:+-]{3,140}$'::text)),
  constraint bank_transfer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint bank_transfer_amount_positive CHECK ((amount_minor > 0)),
  constraint bank_transfer_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES alone_grant(id),
  constraint bank_transfer_pkey PRIMARY KEY (id),
  constraint bank_transfer_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint bank_transfer_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_account(id),
  constraint bank_transfer_reversal_decided_by_fkey FOREIGN KEY (reversal_decided_by) REFERENCES staff_account(id),
  constraint bank_transfer_reversal_proposed_by_fkey FOREIGN KEY (reversal_proposed_by) REFERENCES staff_account(id),
  constraint bank_transfer_reversal_unique UNIQUE (reversal_id),
  constraint bank_transfer_state_known CHECK ((state = ANY (ARRAY['credited'::text, 'reversal_proposed'::text, 'reversed'::text]))),
  constraint credit_is_granted_or_approved CHECK ((num_nonnulls(grant_id, proposal_id) = 1)),
  constraint only_a_reversed_transfer_is_decided CHECK ((num_nulls(reversal_id, reversal_decided_by, reversal_decided_at) =
CASE state
    WHEN 'reversed'::text THEN 0
    ELSE 3
END)),
  constraint reversal_is_proposed_with_reason CHECK ((num_nulls(reversal_reason, reversal_proposed_by, reversal_proposed_at) =
CASE state
    WHEN 'credited'::text THEN 3
    ELSE 0
END)),
  constraint reversal_needs_two_people CHECK ((reversal_decided_by <> reversal_proposed_by))
);

create table batch_drift (
  zone text not null,
  day date not null,
  measure_at timestamp with time zone,
  measured_at timestamp with time zone,
  names integer not null default 0,
  open integer not null default 0,
  observed integer not null default 0,
  median_seconds double precision,
  spread_seconds double precision,
  earliest_seconds double precision,
  latest_seconds double precision,
  from_shift_seconds integer not null default 0,
  to_shift_seconds integer not null default 0,
  change_id uuid,
  beyond boolean not null default false,
  constraint batch_drift_change_id_fkey FOREIGN KEY (change_id) REFERENCES schedule_change(id),
  constraint batch_drift_pkey PRIMARY KEY (zone, day),
  constraint batch_drift_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name),
  constraint only_observed_drift_has_median CHECK (((observed = 0) = (median_seconds IS NULL)))
);

create table billing_profile (
  account_id uuid not null,
  legal_name text not null,
  address text not null,
  country text not null,
  tax_id text,
  email text not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint billing_address_told CHECK ((address <> ''::text)),
  constraint billing_country_is_alpha_2 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint billing_email_told CHECK ((email <> ''::text)),
  constraint billing_name_told CHECK ((legal_name <> ''::text)),
  constraint billing_profile_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint billing_profile_pkey PRIMARY KEY (account_id),
  constraint billing_profile_version_positive CHECK ((version > 0))
);

create table blocked_name (
  id uuid not null,
  name text not null,
  zone text not null,
  reason text not null,
  blocked_by text not null,
  blocked_at timestamp with time zone not null,
  until_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  constraint block_ends_after_it_began CHECK ((LEAST(until_at, ended_at) >= blocked_at)),
  constraint blocked_name_pkey PRIMARY KEY (id),
  constraint blocked_name_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name),
  constraint ended_block_says_by_whom CHECK ((num_nonnulls(ended_at, ended_by, end_reason) = ANY (ARRAY[0, 3])))
);

create table bulk_order (
  id uuid not null,
  account_id uuid not null,
  key_id uuid not null,
  sub_account_id uuid,
  idempotency_key text not null,
  items integer not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone,
  claimed_by uuid,
  claimed_until timestamp with time zone,
  constraint bulk_order_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint bulk_order_is_bounded CHECK (((items >= 1) AND (items <= 1000))),
  constraint bulk_order_is_of_own_sub_account FOREIGN KEY (account_id, sub_account_id) REFERENCES sub_account(account_id, id),
  constraint bulk_order_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_key(id),
  constraint bulk_order_pkey PRIMARY KEY (id)
);

create table bulk_order_item (
  bulk_order_id uuid not null,
  position integer not null,
  name text not null,
  terms jsonb not null,
  state text not null,
  backorder_id uuid,
  code text,
  detail text,
  parts jsonb,
  constraint bulk_item_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'placed'::text, 'refused'::text]))),
  constraint bulk_order_item_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint bulk_order_item_bulk_order_id_fkey FOREIGN KEY (bulk_order_id) REFERENCES bulk_order(id),
  constraint bulk_order_item_pkey PRIMARY KEY (bulk_order_id, "position"),
  constraint placed_item_has_its_order CHECK (((state = 'placed'::text) = (backorder_id IS NOT NULL))),
  constraint refused_item_says_why CHECK ((((state = 'refused'::text) = (code IS NOT NULL)) AND ((code IS NULL) = (detail IS NULL))))
);

create table catch_attempt (
  cltrid text not null,
  target_id uuid not null,
  registry_account_id text not null,
  command text not null,
  sent_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  round_trip_us integer,
  outcome text not null,
  code integer,
  message text,
  svtrid text,
  constraint answered_attempt_has_code CHECK (((outcome = 'answered'::text) = (code IS NOT NULL))),
  constraint attempt_command_known CHECK ((command = ANY (ARRAY['create'::text, 'info'::text, 'fee_check'::text, 'rdap'::text]))),
  constraint attempt_outcome_known CHECK ((outcome = ANY (ARRAY['answered'::text, 'not_sent'::text, 'unknown'::text]))),
  constraint catch_attempt_pkey PRIMARY KEY (cltrid),
  constraint catch_attempt_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint catch_attempt_target_id_fkey FOREIGN KEY (target_id) REFERENCES catch_target(id)
);

create table catch_target (
  id uuid not null,
  listing_id uuid not null,
  backorder_id uuid not null,
  registry_id text not null,
  name text not null,
  state text not null,
  ordered_at timestamp with time zone not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  grace_until timestamp with time zone not null,
  fee_max_minor bigint not null,
  fee_currency currency not null,
  prior_clid text,
  prior_cr_date timestamp with time zone,
  prepared_at timestamp with time zone,
  armed_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_code integer,
  decided_by text,
  cr_date timestamp with time zone,
  holder_clid text,
  decided_basis text,
  deciding_cltrid text,
  proposal_id uuid,
  attempts_removed_at timestamp with time zone,
  arming integer not null default 1,
  fired_at timestamp with time zone,
  expected_from timestamp with time zone,
  expected_to timestamp with time zone,
  drift_change_id uuid,
  winner_created_at timestamp with time zone,
  creates integer,
  wasted_creates integer,
  lost_by_min_ms integer,
  lost_by_max_ms integer,
  prior_updated_at timestamp with time zone,
  prior_roid text,
  constraint a_win_is_newer_than_the_deleted CHECK (((state <> 'registered'::text) OR (prior_cr_date IS NULL) OR (cr_date > prior_cr_date))),
  constraint catch_target_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint catch_target_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES registry_account(id),
  constraint catch_target_drift_change_id_fkey FOREIGN KEY (drift_change_id) REFERENCES schedule_change(id),
  constraint catch_target_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint catch_target_pkey PRIMARY KEY (id),
  constraint catch_target_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint catch_target_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint catch_target_state_known CHECK ((state = ANY (ARRAY['armed'::text, 'firing'::text, 'ambiguous'::text, 'awaiting_award'::text, 'disarmed'::text, 'registered'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text]))),
  constraint decided_target_has_time CHECK (((decided_at IS NOT NULL) = (state = ANY (ARRAY['registered'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text])))),
  constraint loss_margin_is_an_interval CHECK ((((lost_by_min_ms IS NULL) = (lost_by_max_ms IS NULL)) AND (lost_by_min_ms >= 0) AND (lost_by_min_ms <= lost_by_max_ms))),
  constraint only_decided_has_basis CHECK (((decided_basis IS NULL) OR (decided_at IS NOT NULL))),
  constraint only_decided_has_creates CHECK ((((creates IS NULL) = (wasted_creates IS NULL)) AND ((creates IS NULL) OR (decided_at IS NOT NULL)))),
  constraint only_lost_has_margin CHECK (((lost_by_min_ms IS NULL) OR (state = 'lost'::text))),
  constraint only_lost_has_winner CHECK (((winner_created_at IS NULL) OR (state = 'lost'::text))),
  constraint only_registered_has_cr_date CHECK (((state = 'registered'::text) = (cr_date IS NOT NULL))),
  constraint target_basis_known CHECK ((decided_basis = ANY (ARRAY['create'::text, 'info'::text, 'fee_check'::text, 'rdap'::text, 'presumed'::text]))),
  constraint target_window_ordered CHECK (((drop_from <= drop_to) AND (drop_to <= grace_until))),
  constraint wasted_creates_within_creates CHECK (((wasted_creates >= 0) AND (wasted_creates <= creates)))
);

create table change_notice (
  xid xid8 not null default pg_current_xact_id(),
  resource text not null,
  record_id text,
  noted_at timestamp with time zone not null default clock_timestamp()
);

create table closed_balance (
  month date not null,
  currency currency not null,
  ledger_account text not null,
  opening_minor bigint not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  closing_minor bigint not null,
  postings bigint not null,
  constraint closed_balance_month_fkey FOREIGN KEY (month) REFERENCES closed_month(month),
  constraint closed_balance_pkey PRIMARY KEY (month, currency, ledger_account),
  constraint closing_balance_follows CHECK ((closing_minor = ((opening_minor + credit_minor) - debit_minor))),
  constraint month_moves_are_not_negative CHECK (((debit_minor >= 0) AND (credit_minor >= 0) AND (postings >= 0)))
);

create table closed_month (
  month date not null,
  ends_at timestamp with time zone not null,
  proposal_id uuid not null,
  closed_at timestamp with time zone not null,
  sha256 bytea not null,
  constraint closed_month_has_a_hash CHECK ((octet_length(sha256) = 32)),
  constraint closed_month_is_a_month CHECK (((EXTRACT(day FROM month) = (1)::numeric) AND (ends_at = ((month + '1 mon'::interval) AT TIME ZONE 'UTC'::text)))),
  constraint closed_month_pkey PRIMARY KEY (month),
  constraint closed_month_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint one_month_per_proposal UNIQUE (proposal_id),
  constraint only_a_past_month_is_closed CHECK (((closed_at - ends_at) >= '01:00:00'::interval))
);

create table closed_month_item (
  month date not null,
  kind text not null,
  item_id uuid not null,
  explanation text not null,
  constraint closed_month_item_known CHECK ((kind = ANY (ARRAY['reconciliation_item'::text, 'finance_task'::text, 'refund'::text]))),
  constraint closed_month_item_month_fkey FOREIGN KEY (month) REFERENCES closed_month(month),
  constraint closed_month_item_pkey PRIMARY KEY (month, kind, item_id),
  constraint open_item_is_explained CHECK ((btrim(explanation) <> ''::text))
);

create table confirmation (
  listing_id uuid not null,
  suspicion integer not null default 1,
  opened_at timestamp with time zone not null,
  try_after timestamp with time zone not null,
  means text,
  rdap_host text,
  held boolean not null default false,
  attempts integer not null default 0,
  closed_at timestamp with time zone,
  result text,
  constraint closed_confirmation_has_result CHECK (((closed_at IS NULL) = (result IS NULL))),
  constraint confirmation_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint confirmation_means_known CHECK ((means = ANY (ARRAY['info'::text, 'rdap'::text]))),
  constraint confirmation_pkey PRIMARY KEY (listing_id),
  constraint confirmation_result_known CHECK ((result = ANY (ARRAY['pending_delete'::text, 'withdrawn'::text, 'listed'::text, 'ended'::text]))),
  constraint rdap_confirmation_names_host CHECK (((rdap_host IS NOT NULL) = (NOT (means IS DISTINCT FROM 'rdap'::text))))
);

create table confirmation_answer (
  id uuid not null,
  listing_id uuid not null,
  suspicion integer not null,
  means text not null,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  registry_account_id text,
  url text,
  cltrid text,
  svtrid text,
  code integer,
  verdict text not null,
  finding text not null,
  statuses text[] not null default '{}'::text[],
  rgp_statuses text[] not null default '{}'::text[],
  cr_date timestamp with time zone,
  ex_date timestamp with time zone,
  registrar text,
  decides boolean not null,
  constraint answer_means_known CHECK ((means = ANY (ARRAY['info'::text, 'rdap'::text]))),
  constraint answer_names_whom_was_asked CHECK ((num_nonnulls(registry_account_id, url) = 1)),
  constraint answer_verdict_known CHECK ((verdict = ANY (ARRAY['pending_delete'::text, 'withdrawn'::text, 'gone'::text, 'undecided'::text]))),
  constraint confirmation_answer_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES confirmation(listing_id),
  constraint confirmation_answer_pkey PRIMARY KEY (id),
  constraint confirmation_answer_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint only_a_shown_state_decides CHECK (((NOT decides) OR ((verdict = ANY (ARRAY['pending_delete'::text, 'withdrawn'::text])) AND (answered_at IS NOT NULL))))
);

create table connection_test (
  id uuid not null,
  registry_account_id text not null,
  state text not null,
  requested_at timestamp with time zone not null,
  requested_by text not null,
  started_at timestamp with time zone,
  decided_at timestamp with time zone,
  step text,
  findings jsonb not null default '{}'::jsonb,
  answer_code integer,
  message text,
  constraint connection_step_known CHECK ((step = ANY (ARRAY['credentials'::text, 'connect'::text, 'greeting'::text, 'login'::text, 'hello'::text]))),
  constraint connection_test_pkey PRIMARY KEY (id),
  constraint connection_test_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint connection_test_state_known CHECK ((state = ANY (ARRAY['requested'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'unanswered'::text]))),
  constraint decided_connection_test_has_time CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'unanswered'::text])) = (decided_at IS NOT NULL))),
  constraint failed_connection_test_says_why CHECK (((state <> 'failed'::text) OR ((step IS NOT NULL) AND (message IS NOT NULL))))
);

create table contact (
  id uuid not null,
  account_id uuid,
  details jsonb,
  created_at timestamp with time zone not null,
  account_contact_id uuid,
  version integer,
  constraint contact_account_contact_id_fkey FOREIGN KEY (account_contact_id) REFERENCES account_contact(id),
  constraint contact_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint contact_of_an_account_has_version CHECK ((num_nonnulls(account_id, account_contact_id, version) = ANY (ARRAY[0, 3]))),
  constraint contact_pkey PRIMARY KEY (id),
  constraint one_contact_per_version UNIQUE (account_contact_id, version),
  constraint only_a_resellers_contact_is_erased CHECK (((details IS NOT NULL) OR (account_contact_id IS NOT NULL)))
);

create table default_contact (
  registry_account_id text not null,
  role text not null,
  contact_id uuid not null,
  set_at timestamp with time zone not null,
  constraint default_contact_is_asked_for FOREIGN KEY (contact_id, registry_account_id) REFERENCES registry_contact(contact_id, registry_account_id),
  constraint default_contact_role_known CHECK ((role = ANY (ARRAY['registrant'::text, 'admin'::text, 'tech'::text, 'billing'::text]))),
  constraint one_default_contact_at_a_time PRIMARY KEY (registry_account_id, role, set_at)
);

create table delivery_attempt (
  delivery_id uuid not null,
  number integer not null,
  attempted_at timestamp with time zone not null,
  duration_ms integer not null,
  status integer,
  answer text,
  failure text,
  constraint attempt_duration_not_negative CHECK ((duration_ms >= 0)),
  constraint attempt_number_from_one CHECK ((number >= 1)),
  constraint delivery_attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES event_delivery(id) ON DELETE CASCADE,
  constraint one_entry_per_attempt PRIMARY KEY (delivery_id, number)
);

create table dispute (
  id uuid not null,
  payment_id uuid not null,
  provider_dispute_id text not null,
  state text not null,
  amount_minor bigint not null,
  currency currency not null,
  opened_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  reversal_id uuid,
  reason text not null default 'general'::text,
  evidence_due_at timestamp with time zone,
  answered_at timestamp with time zone,
  constraint decided_dispute_has_time CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint dispute_amount_positive CHECK ((amount_minor > 0)),
  constraint dispute_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  constraint dispute_pkey PRIMARY KEY (id),
  constraint dispute_reason_known CHECK ((reason = ANY (ARRAY['fraudulent'::text, 'unrecognized'::text, 'duplicate'::text, 'credit_not_processed'::text, 'product_not_received'::text, 'product_unacceptable'::text, 'subscription_canceled'::text, 'general'::text]))),
  constraint dispute_reversal_unique UNIQUE (reversal_id),
  constraint dispute_state_known CHECK ((state = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text]))),
  constraint only_a_won_dispute_is_reversed CHECK (((state = 'won'::text) = (reversal_id IS NOT NULL))),
  constraint provider_dispute_unique UNIQUE (provider_dispute_id)
);

create table dispute_evidence (
  dispute_id uuid not null,
  state text not null,
  fields jsonb not null,
  version integer not null default 1,
  saved_by uuid not null,
  saved_at timestamp with time zone not null,
  submission_id uuid,
  submitted_by uuid,
  submitted_at timestamp with time zone,
  ended_at timestamp with time zone,
  try_after timestamp with time zone,
  attempts integer not null default 0,
  failure text,
  constraint dispute_evidence_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES dispute(id),
  constraint dispute_evidence_pkey PRIMARY KEY (dispute_id),
  constraint dispute_evidence_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES staff_account(id),
  constraint dispute_evidence_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES staff_account(id),
  constraint ended_submission_has_time CHECK (((state = ANY (ARRAY['submitted'::text, 'refused'::text])) = (ended_at IS NOT NULL))),
  constraint evidence_is_an_object CHECK ((jsonb_typeof(fields) = 'object'::text)),
  constraint evidence_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'submitting'::text, 'submitted'::text, 'refused'::text]))),
  constraint evidence_version_positive CHECK ((version > 0)),
  constraint refused_evidence_says_why CHECK (((state <> 'refused'::text) OR (failure IS NOT NULL))),
  constraint submission_is_whole CHECK ((num_nonnulls(submission_id, submitted_by, submitted_at) =
CASE state
    WHEN 'draft'::text THEN 0
    ELSE 3
END)),
  constraint submission_unique UNIQUE (submission_id),
  constraint submitted_evidence_says_something CHECK (((state = 'draft'::text) OR (fields <> '{}'::jsonb))),
  constraint waiting_submission_is_tried CHECK (((state = 'submitting'::text) = (try_after IS NOT NULL)))
);

create table drop_list (
  id uuid not null,
  made_at timestamp with time zone not null,
  published_at timestamp with time zone not null,
  names integer not null,
  bytes bigint not null,
  sha256 bytea not null,
  constraint drop_list_names_not_negative CHECK ((names >= 0)),
  constraint drop_list_pkey PRIMARY KEY (id),
  constraint one_drop_list_per_publication UNIQUE (published_at)
);

create table drop_list_part (
  list_id uuid not null,
  number integer not null,
  zone text,
  bytes integer not null,
  content bytea not null,
  constraint drop_list_part_has_its_bytes CHECK ((bytes = octet_length(content))),
  constraint drop_list_part_list_id_fkey FOREIGN KEY (list_id) REFERENCES drop_list(id) ON DELETE CASCADE,
  constraint drop_list_part_pkey PRIMARY KEY (list_id, number)
);

create table drop_list_window (
  list_id uuid not null,
  zone text not null,
  day date not null,
  names integer not null,
  cutoff_at timestamp with time zone not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  constraint drop_list_window_list_id_fkey FOREIGN KEY (list_id) REFERENCES drop_list(id) ON DELETE CASCADE,
  constraint drop_list_window_pkey PRIMARY KEY (list_id, zone, day)
);

create table drop_list_zone (
  list_id uuid not null,
  zone text not null,
  names integer not null,
  bytes bigint not null,
  sha256 bytea not null,
  constraint drop_list_zone_list_id_fkey FOREIGN KEY (list_id) REFERENCES drop_list(id) ON DELETE CASCADE,
  constraint drop_list_zone_pkey PRIMARY KEY (list_id, zone)
);

create table event (
  id uuid not null,
  topic text not null,
  account_id uuid,
  subject_id uuid not null,
  data jsonb not null,
  occurred_at timestamp with time zone not null default clock_timestamp(),
  position bigint,
  sub_account_id uuid,
  constraint event_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint event_is_of_own_sub_account FOREIGN KEY (account_id, sub_account_id) REFERENCES sub_account(account_id, id),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_topic_known CHECK ((topic = ANY (ARRAY['backorder.held'::text, 'backorder.hold_lapsing'::text, 'backorder.expired'::text, 'backorder.secured'::text, 'backorder.rescheduled'::text, 'backorder.premium_flagged'::text, 'backorder.contact_refused'::text, 'backorder.contact_pending'::text, 'backorder.registering'::text, 'backorder.successful'::text, 'backorder.failed'::text, 'watch.cutoff_near'::text, 'watch.rescheduled'::text, 'drop_list.published'::text, 'renewal.paid'::text, 'renewal.expired'::text, 'renewal.successful'::text, 'renewal.failed'::text, 'registration.expiring'::text, 'registration.expired'::text, 'registration.auto_renewed'::text, 'registration.deletion_requested'::text, 'registration.ended'::text, 'registration_request.succeeded'::text, 'registration_request.failed'::text, 'refund.succeeded'::text, 'refund.failed'::text, 'payment.failed'::text, 'payment.disputed'::text, 'payment.dispute_won'::text, 'payment.charged_back'::text, 'account.topped_up'::text, 'account.top_up_reversed'::text, 'account.credited'::text, 'balance.low'::text, 'invoice.issued'::text, 'credit_note.issued'::text, 'webhook_endpoint.tested'::text, 'webhook_endpoint.disabled'::text, 'alarm.opened'::text, 'alarm.closed'::text, 'alarm.tested'::text]))),
  constraint only_alarms_and_lists_are_of_no_account CHECK (((account_id IS NULL) = (starts_with(topic, 'alarm.'::text) OR (topic = 'drop_list.published'::text))))
);

create table event_delivery (
  id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  receiver_id uuid not null,
  state text not null default 'pending'::text,
  created_at timestamp with time zone not null default clock_timestamp(),
  try_after timestamp with time zone not null default clock_timestamp(),
  attempts integer not null default 0,
  taken_by uuid,
  decided_at timestamp with time zone,
  answer text,
  failure text,
  subject_id uuid,
  position bigint,
  waits boolean not null default false,
  first_tried_at timestamp with time zone,
  constraint decided_delivery_has_time CHECK (((state = 'pending'::text) = (decided_at IS NULL))),
  constraint delivery_attempts_not_negative CHECK ((attempts >= 0)),
  constraint delivery_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
  constraint event_delivery_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint event_delivery_pkey PRIMARY KEY (id),
  constraint event_delivery_receiver_id_fkey FOREIGN KEY (receiver_id) REFERENCES event_receiver(id),
  constraint one_delivery_per_receiver UNIQUE (event_id, receiver_id)
);

create table event_feed (
  id boolean not null default true,
  last_position bigint not null default 0,
  pruned_position bigint not null default 0,
  constraint event_feed_pkey PRIMARY KEY (id),
  constraint one_event_feed CHECK (id),
  constraint pruned_events_were_numbered CHECK (((pruned_position >= 0) AND (pruned_position <= last_position)))
);

create table event_receiver (
  id uuid not null,
  kind text not null,
  account_id uuid,
  address text not null,
  secret_reference text,
  topics text[],
  alarm_kinds text[],
  created_at timestamp with time zone not null default clock_timestamp(),
  disabled_at timestamp with time zone,
  description text,
  version integer not null default 1,
  disabled_reason text,
  deleted_at timestamp with time zone,
  secret_salt bytea,
  previous_secret_salt bytea,
  previous_secret_until timestamp with time zone,
  secret_key_id text,
  previous_secret_key_id text,
  constraint deleted_receiver_is_disabled CHECK (((deleted_at IS NULL) OR (disabled_at IS NOT NULL))),
  constraint disabled_endpoint_has_reason CHECK (((secret_salt IS NULL) OR ((disabled_at IS NULL) = (disabled_reason IS NULL)))),
  constraint disabled_reason_known CHECK ((disabled_reason = ANY (ARRAY['requested'::text, 'gone'::text, 'failing'::text]))),
  constraint endpoint_has_secret CHECK ((((kind = 'webhook'::text) AND (account_id IS NOT NULL)) = (secret_salt IS NOT NULL))),
  constraint event_receiver_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint event_receiver_pkey PRIMARY KEY (id),
  constraint only_endpoints_want_everything CHECK (((topics IS NOT NULL) OR (secret_salt IS NOT NULL))),
  constraint previous_key_is_of_a_secret CHECK (((previous_secret_key_id IS NULL) OR (previous_secret_salt IS NOT NULL))),
  constraint previous_secret_has_end CHECK (((previous_secret_salt IS NULL) = (previous_secret_until IS NULL))),
  constraint receiver_kind_known CHECK ((kind = ANY (ARRAY['webhook'::text, 'mail'::text]))),
  constraint receiver_wants_a_topic CHECK ((cardinality(topics) > 0)),
  constraint secret_has_key CHECK (((secret_salt IS NULL) = (secret_key_id IS NULL)))
);

create table fee_answer (
  id uuid not null,
  listing_id uuid not null,
  registry_account_id text not null,
  cltrid text not null,
  svtrid text,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  code integer,
  verdict text not null,
  fee_minor bigint,
  currency currency,
  fee_class text,
  finding text,
  changed boolean not null,
  constraint fee_answer_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint fee_answer_pkey PRIMARY KEY (id),
  constraint fee_answer_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint fee_has_currency CHECK (((fee_minor IS NULL) = (currency IS NULL))),
  constraint fee_verdict_known CHECK ((verdict = ANY (ARRAY['standard'::text, 'premium'::text, 'unknown'::text]))),
  constraint only_a_shown_fee_changes_the_flag CHECK (((NOT changed) OR ((verdict <> 'unknown'::text) AND (answered_at IS NOT NULL)))),
  constraint unknown_fee_says_why CHECK (((verdict = 'unknown'::text) = (finding IS NOT NULL)))
);

create table fee_check (
  listing_id uuid not null,
  registry_id text not null,
  try_after timestamp with time zone not null,
  attempts integer not null default 0,
  constraint fee_check_pkey PRIMARY KEY (listing_id),
  constraint fee_check_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id)
);

create table finance_task (
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  detail text not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  note text,
  constraint closed_task_says_why CHECK (((closed_at IS NULL) = (note IS NULL))),
  constraint finance_task_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES staff_account(id),
  constraint finance_task_known CHECK ((kind = ANY (ARRAY['refund_failed'::text, 'refund_stuck'::text, 'payment_unexpected'::text, 'dispute_unexpected'::text]))),
  constraint finance_task_pkey PRIMARY KEY (id)
);

create table goodwill_credit (
  id uuid not null,
  account_id uuid not null,
  amount_minor bigint not null,
  currency currency not null,
  reason text not null,
  proposal_id uuid not null,
  credited_at timestamp with time zone not null,
  constraint goodwill_credit_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint goodwill_credit_pkey PRIMARY KEY (id),
  constraint goodwill_credit_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint goodwill_has_a_reason CHECK ((btrim(reason) <> ''::text)),
  constraint goodwill_is_positive CHECK ((amount_minor > 0)),
  constraint one_goodwill_per_proposal UNIQUE (proposal_id)
);

create table idempotency_key (
  account_id uuid not null,
  key text not null,
  item integer not null,
  content_sha256 bytea not null,
  status smallint not null,
  location text,
  body text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint idempotency_content_is_a_hash CHECK ((octet_length(content_sha256) = 32)),
  constraint idempotency_item_not_negative CHECK ((item >= 0)),
  constraint idempotency_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint idempotency_key_in_length CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
  constraint one_answer_per_idempotency_key PRIMARY KEY (account_id, key, item),
  constraint stored_answer_is_a_success CHECK (((status >= 200) AND (status <= 299)))
);

create table invoice (
  id uuid not null,
  kind text not null,
  mode text not null,
  year integer not null,
  sequence integer not null,
  number text not null,
  issued_at timestamp with time zone not null,
  account_id uuid not null,
  backorder_id uuid,
  renewal_id uuid,
  credits_invoice_id uuid,
  refund_id uuid,
  buyer_name text not null,
  buyer_address text not null,
  buyer_country text not null,
  buyer_tax_id text,
  buyer_email text not null,
  seller_name text not null,
  seller_address text not null,
  seller_country text not null,
  seller_tax_id text,
  service text not null,
  name text not null,
  name_unicode text not null,
  years integer not null,
  service_from timestamp with time zone not null,
  service_to timestamp with time zone not null,
  currency currency not null,
  gross_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  tax_basis_points integer not null,
  tax_note text,
  constraint credit_note_is_of_a_refund FOREIGN KEY (refund_id) REFERENCES refund(id) DEFERRABLE INITIALLY DEFERRED,
  constraint credit_note_is_of_its_invoice FOREIGN KEY (credits_invoice_id, mode, account_id, currency) REFERENCES invoice(id, mode, account_id, currency),
  constraint credit_note_names_its_cause CHECK ((((kind = 'credit_note'::text) = (credits_invoice_id IS NOT NULL)) AND ((kind = 'credit_note'::text) = (refund_id IS NOT NULL)))),
  constraint invoice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint invoice_adds_up CHECK (((net_minor >= 0) AND ((net_minor + tax_minor) = gross_minor))),
  constraint invoice_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint invoice_gross_positive CHECK ((gross_minor > 0)),
  constraint invoice_has_one_subject CHECK ((num_nonnulls(backorder_id, renewal_id) =
CASE kind
    WHEN 'invoice'::text THEN 1
    ELSE 0
END)),
  constraint invoice_is_of_its_series FOREIGN KEY (kind, mode, year) REFERENCES invoice_series(kind, mode, year),
  constraint invoice_is_of_its_year CHECK ((EXTRACT(year FROM (issued_at AT TIME ZONE 'UTC'::text)) = (year)::numeric)),
  constraint invoice_is_of_years CHECK ((years > 0)),
  constraint invoice_kind_known CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
  constraint invoice_mode_known CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint invoice_number_unique UNIQUE (number),
  constraint invoice_of_account UNIQUE (id, mode, account_id, currency),
  constraint invoice_pkey PRIMARY KEY (id),
  constraint invoice_renewal_id_fkey FOREIGN KEY (renewal_id) REFERENCES renewal(id),
  constraint invoice_service_known CHECK ((service = ANY (ARRAY['registration'::text, 'renewal'::text]))),
  constraint invoice_tax_not_negative CHECK ((tax_minor >= 0)),
  constraint one_credit_note_per_refund UNIQUE (refund_id),
  constraint service_period_ordered CHECK ((service_from < service_to))
);

create table invoice_series (
  kind text not null,
  mode text not null,
  year integer not null,
  prefix text not null,
  last_sequence integer not null default 0,
  constraint invoice_series_pkey PRIMARY KEY (kind, mode, year),
  constraint series_kind_known CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
  constraint series_mode_known CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint series_prefix_unique UNIQUE (prefix),
  constraint series_year_has_four_digits CHECK (((year >= 2000) AND (year <= 9999))),
  constraint test_series_says_so CHECK (((mode = 'test'::text) = starts_with(prefix, 'TEST-'::text)))
);

create table lapse_notice (
  backorder_id uuid not null,
  notified_at timestamp with time zone not null,
  constraint lapse_notice_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint one_notice_per_hold PRIMARY KEY (backorder_id)
);

create table list_source (
  id uuid not null,
  registry_id text not null,
  address text not null,
  format text,
  scope_kind text,
  time_zone text not null default 'UTC'::text,
  expected_by time without time zone,
  late_allowance_seconds integer not null default 1800,
  late_after_seconds integer default 93600,
  credentials text,
  precedence integer not null default 0,
  enabled boolean not null default true,
  poll_seconds integer,
  suspected_percent_max integer,
  moved_percent_max integer,
  rows_percent_min integer,
  created_at timestamp with time zone not null default clock_timestamp(),
  configured_at timestamp with time zone,
  list_at timestamp with time zone not null default clock_timestamp(),
  good_at timestamp with time zone,
  tried_at timestamp with time zone,
  next_try_at timestamp with time zone not null default clock_timestamp(),
  failures integer not null default 0,
  failure_code text,
  failure text,
  requested text,
  claimed_by uuid,
  claimed_until timestamp with time zone,
  etag text,
  last_modified text,
  content_sha256 bytea,
  version integer not null default 1,
  constraint failing_source_says_why CHECK (((failures = 0) OR ((failure IS NOT NULL) AND (failure_code IS NOT NULL)))),
  constraint list_source_pkey PRIMARY KEY (id),
  constraint list_source_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint list_source_version_positive CHECK ((version > 0)),
  constraint one_source_per_address UNIQUE (registry_id, address),
  constraint source_address_has_no_password CHECK ((address !~ '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@'::text)),
  constraint source_allowance_fits CHECK (((late_allowance_seconds >= 0) AND (late_allowance_seconds <= 86400))),
  constraint source_claim_ends CHECK (((claimed_by IS NULL) = (claimed_until IS NULL))),
  constraint source_failure_known CHECK ((failure_code = ANY (ARRAY['unreachable'::text, 'timed_out'::text, 'http_status'::text, 'redirect_refused'::text, 'credentials_unknown'::text, 'path_not_readable'::text, 'too_large'::text, 'not_a_list'::text, 'not_text'::text, 'archive_not_readable'::text, 'interrupted'::text, 'not_staged'::text]))),
  constraint source_late_after_fits CHECK (((late_after_seconds >= 1) AND (late_after_seconds <= 31622400))),
  constraint source_moved_limit_fits CHECK (((moved_percent_max >= 0) AND (moved_percent_max <= 100))),
  constraint source_poll_fits CHECK (((poll_seconds >= 1) AND (poll_seconds <= 604800))),
  constraint source_precedence_fits CHECK (((precedence >= '-1000'::integer) AND (precedence <= 1000))),
  constraint source_request_known CHECK ((requested = ANY (ARRAY['list'::text, 'dry_run'::text]))),
  constraint source_rows_limit_fits CHECK (((rows_percent_min >= 0) AND (rows_percent_min <= 100))),
  constraint source_scope_known CHECK ((scope_kind = ANY (ARRAY['snapshot'::text, 'increment'::text]))),
  constraint source_suspected_limit_fits CHECK (((suspected_percent_max >= 0) AND (suspected_percent_max <= 100)))
);

create table listing (
  id uuid not null,
  name text not null,
  zone text not null,
  cycle integer not null default 1,
  state text not null,
  tier text not null default 'standard'::text,
  premium boolean not null default false,
  reserved boolean not null default false,
  suspect boolean not null default false,
  opens_at timestamp with time zone not null,
  cutoff_at timestamp with time zone not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  holder uuid,
  sync_run_id uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  version integer not null default 1,
  override_id uuid,
  listed_cutoff_at timestamp with time zone,
  listed_drop_from timestamp with time zone,
  listed_drop_to timestamp with time zone,
  publication_id uuid,
  label text not null generated always as listing_label(name, zone),
  label_length smallint not null generated always as length(listing_label(name, zone)),
  label_class text not null generated always as label_class(listing_label(name, zone)),
  label_kinds text generated always as label_kinds(listing_label(name, zone)),
  label_repeats text generated always as label_repeats(listing_label(name, zone)),
  price_rule_id uuid,
  constraint cutoff_before_drop CHECK ((cutoff_at <= drop_from)),
  constraint drop_window_ordered CHECK ((drop_from <= drop_to)),
  constraint ended_listing_has_time CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['caught'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text, 'unsold'::text])))),
  constraint holder_is_a_backorder FOREIGN KEY (holder, id) REFERENCES backorder(id, listing_id) DEFERRABLE INITIALLY DEFERRED,
  constraint listing_cycle_unique UNIQUE (name, cycle),
  constraint listing_of_name UNIQUE (id, name),
  constraint listing_pkey PRIMARY KEY (id),
  constraint listing_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES sync_run(id),
  constraint listing_state_known CHECK ((state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text, 'caught'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text, 'unsold'::text]))),
  constraint listing_sync_run_id_fkey FOREIGN KEY (sync_run_id) REFERENCES sync_run(id),
  constraint listing_times_fit CHECK (((LEAST(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) >= '1970-01-01 00:00:00+00'::timestamp with time zone) AND (GREATEST(opens_at, cutoff_at, drop_from, drop_to, listed_cutoff_at, listed_drop_from, listed_drop_to) < '2100-01-01 00:00:00+00'::timestamp with time zone))),
  constraint listing_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name),
  constraint override_in_force FOREIGN KEY (override_id) REFERENCES schedule_override(id),
  constraint override_keeps_what_lists_say CHECK ((((override_id IS NULL) = (listed_cutoff_at IS NULL)) AND ((override_id IS NULL) = (listed_drop_from IS NULL)) AND ((override_id IS NULL) = (listed_drop_to IS NULL)))),
  constraint upcoming_listing_has_no_holder CHECK (((state <> 'upcoming'::text) OR (holder IS NULL)))
);

create table member (
  id uuid not null,
  email text not null,
  name text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  language text not null,
  currency currency not null,
  terms_version text not null,
  terms_accepted_at timestamp with time zone not null,
  invitation_id uuid,
  account_id uuid,
  role text,
  erased_at timestamp with time zone,
  constraint erased_member_has_no_account CHECK (((erased_at IS NULL) OR (account_id IS NULL))),
  constraint member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint member_email_is_lower_case CHECK ((email = lower(email))),
  constraint member_email_unique UNIQUE (email),
  constraint member_has_a_name CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint member_language_known CHECK ((language = ANY (ARRAY['en'::text, 'zh'::text]))),
  constraint member_of_account_has_role CHECK ((num_nonnulls(account_id, role) = ANY (ARRAY[0, 2]))),
  constraint member_pkey PRIMARY KEY (id),
  constraint member_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'buyer'::text, 'viewer'::text]))),
  constraint only_verified_member_has_account CHECK (((account_id IS NULL) OR email_verified OR (erased_at IS NOT NULL)))
);

create table member_credential (
  id uuid not null,
  member_id uuid not null,
  subject text not null,
  provider text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint member_credential_is_a_password CHECK ((provider = 'credential'::text)),
  constraint member_credential_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint member_credential_pkey PRIMARY KEY (id),
  constraint one_password_per_member UNIQUE (member_id, provider)
);

create table member_invitation (
  id uuid not null,
  account_id uuid not null,
  email text not null,
  role text not null,
  invited_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint invited_email_is_lower_case CHECK ((email = lower(email))),
  constraint invited_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'buyer'::text, 'viewer'::text]))),
  constraint member_invitation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint member_invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES member(id),
  constraint member_invitation_pkey PRIMARY KEY (id),
  constraint one_invitation_per_address UNIQUE (account_id, email)
);

create table member_mail (
  id uuid not null,
  member_id uuid not null,
  state text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  due_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  attempts integer not null default 0,
  taken_by uuid,
  decided_at timestamp with time zone,
  kinds text[] not null,
  answer text,
  unsubscribe_key bytea not null,
  constraint decided_mail_has_time CHECK (((state = ANY (ARRAY['gathering'::text, 'sending'::text])) = (decided_at IS NULL))),
  constraint gathering_mail_is_open CHECK (((state = 'gathering'::text) = (closed_at IS NULL))),
  constraint mail_attempts_not_negative CHECK ((attempts >= 0)),
  constraint mailed_kinds_known CHECK ((kinds <@ ARRAY['secured'::text, 'rescheduled'::text, 'premium'::text, 'result'::text, 'refund'::text, 'invoice'::text, 'balance'::text, 'renewal'::text, 'watch'::text])),
  constraint member_mail_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint member_mail_pkey PRIMARY KEY (id),
  constraint member_mail_state_known CHECK ((state = ANY (ARRAY['gathering'::text, 'sending'::text, 'sent'::text, 'refused'::text, 'given_up'::text, 'dropped'::text]))),
  constraint unsubscribe_key_cannot_be_guessed CHECK ((octet_length(unsubscribe_key) = 16)),
  constraint unsubscribe_key_is_of_one_mail UNIQUE (unsubscribe_key)
);

create table member_mail_bounce (
  member_id uuid not null,
  email text not null,
  at timestamp with time zone not null default clock_timestamp(),
  answer text,
  constraint bounced_email_is_lower_case CHECK ((email = lower(email))),
  constraint member_mail_bounce_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint member_mail_bounce_pkey PRIMARY KEY (member_id)
);

create table member_mail_event (
  member_id uuid not null,
  event_id uuid not null,
  mail_id uuid not null,
  constraint member_mail_event_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint member_mail_event_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES member_mail(id) ON DELETE CASCADE,
  constraint member_mail_event_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint one_mail_per_person_and_event PRIMARY KEY (event_id, member_id)
);

create table member_mail_feed (
  id boolean not null default true,
  planned_position bigint not null,
  constraint member_mail_feed_pkey PRIMARY KEY (id),
  constraint one_member_mail_feed CHECK (id)
);

create table member_mail_off (
  member_id uuid not null,
  kind text not null,
  since timestamp with time zone not null default clock_timestamp(),
  constraint mail_kind_known CHECK ((kind = ANY (ARRAY['secured'::text, 'rescheduled'::text, 'premium'::text, 'result'::text, 'refund'::text, 'invoice'::text, 'balance'::text, 'renewal'::text, 'watch'::text]))),
  constraint member_mail_off_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint one_choice_per_person_and_kind PRIMARY KEY (member_id, kind)
);

create table member_notice_seen (
  member_id uuid not null,
  notice_id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint member_notice_seen_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint member_notice_seen_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES account_notice(id) ON DELETE CASCADE,
  constraint notice_is_put_away_once PRIMARY KEY (member_id, notice_id)
);

create table member_request_count (
  id uuid not null,
  key text not null,
  count integer not null,
  last_request bigint not null,
  constraint member_request_count_key_unique UNIQUE (key),
  constraint member_request_count_pkey PRIMARY KEY (id)
);

create table member_session (
  id uuid not null,
  token text not null,
  member_id uuid not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  constraint member_session_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id) ON DELETE CASCADE,
  constraint member_session_pkey PRIMARY KEY (id),
  constraint member_session_token_unique UNIQUE (token)
);

create table member_verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint member_verification_pkey PRIMARY KEY (id)
);

create table observed_drop (
  listing_id uuid not null,
  kind text not null,
  zone text not null,
  day date not null,
  expected_from timestamp with time zone not null,
  expected_to timestamp with time zone not null,
  at_from timestamp with time zone,
  at_to timestamp with time zone not null,
  in_batch boolean not null,
  evidence text not null,
  recorded_at timestamp with time zone not null,
  constraint observed_drop_pkey PRIMARY KEY (listing_id, kind),
  constraint observed_drop_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name),
  constraint observed_interval_ordered CHECK ((at_from <= at_to)),
  constraint observed_kind_known CHECK ((kind = ANY (ARRAY['create'::text, 'creation_date'::text, 'flip'::text, 'list'::text]))),
  constraint observed_window_ordered CHECK ((expected_from <= expected_to))
);

create table observed_list_name (
  run_id uuid not null,
  name text not null,
  zone text not null,
  day date not null,
  constraint observed_list_name_pkey PRIMARY KEY (run_id, name),
  constraint observed_list_name_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE
);

create table order_statistic (
  day date not null,
  zone text not null,
  release text not null,
  currency currency not null,
  price_band smallint not null,
  outcome text not null,
  orders bigint not null,
  creates bigint not null,
  wasted_creates bigint not null,
  lost_by_10ms bigint not null,
  lost_by_100ms bigint not null,
  lost_by_1s bigint not null,
  lost_by_10s bigint not null,
  lost_by_more bigint not null,
  lost_by_unknown bigint not null,
  constraint counted_waste_within_creates CHECK (((wasted_creates >= 0) AND (wasted_creates <= creates))),
  constraint every_counted_loss_has_a_class CHECK (((LEAST(lost_by_10ms, lost_by_100ms, lost_by_1s, lost_by_10s, lost_by_more, lost_by_unknown) >= 0) AND ((((((lost_by_10ms + lost_by_100ms) + lost_by_1s) + lost_by_10s) + lost_by_more) + lost_by_unknown) =
CASE outcome
    WHEN 'lost'::text THEN orders
    ELSE (0)::bigint
END))),
  constraint one_statistic_per_group PRIMARY KEY (day, zone, release, currency, price_band, outcome),
  constraint order_statistic_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name),
  constraint statistic_is_of_orders CHECK ((orders > 0)),
  constraint statistic_outcome_known CHECK ((outcome = ANY (ARRAY['registered'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text]))),
  constraint statistic_price_band_known CHECK (((price_band >= 0) AND (price_band <= 3))),
  constraint statistic_release_known CHECK ((release = ANY (ARRAY['daily_batch'::text, 'exact_instant'::text, 'random_in_window'::text, 'open_window'::text, 'applications'::text])))
);

create table outbox (
  id uuid not null,
  topic text not null,
  account_id uuid,
  subject_id uuid not null,
  payload jsonb not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  delivered_at timestamp with time zone,
  constraint outbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint outbox_pkey PRIMARY KEY (id)
);

create table password_change (
  id uuid not null,
  registry_account_id text not null,
  to_name text not null,
  state text not null,
  requested_at timestamp with time zone not null,
  requested_by text not null,
  attempts integer not null default 0,
  decided_at timestamp with time zone,
  answer_code integer,
  message text,
  constraint decided_password_change_has_time CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'canceled'::text])) = (decided_at IS NOT NULL))),
  constraint next_password_is_named CHECK ((to_name <> ''::text)),
  constraint password_change_pkey PRIMARY KEY (id),
  constraint password_change_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint password_change_state_known CHECK ((state = ANY (ARRAY['requested'::text, 'sent'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text])))
);

create table past_zone_policy (
  zone text not null,
  replaced_at timestamp with time zone not null,
  drop_time_zone text not null,
  drop_starts_at time without time zone not null,
  drop_also_at time without time zone[] not null,
  drop_lasts_seconds integer not null,
  early_seconds integer not null,
  late_seconds integer not null,
  cutoff_lead_seconds integer not null,
  constraint past_zone_policy_pkey PRIMARY KEY (zone, replaced_at),
  constraint past_zone_policy_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
);

create table payment (
  id uuid not null,
  account_id uuid not null,
  backorder_id uuid,
  method text not null,
  state text not null,
  amount_minor bigint not null,
  captured_minor bigint not null default 0,
  currency currency not null,
  secures boolean not null default false,
  created_at timestamp with time zone not null,
  purpose text not null default 'backorder'::text,
  listing_id uuid,
  provider text,
  provider_id text,
  pay_by timestamp with time zone,
  poll_after timestamp with time zone,
  polls integer not null default 0,
  renewal_id uuid,
  sub_account_id uuid,
  return_url text,
  constraint captured_when_succeeded CHECK (((state = ANY (ARRAY['succeeded'::text, 'disputed'::text, 'charged_back'::text])) = (captured_minor > 0))),
  constraint captured_within_amount CHECK (((captured_minor >= 0) AND (captured_minor <= amount_minor))),
  constraint card_order_names_listing CHECK (((method <> 'card'::text) OR (purpose <> 'backorder'::text) OR (listing_id IS NOT NULL))),
  constraint only_the_balance_has_a_sub_account CHECK (((sub_account_id IS NULL) OR (method = 'balance'::text))),
  constraint payment_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint payment_amount_positive CHECK ((amount_minor > 0)),
  constraint payment_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint payment_is_for_one_thing CHECK ((num_nonnulls(backorder_id, renewal_id) <= 1)),
  constraint payment_is_of_own_sub_account FOREIGN KEY (account_id, sub_account_id) REFERENCES sub_account(account_id, id),
  constraint payment_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint payment_method_known CHECK ((method = ANY (ARRAY['balance'::text, 'card'::text]))),
  constraint payment_pkey PRIMARY KEY (id),
  constraint payment_purpose_known CHECK ((purpose = ANY (ARRAY['backorder'::text, 'top_up'::text, 'renewal'::text]))),
  constraint payment_renewal_id_fkey FOREIGN KEY (renewal_id) REFERENCES renewal(id),
  constraint payment_state_known CHECK ((state = ANY (ARRAY['requires_action'::text, 'processing'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text, 'disputed'::text, 'charged_back'::text]))),
  constraint provider_payment_unique UNIQUE (provider, provider_id),
  constraint renewal_payment_names_renewal CHECK (((purpose = 'renewal'::text) = (renewal_id IS NOT NULL))),
  constraint return_url_is_a_web_page CHECK (((return_url ~ '^https?://'::text) AND (char_length(return_url) <= 500))),
  constraint securing_payment_is_captured CHECK (((NOT secures) OR ((COALESCE(backorder_id, renewal_id) IS NOT NULL) AND (captured_minor = amount_minor))))
);

create table payout (
  id uuid not null,
  provider text not null,
  provider_payout_id text not null,
  state text not null,
  amount_minor bigint not null,
  currency currency not null,
  made_at timestamp with time zone not null,
  arrives_at timestamp with time zone not null,
  is_itemised boolean not null,
  itemised_at timestamp with time zone,
  bank_reference text,
  bank_date date,
  matched_by uuid,
  matched_at timestamp with time zone,
  version integer not null default 1,
  constraint bank_line_is_named CHECK ((btrim(bank_reference) <> ''::text)),
  constraint only_itemised_has_movements CHECK (((itemised_at IS NULL) OR is_itemised)),
  constraint payout_match_is_whole CHECK ((num_nonnulls(bank_reference, bank_date, matched_by, matched_at) = ANY (ARRAY[0, 4]))),
  constraint payout_matched_by_fkey FOREIGN KEY (matched_by) REFERENCES staff_account(id),
  constraint payout_not_zero CHECK ((amount_minor <> 0)),
  constraint payout_pkey PRIMARY KEY (id),
  constraint payout_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'in_transit'::text, 'paid'::text, 'failed'::text, 'canceled'::text]))),
  constraint payout_unique UNIQUE (provider, provider_payout_id),
  constraint payout_version_positive CHECK ((version > 0))
);

create table pending_change (
  run_id uuid not null,
  listing_id uuid not null,
  kind text not null,
  constraint pending_change_known CHECK ((kind = ANY (ARRAY['carried'::text, 'absent'::text]))),
  constraint pending_change_pkey PRIMARY KEY (run_id, kind, listing_id),
  constraint pending_change_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE
);

create table pending_contact_notice (
  backorder_id uuid not null,
  contact_id uuid not null,
  notified_at timestamp with time zone not null,
  constraint one_notice_per_pending_contact PRIMARY KEY (backorder_id, contact_id),
  constraint pending_contact_notice_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint pending_contact_notice_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id)
);

create table pending_terms (
  listing_id uuid not null,
  constraint pending_terms_pkey PRIMARY KEY (listing_id)
);

create table posting (
  cause text not null,
  cause_id uuid not null,
  line smallint not null,
  ledger_account text not null,
  account_id uuid,
  backorder_id uuid,
  amount_minor bigint not null,
  currency currency not null,
  posted_at timestamp with time zone not null default clock_timestamp(),
  payment_id uuid,
  renewal_id uuid,
  bank_transfer_id uuid,
  constraint balance_posting_names_account CHECK (((ledger_account <> 'customer_balance'::text) OR (account_id IS NOT NULL))),
  constraint escrow_posting_names_order CHECK (((ledger_account <> 'escrow'::text) OR (num_nonnulls(backorder_id, renewal_id) = 1))),
  constraint ledger_account_known CHECK ((ledger_account = ANY (ARRAY['customer_balance'::text, 'escrow'::text, 'revenue'::text, 'refunds_payable'::text, 'provider_clearing'::text, 'unapplied_receipts'::text, 'bank_clearing'::text, 'goodwill'::text, 'provider_fees'::text, 'currency_exchange'::text]))),
  constraint money_at_the_bank_names_transfer CHECK (((ledger_account <> 'bank_clearing'::text) OR (bank_transfer_id IS NOT NULL) OR (cause = 'payout'::text))),
  constraint money_to_return_names_payment CHECK (((ledger_account <> ALL (ARRAY['unapplied_receipts'::text, 'refunds_payable'::text])) OR (payment_id IS NOT NULL))),
  constraint posting_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint posting_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint posting_bank_transfer_id_fkey FOREIGN KEY (bank_transfer_id) REFERENCES bank_transfer(id),
  constraint posting_cause_known CHECK ((cause = ANY (ARRAY['top_up'::text, 'top_up_reversed'::text, 'receipt'::text, 'secure'::text, 'settle'::text, 'refund'::text, 'refund_paid'::text, 'refund_returned'::text, 'refund_expired'::text, 'dispute'::text, 'dispute_won'::text, 'goodwill'::text, 'provider_fee'::text, 'payout'::text, 'exchange_out'::text, 'exchange_in'::text]))),
  constraint posting_not_zero CHECK ((amount_minor <> 0)),
  constraint posting_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  constraint posting_pkey PRIMARY KEY (cause, cause_id, line),
  constraint posting_renewal_id_fkey FOREIGN KEY (renewal_id) REFERENCES renewal(id),
  constraint top_up_only_adds CHECK (((cause <> 'top_up'::text) OR (ledger_account <> 'customer_balance'::text) OR (amount_minor > 0)))
);

create table price_amount (
  id uuid not null,
  rule_id uuid not null,
  currency currency not null,
  amount_minor bigint,
  list_id uuid,
  starts_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint no_price_is_in_force_without_amount CHECK (((amount_minor IS NOT NULL) OR (started_at IS NULL) OR (ended_at IS NOT NULL))),
  constraint price_amount_list_id_fkey FOREIGN KEY (list_id) REFERENCES price_list(id),
  constraint price_amount_pkey PRIMARY KEY (id),
  constraint price_amount_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES price_rule(id),
  constraint price_ends_after_it_started CHECK ((ended_at >= started_at)),
  constraint price_positive CHECK ((amount_minor > 0)),
  constraint price_starts_in_time CHECK ((started_at >= starts_at))
);

create table price_list (
  id uuid not null,
  title text not null,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint price_list_has_a_reason CHECK ((btrim(reason) <> ''::text)),
  constraint price_list_pkey PRIMARY KEY (id)
);

create table price_rule (
  id uuid not null,
  zone text,
  kind text not null,
  match text not null,
  label_like text,
  label_kinds text[],
  label_repeats text[],
  label_classes text[],
  length_min smallint,
  length_max smallint,
  weight smallint not null default 0,
  in_force_since timestamp with time zone,
  constraint one_price_rule_per_match UNIQUE NULLS NOT DISTINCT (zone, kind, match),
  constraint price_rule_compares_by_kind CHECK ((((kind = 'pattern'::text) = (num_nonnulls(label_like, label_kinds, label_repeats, label_classes) = 1)) AND ((kind = 'length'::text) = (num_nonnulls(length_min, length_max) = 2)))),
  constraint price_rule_kind_known CHECK ((kind = ANY (ARRAY['name'::text, 'pattern'::text, 'length'::text, 'tier'::text]))),
  constraint price_rule_of_name_has_no_zone CHECK (((kind <> 'name'::text) OR (zone IS NULL))),
  constraint price_rule_pkey PRIMARY KEY (id),
  constraint price_rule_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
);

create table proposal (
  id uuid not null,
  kind text not null,
  subject text not null,
  terms jsonb not null,
  reason text not null,
  state text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  note text,
  constraint decided_proposal_has_decider CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint ended_proposal_has_time CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint proposal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff_account(id),
  constraint proposal_is_decided_by_another CHECK ((decided_by <> proposed_by)),
  constraint proposal_kind_known CHECK ((kind = ANY (ARRAY['target_outcome'::text, 'bank_transfer'::text, 'credit_limit'::text, 'withdrawal'::text, 'registry_stop'::text, 'month_close'::text, 'goodwill_credit'::text]))),
  constraint proposal_pkey PRIMARY KEY (id),
  constraint proposal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff_account(id),
  constraint proposal_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'expired'::text])))
);

create table provider_booking (
  id uuid not null,
  provider text not null,
  movement_id text not null,
  kind text not null,
  amount_minor bigint not null,
  currency currency not null,
  booked_at timestamp with time zone not null,
  constraint booking_is_of_a_movement FOREIGN KEY (provider, movement_id) REFERENCES provider_movement(provider, movement_id),
  constraint one_booking_of_a_kind_per_movement UNIQUE (provider, movement_id, kind),
  constraint provider_booking_known CHECK ((kind = ANY (ARRAY['provider_fee'::text, 'payout'::text, 'exchange_out'::text, 'exchange_in'::text]))),
  constraint provider_booking_not_zero CHECK ((amount_minor <> 0)),
  constraint provider_booking_pkey PRIMARY KEY (id)
);

create table provider_event (
  provider text not null,
  event_id text not null,
  about text not null,
  object_id text not null,
  received_at timestamp with time zone not null,
  handled_at timestamp with time zone,
  try_after timestamp with time zone not null,
  attempts integer not null default 0,
  failure text,
  constraint provider_event_known CHECK ((about = ANY (ARRAY['payment'::text, 'refund'::text, 'dispute'::text, 'other'::text]))),
  constraint provider_event_pkey PRIMARY KEY (provider, event_id)
);

create table provider_movement (
  provider text not null,
  movement_id text not null,
  kind text not null,
  object_id text,
  amount_minor bigint,
  currency currency,
  settled_minor bigint not null,
  settled_currency currency not null,
  fee_minor bigint not null,
  fee_currency currency not null,
  moved_at timestamp with time zone not null,
  told_first text not null,
  told_last text not null,
  first_told_at timestamp with time zone not null,
  last_told_at timestamp with time zone not null,
  last_told_run uuid not null,
  gone_at timestamp with time zone,
  payout_id uuid,
  booked_at timestamp with time zone,
  constraint movement_amount_has_currency CHECK (((amount_minor IS NULL) = (currency IS NULL))),
  constraint provider_movement_known CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text, 'refund_failure'::text, 'dispute'::text, 'dispute_reversal'::text, 'fee'::text, 'payout'::text, 'other'::text]))),
  constraint provider_movement_last_told_run_fkey FOREIGN KEY (last_told_run) REFERENCES reconciliation_run(id),
  constraint provider_movement_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payout(id),
  constraint provider_movement_pkey PRIMARY KEY (provider, movement_id)
);

create table provider_task (
  id uuid not null,
  kind text not null,
  payment_id uuid not null,
  created_at timestamp with time zone not null,
  try_after timestamp with time zone not null,
  attempts integer not null default 0,
  done_at timestamp with time zone,
  failure text,
  constraint one_task_of_a_kind_per_payment UNIQUE (payment_id, kind),
  constraint provider_task_known CHECK ((kind = ANY (ARRAY['create_intent'::text, 'cancel_intent'::text]))),
  constraint provider_task_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  constraint provider_task_pkey PRIMARY KEY (id)
);

create table rdap_host (
  host text not null,
  request_id uuid,
  free_at timestamp with time zone not null,
  constraint rdap_host_pkey PRIMARY KEY (host)
);

create table receiver_queue (
  receiver_id uuid not null,
  due_at timestamp with time zone,
  failures integer not null default 0,
  failing_since timestamp with time zone,
  not_before timestamp with time zone,
  delivered_at timestamp with time zone,
  recover_since timestamp with time zone,
  recover_position bigint,
  constraint failing_receiver_has_start CHECK (((failures >= 0) AND ((failures > 0) = (failing_since IS NOT NULL)))),
  constraint only_failing_receivers_pause CHECK (((not_before IS NULL) OR (failures > 0))),
  constraint receiver_queue_pkey PRIMARY KEY (receiver_id),
  constraint receiver_queue_receiver_id_fkey FOREIGN KEY (receiver_id) REFERENCES event_receiver(id)
);

create table reconciliation_balance (
  run_id uuid not null,
  currency currency not null,
  held_minor bigint not null,
  clearing_minor bigint not null,
  pending_minor bigint not null,
  constraint reconciliation_balance_pkey PRIMARY KEY (run_id, currency),
  constraint reconciliation_balance_run_id_fkey FOREIGN KEY (run_id) REFERENCES reconciliation_run(id)
);

create table reconciliation_item (
  id uuid not null,
  side text not null,
  source text not null,
  kind text not null,
  subject text not null,
  our_type text,
  our_id text,
  their_ids text[] not null,
  ours_minor bigint,
  ours_currency currency,
  theirs_minor bigint,
  theirs_currency currency,
  detail text not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  last_seen_run uuid not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  note text,
  constraint closed_item_says_why CHECK (((closed_at IS NULL) = (note IS NULL))),
  constraint open_item_has_no_closer CHECK (((closed_by IS NULL) OR (closed_at IS NOT NULL))),
  constraint our_amount_has_currency CHECK (((ours_minor IS NULL) = (ours_currency IS NULL))),
  constraint our_subject_is_whole CHECK (((our_type IS NULL) = (our_id IS NULL))),
  constraint reconciliation_item_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES staff_account(id),
  constraint reconciliation_item_last_seen_run_fkey FOREIGN KEY (last_seen_run) REFERENCES reconciliation_run(id),
  constraint reconciliation_item_pkey PRIMARY KEY (id),
  constraint reconciliation_kind_known CHECK ((kind = ANY (ARRAY['missing_there'::text, 'unknown_here'::text, 'doubled'::text, 'altered'::text, 'unreadable'::text, 'sum_differs'::text, 'broken'::text]))),
  constraint reconciliation_side_known CHECK ((side = ANY (ARRAY['provider'::text, 'registry'::text, 'ledger'::text]))),
  constraint their_amount_has_currency CHECK (((theirs_minor IS NULL) = (theirs_currency IS NULL)))
);

create table reconciliation_request (
  id uuid not null,
  reason text not null,
  requested_by uuid not null,
  requested_at timestamp with time zone not null,
  run_id uuid,
  constraint reconciliation_has_a_reason CHECK ((btrim(reason) <> ''::text)),
  constraint reconciliation_request_pkey PRIMARY KEY (id),
  constraint reconciliation_request_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES staff_account(id),
  constraint reconciliation_request_run_id_fkey FOREIGN KEY (run_id) REFERENCES reconciliation_run(id)
);

create table reconciliation_run (
  id uuid not null,
  cause text not null,
  service_day date,
  started_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  failure text,
  provider text,
  provider_from timestamp with time zone,
  provider_to timestamp with time zone,
  movements integer not null default 0,
  entries integer not null default 0,
  findings integer not null default 0,
  unmatched integer not null default 0,
  step text,
  constraint daily_run_has_a_day CHECK (((cause = 'daily'::text) = (service_day IS NOT NULL))),
  constraint failed_run_has_ended CHECK (((failure IS NULL) OR (finished_at IS NOT NULL))),
  constraint only_a_running_reconciliation_has_a_step CHECK (((step IS NULL) OR (finished_at IS NULL))),
  constraint reconciliation_cause_known CHECK ((cause = ANY (ARRAY['daily'::text, 'command'::text, 'request'::text]))),
  constraint reconciliation_run_pkey PRIMARY KEY (id),
  constraint reconciliation_step_known CHECK ((step = ANY (ARRAY['movements'::text, 'payouts'::text, 'matching'::text, 'reports'::text, 'books'::text])))
);

create table refund (
  id uuid not null,
  payment_id uuid not null,
  cause text not null,
  state text not null,
  destination text not null,
  amount_minor bigint not null,
  currency currency not null,
  retries_refund_id uuid,
  created_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  reason_code text,
  note text,
  proposed_by uuid,
  decided_by uuid,
  decision_note text,
  by_rule boolean not null default true,
  alone_limit_minor bigint,
  expires_at timestamp with time zone,
  approved_sha256 bytea,
  provider_refund_id text,
  try_after timestamp with time zone,
  attempts integer not null default 0,
  failure text,
  notify boolean not null default true,
  name text,
  constraint alone_by_rule_within_limit CHECK (((alone_limit_minor IS NULL) OR (by_rule AND (decided_by IS NULL) AND (amount_minor <= alone_limit_minor)))),
  constraint automatic_refund_is_told CHECK (((cause = 'manual'::text) OR notify)),
  constraint exception_needs_two_people CHECK ((by_rule OR (state = ANY (ARRAY['proposed'::text, 'rejected'::text, 'expired'::text])) OR (decided_by IS NOT NULL))),
  constraint manual_refund_has_a_reason CHECK (((cause <> 'manual'::text) OR ((reason_code IS NOT NULL) AND (note IS NOT NULL) AND (btrim(note) <> ''::text)))),
  constraint manual_refund_is_decided_by_someone CHECK (((cause <> 'manual'::text) OR (retries_refund_id IS NOT NULL) OR (state = ANY (ARRAY['proposed'::text, 'expired'::text])) OR (decided_by IS NOT NULL) OR (alone_limit_minor IS NOT NULL))),
  constraint manual_refund_is_proposed CHECK ((((cause = 'manual'::text) OR (retries_refund_id IS NOT NULL)) = (proposed_by IS NOT NULL))),
  constraint proposed_refund_expires CHECK (((state <> 'proposed'::text) OR (expires_at IS NOT NULL))),
  constraint proposer_does_not_decide CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
  constraint provider_refund_unique UNIQUE (provider_refund_id),
  constraint refund_amount_positive CHECK ((amount_minor > 0)),
  constraint refund_cause_known CHECK ((cause = ANY (ARRAY['backorder_failed'::text, 'late_payment'::text, 'duplicate_payment'::text, 'renewal_failed'::text, 'manual'::text]))),
  constraint refund_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff_account(id),
  constraint refund_destination_known CHECK ((destination = ANY (ARRAY['balance'::text, 'original_payment'::text]))),
  constraint refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  constraint refund_pkey PRIMARY KEY (id),
  constraint refund_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff_account(id),
  constraint refund_reason_known CHECK ((reason_code = ANY (ARRAY['goodwill'::text, 'service_fault'::text, 'wrong_charge'::text, 'legal'::text, 'other'::text]))),
  constraint refund_retries_refund_id_fkey FOREIGN KEY (retries_refund_id) REFERENCES refund(id),
  constraint refund_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'processing'::text, 'succeeded'::text, 'failed'::text, 'rejected'::text, 'expired'::text])))
);

create table refund_limit (
  currency currency not null,
  alone_minor bigint not null,
  grant_alone_minor bigint not null default 0,
  constraint grant_limit_not_negative CHECK ((grant_alone_minor >= 0)),
  constraint refund_limit_not_negative CHECK ((alone_minor >= 0)),
  constraint refund_limit_pkey PRIMARY KEY (currency)
);

create table refused_contact_notice (
  backorder_id uuid not null,
  contact_id uuid not null,
  notified_at timestamp with time zone not null,
  constraint one_notice_per_refused_contact PRIMARY KEY (backorder_id, contact_id),
  constraint refused_contact_notice_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint refused_contact_notice_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id)
);

create table registration (
  id uuid not null,
  backorder_id uuid not null,
  account_id uuid not null,
  registry_account_id text not null,
  name text not null,
  cr_date timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  statuses text[],
  rgp_statuses text[],
  name_servers jsonb,
  contacts jsonb,
  confirm_after timestamp with time zone default (clock_timestamp() + '00:01:00'::interval),
  ended_at timestamp with time zone,
  end_reason text,
  notice_expires_at timestamp with time zone,
  notice_days integer,
  auto_renewed_until timestamp with time zone,
  renewable_until timestamp with time zone,
  deletion_requested_at timestamp with time zone,
  constraint auto_renewal_is_later CHECK ((auto_renewed_until > expires_at)),
  constraint confirmed_registration_is_described CHECK ((num_nonnulls(confirmed_at, statuses, rgp_statuses, name_servers, contacts) = ANY (ARRAY[0, 5]))),
  constraint deleted_only_when_no_longer_renewable CHECK ((deletion_requested_at >= renewable_until)),
  constraint deletion_has_a_last_day CHECK (((deletion_requested_at IS NULL) OR (renewable_until IS NOT NULL))),
  constraint ended_registration_has_reason CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint ended_registration_is_not_asked_about CHECK (((ended_at IS NULL) = (confirm_after IS NOT NULL))),
  constraint expiry_notice_is_of_an_expiry CHECK ((num_nonnulls(notice_expires_at, notice_days) <> 1)),
  constraint expiry_notice_known CHECK ((notice_days = ANY (ARRAY[30, 7, 0]))),
  constraint one_registration_per_backorder UNIQUE (backorder_id),
  constraint registration_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint registration_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint registration_end_known CHECK ((end_reason = ANY (ARRAY['not_held'::text, 'deleted'::text]))),
  constraint registration_expires_later CHECK ((expires_at > cr_date)),
  constraint registration_of_account UNIQUE (id, account_id),
  constraint registration_pkey PRIMARY KEY (id),
  constraint registration_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint renewable_after_the_expiry CHECK ((renewable_until >= expires_at))
);

create table registration_request (
  id uuid not null,
  registration_id uuid not null,
  account_id uuid not null,
  kind text not null,
  wanted jsonb,
  state text not null,
  failure_reason text,
  answer_code integer,
  answer_message text,
  created_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint all_but_auth_codes_say_what_is_wanted CHECK (((kind = 'auth_code'::text) = (wanted IS NULL))),
  constraint change_is_requested_by_the_holder FOREIGN KEY (registration_id, account_id) REFERENCES registration(id, account_id),
  constraint decided_registration_request_has_time CHECK (((state = ANY (ARRAY['succeeded'::text, 'failed'::text])) = (decided_at IS NOT NULL))),
  constraint only_failed_registration_request_has_reason CHECK (((state = 'failed'::text) = (failure_reason IS NOT NULL))),
  constraint registration_request_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint registration_request_failure_known CHECK ((failure_reason = ANY (ARRAY['refused'::text, 'not_held'::text, 'unavailable'::text]))),
  constraint registration_request_kind_known CHECK ((kind = ANY (ARRAY['name_servers'::text, 'contacts'::text, 'auth_code'::text]))),
  constraint registration_request_pkey PRIMARY KEY (id),
  constraint registration_request_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'processing'::text, 'succeeded'::text, 'failed'::text])))
);

create table registry (
  id text not null,
  profile text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  suspected_percent_max integer not null default 20,
  moved_percent_max integer not null default 20,
  rows_percent_min integer not null default 30,
  publications bigint not null default 0,
  rejects_percent_max integer not null default 50,
  confirm_by text[] not null default '{info,rdap}'::text[],
  rdap_per_minute_max integer not null default 60,
  version integer not null default 1,
  constraint confirm_by_known CHECK (((((confirm_by = '{info}'::text[]) OR (confirm_by = '{rdap}'::text[])) OR (confirm_by = '{info,rdap}'::text[])) OR (confirm_by = '{rdap,info}'::text[]))),
  constraint moved_percent_is_one CHECK (((moved_percent_max >= 0) AND (moved_percent_max <= 100))),
  constraint profile_is_known CHECK ((profile = ANY (ARRAY['generic'::text, 'verisign-like'::text, 'co-like'::text, 'nz-like'::text, 'fr-like'::text, 'uk-like'::text, 'no-like'::text, 'ee-like'::text, 'nl-like'::text, 'dropzone-like'::text, 'nomulus-like'::text, 'strict-like'::text]))),
  constraint rdap_per_minute_in_range CHECK (((rdap_per_minute_max >= 1) AND (rdap_per_minute_max <= 6000))),
  constraint registry_pkey PRIMARY KEY (id),
  constraint registry_version_positive CHECK ((version > 0)),
  constraint rejects_percent_is_one CHECK (((rejects_percent_max >= 0) AND (rejects_percent_max <= 100))),
  constraint rows_percent_is_one CHECK (((rows_percent_min >= 0) AND (rows_percent_min <= 100))),
  constraint suspected_percent_is_one CHECK (((suspected_percent_max >= 0) AND (suspected_percent_max <= 100)))
);

create table registry_account (
  id text not null,
  registry_id text not null,
  clid text not null,
  host text,
  port integer,
  is_simulator boolean not null default false,
  sessions_max integer,
  commands_per_second_max integer,
  name_gap_ms integer,
  failed_creates_per_day_max integer,
  idle_seconds_max integer,
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_expires_at timestamp with time zone,
  commands_per_minute_max integer,
  session_life_seconds_max integer,
  session_commands_max integer,
  session_gap_ms integer,
  login_pause_ms integer,
  error_pause_ms integer,
  checks_count_as_failed boolean,
  transit_ms_max integer,
  commands_in_flight_max integer,
  source_address inet,
  client_certificate text,
  driven_epoch bigint,
  driven_until timestamp with time zone,
  password_expires_at timestamp with time zone,
  password_name text,
  failures_reserved integer,
  failures_reserved_at timestamp with time zone,
  constraint client_certificate_is_named CHECK ((client_certificate <> ''::text)),
  constraint commands_in_flight_positive CHECK ((commands_in_flight_max > 0)),
  constraint commands_per_minute_positive CHECK ((commands_per_minute_max > 0)),
  constraint commands_per_second_positive CHECK ((commands_per_second_max > 0)),
  constraint error_pause_not_negative CHECK ((error_pause_ms >= 0)),
  constraint failed_creates_per_day_positive CHECK ((failed_creates_per_day_max > 0)),
  constraint failures_reserved_dated CHECK (((failures_reserved IS NULL) = (failures_reserved_at IS NULL))),
  constraint failures_reserved_not_negative CHECK ((failures_reserved >= 0)),
  constraint idle_seconds_positive CHECK ((idle_seconds_max > 0)),
  constraint lease_is_whole CHECK (((lease_owner IS NULL) = (lease_expires_at IS NULL))),
  constraint login_pause_not_negative CHECK ((login_pause_ms >= 0)),
  constraint name_gap_not_negative CHECK ((name_gap_ms >= 0)),
  constraint one_account_per_clid UNIQUE (registry_id, clid),
  constraint password_is_named CHECK ((password_name <> ''::text)),
  constraint registry_account_pkey PRIMARY KEY (id),
  constraint registry_account_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint session_commands_suffice CHECK ((session_commands_max >= 3)),
  constraint session_gap_not_negative CHECK ((session_gap_ms >= 0)),
  constraint session_life_positive CHECK ((session_life_seconds_max > 0)),
  constraint sessions_max_positive CHECK ((sessions_max > 0)),
  constraint source_address_is_one CHECK ((masklen(source_address) =
CASE family(source_address)
    WHEN 4 THEN 32
    ELSE 128
END)),
  constraint transit_positive CHECK ((transit_ms_max > 0))
);

create table registry_account_status (
  registry_account_id text not null,
  lease_epoch bigint not null,
  lease_owner uuid not null,
  leased_at timestamp with time zone not null,
  phase text not null,
  problems text[] not null,
  sessions_open integer,
  sessions_allowed integer,
  drop_sessions_open integer,
  drop_sessions_allowed integer,
  login_at timestamp with time zone,
  login_refused_at timestamp with time zone,
  login_refused_code integer,
  commands_in_second integer not null,
  commands_in_minute integer not null,
  commands_per_second_max double precision,
  commands_per_minute_max double precision,
  creates_used integer,
  creates_allowed integer,
  creates_free_at timestamp with time zone,
  clock_offset_ms double precision,
  clock_error_ms double precision,
  clock_measured_at timestamp with time zone,
  armed integer not null,
  prepared integer not null,
  firing integer not null,
  ambiguous integer not null,
  reported_at timestamp with time zone not null,
  settings_version integer,
  constraint account_phase_known CHECK ((phase = ANY (ARRAY['connecting'::text, 'driven'::text, 'released'::text]))),
  constraint account_sessions_are_whole CHECK (((sessions_open IS NULL) = (sessions_allowed IS NULL))),
  constraint creates_budget_is_whole CHECK (((creates_used IS NULL) = (creates_allowed IS NULL))),
  constraint drop_sessions_are_whole CHECK (((drop_sessions_open IS NULL) = (drop_sessions_allowed IS NULL))),
  constraint prepared_names_are_armed CHECK (((prepared >= 0) AND (prepared <= armed))),
  constraint refused_login_has_code CHECK (((login_refused_at IS NULL) = (login_refused_code IS NULL))),
  constraint registry_account_status_pkey PRIMARY KEY (registry_account_id),
  constraint registry_account_status_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id) ON DELETE CASCADE,
  constraint registry_clock_is_whole CHECK ((num_nonnulls(clock_offset_ms, clock_error_ms, clock_measured_at) = ANY (ARRAY[0, 3])))
);

create table registry_charge (
  id uuid not null,
  registry_account_id text not null,
  kind text not null,
  name text not null,
  years integer not null,
  amount_minor bigint not null,
  currency currency not null,
  charged_at timestamp with time zone not null,
  cltrid text,
  svtrid text,
  backorder_id uuid,
  renewal_id uuid,
  basis text not null default 'configured'::text,
  registration_id uuid,
  constraint one_charge_per_backorder UNIQUE (backorder_id),
  constraint one_charge_per_renewal UNIQUE (renewal_id),
  constraint only_a_credit_is_negative CHECK (
CASE kind
    WHEN 'auto_renewal_credit'::text THEN (amount_minor <= 0)
    ELSE (amount_minor >= 0)
END),
  constraint registry_charge_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint registry_charge_basis_known CHECK ((basis = ANY (ARRAY['answered'::text, 'configured'::text]))),
  constraint registry_charge_is_for_years CHECK ((years >= 0)),
  constraint registry_charge_kind_known CHECK ((kind = ANY (ARRAY['registration'::text, 'renewal'::text, 'restore'::text, 'auto_renewal'::text, 'auto_renewal_credit'::text]))),
  constraint registry_charge_names_its_cause CHECK ((((kind = 'registration'::text) = (backorder_id IS NOT NULL)) AND ((kind = 'renewal'::text) = (renewal_id IS NOT NULL)) AND ((kind = ANY (ARRAY['auto_renewal'::text, 'auto_renewal_credit'::text])) = (registration_id IS NOT NULL)))),
  constraint registry_charge_pkey PRIMARY KEY (id),
  constraint registry_charge_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES registration(id),
  constraint registry_charge_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint registry_charge_renewal_id_fkey FOREIGN KEY (renewal_id) REFERENCES renewal(id)
);

create table registry_contact (
  contact_id uuid not null,
  registry_account_id text not null,
  handle text not null,
  state text not null,
  answer_code integer,
  answer_message text,
  decided_at timestamp with time zone,
  constraint contact_handle_fits_registries CHECK (((length(handle) >= 3) AND (length(handle) <= 16))),
  constraint decided_contact_has_time CHECK (((state = 'pending'::text) = (decided_at IS NULL))),
  constraint failed_contact_has_message CHECK (((state <> 'failed'::text) OR (answer_message IS NOT NULL))),
  constraint one_contact_at_a_registry PRIMARY KEY (contact_id, registry_account_id),
  constraint one_contact_per_handle UNIQUE (registry_account_id, handle),
  constraint registry_contact_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id),
  constraint registry_contact_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint registry_contact_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'created'::text, 'failed'::text])))
);

create table registry_entry (
  id uuid not null,
  registry_account_id text not null,
  run_id uuid not null,
  line integer not null,
  at timestamp with time zone not null,
  operation text not null,
  name text not null,
  years integer not null,
  amount_minor bigint not null,
  currency currency not null,
  svtrid text,
  constraint registry_entry_pkey PRIMARY KEY (id),
  constraint registry_entry_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint registry_entry_run_id_fkey FOREIGN KEY (run_id) REFERENCES reconciliation_run(id)
);

create table registry_host (
  registry_account_id text not null,
  phase text not null,
  position integer not null,
  host text not null,
  port integer not null,
  server_name text,
  constraint host_is_named CHECK ((host <> ''::text)),
  constraint host_phase_is_known CHECK ((phase = ANY (ARRAY['everyday'::text, 'drop'::text]))),
  constraint host_port_is_one CHECK (((port >= 1) AND (port <= 65535))),
  constraint host_position_not_negative CHECK (("position" >= 0)),
  constraint registry_host_pkey PRIMARY KEY (registry_account_id, phase, "position"),
  constraint registry_host_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint server_name_is_named CHECK ((server_name <> ''::text))
);

create table registry_maintenance (
  id uuid not null,
  registry_id text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  note text not null,
  external_id text,
  noted_at timestamp with time zone not null,
  noted_by text not null,
  canceled_at timestamp with time zone,
  constraint maintenance_ends_later CHECK ((ends_at > starts_at)),
  constraint one_maintenance_per_external_id UNIQUE (registry_id, external_id),
  constraint registry_maintenance_pkey PRIMARY KEY (id),
  constraint registry_maintenance_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id)
);

create table registry_message (
  registry_account_id text not null,
  message_id text not null,
  queued_at timestamp with time zone,
  received_at timestamp with time zone not null,
  text text not null,
  about text,
  evidence text not null,
  kind text not null default 'other'::text,
  notice jsonb,
  constraint message_kind_known CHECK ((kind = ANY (ARRAY['application'::text, 'transfer'::text, 'change'::text, 'maintenance'::text, 'balance_low'::text, 'password'::text, 'other'::text]))),
  constraint one_row_per_registry_message UNIQUE NULLS NOT DISTINCT (registry_account_id, message_id, queued_at),
  constraint registry_message_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id)
);

create table registry_request (
  id uuid not null,
  registry_account_id text not null,
  kind text not null,
  renewal_id uuid,
  state text not null,
  created_at timestamp with time zone not null,
  try_after timestamp with time zone not null,
  attempts integer not null default 0,
  cltrid text,
  svtrid text,
  answer_code integer,
  done_at timestamp with time zone,
  contact_id uuid,
  listing_id uuid,
  held boolean not null default false,
  registration_request_id uuid,
  registration_id uuid,
  constraint change_request_names_what_was_requested CHECK (((kind = ANY (ARRAY['registration_change'::text, 'auth_code_unset'::text])) = (registration_request_id IS NOT NULL))),
  constraint contact_request_names_contact CHECK (((kind = 'contact_create'::text) = (contact_id IS NOT NULL))),
  constraint delete_request_names_registration CHECK (((kind = 'delete'::text) = (registration_id IS NOT NULL))),
  constraint done_request_has_time CHECK (((state = 'done'::text) = (done_at IS NOT NULL))),
  constraint info_request_names_listing CHECK (((kind = 'info'::text) = (listing_id IS NOT NULL))),
  constraint one_deletion_per_registration UNIQUE (registration_id),
  constraint one_request_per_contact UNIQUE (contact_id, registry_account_id),
  constraint one_request_per_renewal UNIQUE (renewal_id),
  constraint registry_request_kind_known CHECK ((kind = ANY (ARRAY['renew'::text, 'contact_create'::text, 'info'::text, 'registration_change'::text, 'auth_code_unset'::text, 'delete'::text]))),
  constraint registry_request_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES confirmation(listing_id),
  constraint registry_request_pkey PRIMARY KEY (id),
  constraint registry_request_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES registration(id),
  constraint registry_request_registration_request_id_fkey FOREIGN KEY (registration_request_id) REFERENCES registration_request(id),
  constraint registry_request_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint registry_request_renewal_id_fkey FOREIGN KEY (renewal_id) REFERENCES renewal(id),
  constraint registry_request_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'done'::text]))),
  constraint renew_request_names_renewal CHECK (((kind = 'renew'::text) = (renewal_id IS NOT NULL))),
  constraint requested_contact_is_of_the_account FOREIGN KEY (contact_id, registry_account_id) REFERENCES registry_contact(contact_id, registry_account_id),
  constraint sent_request_has_cltrid CHECK (((state <> 'sent'::text) OR (cltrid IS NOT NULL)))
);

create table registry_stop (
  id uuid not null,
  registry_id text not null,
  reason text not null,
  stopped_at timestamp with time zone not null,
  stopped_by text not null,
  proposal_id uuid,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  constraint ended_stop_says_why CHECK ((num_nonnulls(ended_at, ended_by, end_reason) = ANY (ARRAY[0, 3]))),
  constraint registry_stop_pkey PRIMARY KEY (id),
  constraint registry_stop_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id),
  constraint registry_stop_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id)
);

create table release_order (
  listing_id uuid not null,
  updated_at timestamp with time zone,
  roid text,
  asked_at timestamp with time zone not null,
  constraint an_update_is_of_an_object CHECK (((updated_at IS NULL) OR (roid IS NOT NULL))),
  constraint one_place_per_listing PRIMARY KEY (listing_id),
  constraint release_order_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id) ON DELETE CASCADE
);

create table renewal (
  id uuid not null,
  registration_id uuid not null,
  account_id uuid not null,
  years integer not null,
  price_minor bigint not null,
  currency currency not null,
  quoted_expires_at timestamp with time zone not null,
  state text not null,
  failure_reason text,
  created_at timestamp with time zone not null,
  pay_by timestamp with time zone,
  paid_at timestamp with time zone,
  decided_at timestamp with time zone,
  new_expires_at timestamp with time zone,
  constraint decided_renewal_has_time CHECK (((state = ANY (ARRAY['successful'::text, 'failed'::text, 'expired'::text])) = (decided_at IS NOT NULL))),
  constraint only_failed_renewal_has_reason CHECK (((state = 'failed'::text) = (failure_reason IS NOT NULL))),
  constraint only_successful_renewal_has_expiry CHECK (((state = 'successful'::text) = (new_expires_at IS NOT NULL))),
  constraint paid_renewal_has_time CHECK (((state = ANY (ARRAY['pending_payment'::text, 'expired'::text])) = (paid_at IS NULL))),
  constraint pending_renewal_has_pay_by CHECK (((state <> 'pending_payment'::text) OR (pay_by IS NOT NULL))),
  constraint renewal_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint renewal_failure_known CHECK ((failure_reason = ANY (ARRAY['refused'::text, 'not_held'::text, 'expiry_moved'::text, 'unavailable'::text]))),
  constraint renewal_is_of_the_holder FOREIGN KEY (registration_id, account_id) REFERENCES registration(id, account_id),
  constraint renewal_moves_the_expiry CHECK ((new_expires_at > quoted_expires_at)),
  constraint renewal_pkey PRIMARY KEY (id),
  constraint renewal_price_of_order_positive CHECK ((price_minor > 0)),
  constraint renewal_state_known CHECK ((state = ANY (ARRAY['pending_payment'::text, 'paid'::text, 'renewing'::text, 'successful'::text, 'failed'::text, 'expired'::text]))),
  constraint renewal_within_ten_years CHECK ((((quoted_expires_at AT TIME ZONE 'UTC'::text) + make_interval(years => years)) <= ((created_at AT TIME ZONE 'UTC'::text) + '10 years'::interval))),
  constraint renewal_years_known CHECK (((years >= 1) AND (years <= 9)))
);

create table renewal_price (
  zone text not null,
  currency currency not null,
  per_year_minor bigint not null,
  constraint renewal_price_pkey PRIMARY KEY (zone, currency),
  constraint renewal_price_positive CHECK ((per_year_minor > 0)),
  constraint renewal_price_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
);

create table request_budget (
  account_id uuid not null,
  bucket text not null,
  window_at timestamp with time zone not null,
  quota integer not null,
  taken integer not null,
  granted integer not null,
  constraint granted_not_negative CHECK ((granted >= 0)),
  constraint one_request_budget_per_bucket PRIMARY KEY (account_id, bucket),
  constraint request_bucket_known CHECK ((bucket = ANY (ARRAY['reads'::text, 'claims'::text]))),
  constraint request_budget_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint requests_within_quota CHECK (((taken >= 0) AND (taken <= quota)))
);

create table reserved_list (
  id uuid not null,
  name text not null,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint reserved_list_has_a_reason CHECK ((btrim(reason) <> ''::text)),
  constraint reserved_list_pkey PRIMARY KEY (id)
);

create table reserved_word (
  id uuid not null,
  list_name text not null,
  zone text,
  kind text not null,
  word text not null,
  reason text not null,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint ended_word_names_its_list CHECK ((num_nonnulls(ended_by, ended_at) = ANY (ARRAY[0, 2]))),
  constraint reserved_kind_known CHECK ((kind = ANY (ARRAY['label'::text, 'contains'::text]))),
  constraint reserved_word_added_by_fkey FOREIGN KEY (added_by) REFERENCES reserved_list(id),
  constraint reserved_word_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES reserved_list(id),
  constraint reserved_word_pkey PRIMARY KEY (id),
  constraint reserved_word_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
);

create table sandbox_drop (
  id uuid not null,
  account_id uuid not null,
  zone text not null,
  labels text[] not null,
  time_scale integer not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  drops_at timestamp with time zone not null,
  attend_at timestamp with time zone not null default clock_timestamp(),
  loaded_at timestamp with time zone,
  listed_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint sandbox_drop_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint sandbox_drop_has_names CHECK ((((cardinality(labels) >= 1) AND (cardinality(labels) <= 20)) AND (array_position(labels, NULL::text) IS NULL))),
  constraint sandbox_drop_in_own_zone FOREIGN KEY (zone, account_id) REFERENCES zone(name, sandbox_account_id),
  constraint sandbox_drop_is_listed_once_loaded CHECK (((listed_at IS NULL) OR (loaded_at IS NOT NULL))),
  constraint sandbox_drop_pkey PRIMARY KEY (id),
  constraint sandbox_time_scale_in_range CHECK (((time_scale >= 1) AND (time_scale <= 2880)))
);

create table schedule_change (
  id uuid not null,
  kind text not null,
  drop_from timestamp with time zone,
  drop_to timestamp with time zone,
  cutoff_at timestamp with time zone,
  shift_seconds integer,
  cutoff_lead_seconds integer,
  filter jsonb not null,
  preview jsonb not null,
  state text not null,
  reason text,
  made_by uuid,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  applied_at timestamp with time zone,
  finished_at timestamp with time zone,
  reached uuid,
  undo_reason text,
  undone_by uuid,
  undone_by_name text,
  undone_at timestamp with time zone,
  from_shift_seconds integer,
  to_shift_seconds integer,
  constraint applied_change_has_a_reason CHECK (((state = 'draft'::text) OR ((btrim(reason) <> ''::text) AND (reason IS NOT NULL) AND (applied_at IS NOT NULL)))),
  constraint change_says_what CHECK (
CASE kind
    WHEN 'window'::text THEN ((num_nonnulls(drop_from, drop_to) = 2) AND (num_nonnulls(shift_seconds, cutoff_lead_seconds) = 0))
    WHEN 'drop_moved'::text THEN ((num_nonnulls(drop_from, drop_to) = 2) AND (num_nonnulls(cutoff_at, shift_seconds, cutoff_lead_seconds) = 0))
    WHEN 'shift'::text THEN ((shift_seconds IS NOT NULL) AND (num_nonnulls(drop_from, drop_to, cutoff_at, cutoff_lead_seconds) = 0))
    WHEN 'cutoff_lead'::text THEN ((cutoff_lead_seconds IS NOT NULL) AND (num_nonnulls(drop_from, drop_to, cutoff_at, shift_seconds) = 0))
    ELSE (num_nonnulls(drop_from, drop_to, cutoff_at, shift_seconds, cutoff_lead_seconds) = 0)
END),
  constraint changed_lead_not_negative CHECK ((cutoff_lead_seconds >= 0)),
  constraint ended_change_has_time CHECK ((((state <> ALL (ARRAY['applied'::text, 'stopped'::text])) OR (finished_at IS NOT NULL)) AND ((state <> 'undone'::text) OR (undone_at IS NOT NULL)))),
  constraint only_drift_moves_submission CHECK ((num_nonnulls(from_shift_seconds, to_shift_seconds) =
CASE kind
    WHEN 'drift'::text THEN 2
    ELSE 0
END)),
  constraint schedule_change_kind_known CHECK ((kind = ANY (ARRAY['window'::text, 'shift'::text, 'cutoff_lead'::text, 'skip_day'::text, 'drop_moved'::text, 'policy'::text, 'drift'::text]))),
  constraint schedule_change_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_account(id),
  constraint schedule_change_pkey PRIMARY KEY (id),
  constraint schedule_change_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'applying'::text, 'stopped'::text, 'applied'::text, 'undoing'::text, 'undone'::text]))),
  constraint schedule_change_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff_account(id),
  constraint undone_change_has_a_reason CHECK (((state <> ALL (ARRAY['undoing'::text, 'undone'::text])) OR ((undo_reason IS NOT NULL) AND (btrim(undo_reason) <> ''::text) AND (undone_by_name IS NOT NULL))))
);

create table schedule_change_listing (
  change_id uuid not null,
  listing_id uuid not null,
  version integer not null,
  state text not null,
  holder text not null,
  target text,
  cutoff_at timestamp with time zone not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  effect text not null,
  result text,
  skipped_for text,
  changed text[],
  override_id uuid,
  cutoff_after timestamp with time zone,
  drop_from_after timestamp with time zone,
  drop_to_after timestamp with time zone,
  undo_result text,
  undo_skipped_for text,
  constraint applied_listing_has_schedule CHECK (((NOT (result IS DISTINCT FROM 'applied'::text)) = (drop_from_after IS NOT NULL))),
  constraint change_effect_known CHECK ((effect = ANY (ARRAY['moves'::text, 'reopens'::text, 'closes'::text, 'stops'::text, 'unchanged'::text, 'not_movable'::text]))),
  constraint change_listing_holder_known CHECK ((holder = ANY (ARRAY['none'::text, 'unpaid'::text, 'secured'::text]))),
  constraint change_made_the_override FOREIGN KEY (override_id) REFERENCES schedule_override(id),
  constraint change_result_known CHECK ((result = ANY (ARRAY['applied'::text, 'unchanged'::text, 'skipped'::text]))),
  constraint change_undo_result_known CHECK ((undo_result = ANY (ARRAY['undone'::text, 'skipped'::text]))),
  constraint only_the_applied_is_undone CHECK (((undo_result IS NULL) OR (NOT (result IS DISTINCT FROM 'applied'::text)))),
  constraint schedule_change_listing_change_id_fkey FOREIGN KEY (change_id) REFERENCES schedule_change(id),
  constraint schedule_change_listing_pkey PRIMARY KEY (change_id, listing_id),
  constraint skipped_listing_has_a_cause CHECK (((NOT (result IS DISTINCT FROM 'skipped'::text)) = (skipped_for IS NOT NULL))),
  constraint skipped_undo_has_a_cause CHECK (((NOT (undo_result IS DISTINCT FROM 'skipped'::text)) = (undo_skipped_for IS NOT NULL)))
);

create table schedule_override (
  id uuid not null,
  listing_id uuid not null,
  cutoff_at timestamp with time zone not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  cutoff_before timestamp with time zone not null,
  drop_from_before timestamp with time zone not null,
  drop_to_before timestamp with time zone not null,
  reason text not null,
  applied_by uuid,
  applied_at timestamp with time zone not null,
  replaced_at timestamp with time zone,
  undone_by uuid,
  undone_at timestamp with time zone,
  undo_reason text,
  cutoff_returned_to timestamp with time zone,
  drop_from_returned_to timestamp with time zone,
  drop_to_returned_to timestamp with time zone,
  change_id uuid,
  undone_by_name text,
  constraint override_ends_once CHECK (((replaced_at IS NULL) OR (undone_at IS NULL))),
  constraint override_has_a_reason CHECK ((btrim(reason) <> ''::text)),
  constraint override_is_by_somebody CHECK (((applied_by IS NOT NULL) OR (change_id IS NOT NULL))),
  constraint override_times_fit CHECK (((LEAST(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to, drop_from_returned_to, drop_to_returned_to) >= '1970-01-01 00:00:00+00'::timestamp with time zone) AND (GREATEST(cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before, cutoff_returned_to, drop_from_returned_to, drop_to_returned_to) < '2100-01-01 00:00:00+00'::timestamp with time zone))),
  constraint override_window_ordered CHECK (((cutoff_at <= drop_from) AND (drop_from <= drop_to))),
  constraint schedule_override_applied_by_fkey FOREIGN KEY (applied_by) REFERENCES staff_account(id),
  constraint schedule_override_change_id_fkey FOREIGN KEY (change_id) REFERENCES schedule_change(id),
  constraint schedule_override_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint schedule_override_pkey PRIMARY KEY (id),
  constraint schedule_override_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff_account(id),
  constraint undo_is_whole CHECK ((((undone_at IS NULL) = (undo_reason IS NULL)) AND ((undone_at IS NULL) = (drop_from_returned_to IS NULL)) AND ((undone_at IS NOT NULL) OR (undone_by IS NULL))))
);

create table schema_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint schema_migration_pkey PRIMARY KEY (name)
);

create table seller (
  is_the_only_one boolean not null default true,
  mode text not null,
  legal_name text not null,
  address text not null,
  country text not null,
  tax_id text,
  tax_basis_points integer not null default 0,
  tax_note text,
  updated_at timestamp with time zone not null,
  reverse_charge boolean not null default false,
  constraint one_seller CHECK (is_the_only_one),
  constraint reverse_charge_names_tax_id CHECK (((NOT reverse_charge) OR (tax_id IS NOT NULL))),
  constraint seller_address_told CHECK ((address <> ''::text)),
  constraint seller_country_is_alpha_2 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint seller_mode_known CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint seller_name_told CHECK ((legal_name <> ''::text)),
  constraint seller_pkey PRIMARY KEY (is_the_only_one),
  constraint seller_tax_is_a_share CHECK (((tax_basis_points >= 0) AND (tax_basis_points <= 10000)))
);

create table sign_in_count (
  scope text not null,
  subject text not null,
  failures integer not null,
  paused_until timestamp with time zone,
  counted_at timestamp with time zone not null,
  constraint one_sign_in_count_per_subject PRIMARY KEY (scope, subject),
  constraint sign_in_failures_not_negative CHECK ((failures >= 0)),
  constraint sign_in_scope_known CHECK ((scope = ANY (ARRAY['source'::text, 'address'::text])))
);

create table staff_account (
  id uuid not null,
  email text not null,
  name text not null,
  roles text[] not null,
  password_hash text,
  failed_sign_ins integer not null default 0,
  locked_until timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null default clock_timestamp(),
  version integer not null default 1,
  signed_in_at timestamp with time zone,
  identity_issuer text,
  identity_subject text,
  constraint failed_sign_ins_not_negative CHECK ((failed_sign_ins >= 0)),
  constraint identity_is_whole CHECK (((identity_issuer IS NULL) = (identity_subject IS NULL))),
  constraint one_person_per_identity UNIQUE (identity_issuer, identity_subject),
  constraint staff_account_pkey PRIMARY KEY (id),
  constraint staff_email_is_lower CHECK ((email = lower(email))),
  constraint staff_email_unique UNIQUE (email),
  constraint staff_roles_known CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['viewer'::text, 'operator'::text, 'finance'::text, 'finance_approver'::text, 'admin'::text])))
);

create table staff_challenge (
  token_sha256 bytea not null,
  staff_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint challenge_is_short CHECK ((expires_at <= (created_at + '00:10:00'::interval))),
  constraint challenge_token_unique PRIMARY KEY (token_sha256),
  constraint staff_challenge_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id)
);

create table staff_device (
  id uuid not null,
  staff_id uuid not null,
  token_sha256 bytea not null,
  failures integer not null default 0,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  user_agent text not null default ''::text,
  constraint device_expires_after_use CHECK ((expires_at > used_at)),
  constraint device_failures_not_negative CHECK ((failures >= 0)),
  constraint device_token_unique UNIQUE (token_sha256),
  constraint staff_device_pkey PRIMARY KEY (id),
  constraint staff_device_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id)
);

create table staff_link (
  staff_id uuid not null,
  token_sha256 bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint one_link_per_person PRIMARY KEY (staff_id),
  constraint staff_link_expires_within_a_week CHECK ((expires_at <= (created_at + '7 days'::interval))),
  constraint staff_link_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id),
  constraint staff_link_token_unique UNIQUE (token_sha256)
);

create table staff_recovery_code (
  staff_id uuid not null,
  code_sha256 bytea not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_code_unique PRIMARY KEY (staff_id, code_sha256),
  constraint staff_recovery_code_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id)
);

create table staff_session (
  id uuid not null,
  staff_id uuid not null,
  token_sha256 bytea not null,
  csrf_sha256 bytea not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  idle_expires_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  proven_at timestamp with time zone not null default clock_timestamp(),
  second_factor boolean not null default false,
  source text not null default ''::text,
  user_agent text not null default ''::text,
  constraint session_ends_at_last CHECK ((idle_expires_at <= expires_at)),
  constraint staff_session_pkey PRIMARY KEY (id),
  constraint staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id),
  constraint staff_session_token_unique UNIQUE (token_sha256)
);

create table staff_totp (
  id uuid not null,
  staff_id uuid not null,
  secret bytea not null,
  key_id text not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  used_step bigint,
  constraint staff_totp_pkey PRIMARY KEY (id),
  constraint staff_totp_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_account(id),
  constraint used_step_is_of_confirmed CHECK (((confirmed_at IS NULL) = (used_step IS NULL)))
);

create table sub_account (
  id uuid not null,
  account_id uuid not null,
  label text not null,
  monthly_limit_minor bigint,
  created_at timestamp with time zone not null default clock_timestamp(),
  version integer not null default 1,
  constraint monthly_limit_not_negative CHECK ((monthly_limit_minor >= 0)),
  constraint one_sub_account_per_label UNIQUE (account_id, label),
  constraint sub_account_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint sub_account_has_label CHECK (((btrim(label) <> ''::text) AND (char_length(label) <= 100))),
  constraint sub_account_of_account UNIQUE (account_id, id),
  constraint sub_account_pkey PRIMARY KEY (id),
  constraint sub_account_version_positive CHECK ((version > 0))
);

create table sub_account_spend (
  sub_account_id uuid not null,
  month date not null,
  spent_minor bigint not null,
  constraint spend_is_of_a_sub_account FOREIGN KEY (sub_account_id) REFERENCES sub_account(id),
  constraint sub_account_spend_not_negative CHECK ((spent_minor >= 0)),
  constraint sub_account_spend_pkey PRIMARY KEY (sub_account_id, month)
);

create table sync_change (
  run_id uuid not null,
  name text not null,
  kind text not null,
  zone text not null,
  listing_id uuid,
  cutoff_before timestamp with time zone,
  drop_from_before timestamp with time zone,
  drop_to_before timestamp with time zone,
  cutoff_after timestamp with time zone,
  drop_from_after timestamp with time zone,
  drop_to_after timestamp with time zone,
  constraint sync_change_known CHECK ((kind = ANY (ARRAY['added'::text, 'moved'::text, 'suspected'::text, 'overridden'::text, 'too_late'::text, 'blocked'::text]))),
  constraint sync_change_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint sync_change_pkey PRIMARY KEY (run_id, name),
  constraint sync_change_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE
);

create table sync_reject (
  run_id uuid not null,
  line integer not null,
  raw text not null,
  reason text not null,
  constraint sync_reject_pkey PRIMARY KEY (run_id, line),
  constraint sync_reject_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE
);

create table sync_row (
  run_id uuid not null,
  line integer not null,
  listing_id uuid not null,
  name text not null,
  zone text not null,
  drop_from timestamp with time zone not null,
  drop_to timestamp with time zone not null,
  cutoff_at timestamp with time zone not null,
  constraint sync_row_pkey PRIMARY KEY (run_id, name),
  constraint sync_row_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE,
  constraint sync_row_times_fit CHECK (((LEAST(cutoff_at, drop_from, drop_to) >= '1970-01-01 00:00:00+00'::timestamp with time zone) AND (GREATEST(cutoff_at, drop_from, drop_to) < '2100-01-01 00:00:00+00'::timestamp with time zone)))
);

create table sync_run (
  id uuid not null,
  registry_id text not null,
  source text not null,
  format text not null,
  content_sha256 bytea not null,
  scope_kind text not null,
  scope_zones text[] not null,
  scope_from date,
  scope_to date,
  state text not null,
  rows_read integer not null default 0,
  rows_rejected integer not null default 0,
  listings_added integer,
  listings_moved integer,
  listings_suspected integer,
  listings_unchanged integer,
  listings_too_late integer,
  failure text,
  created_at timestamp with time zone not null default clock_timestamp(),
  published_at timestamp with time zone,
  uploaded_by uuid,
  truncated boolean not null default false,
  listings_overridden integer,
  quarantine_reasons text[] not null default '{}'::text[],
  decided_by uuid,
  decision_reason text,
  decided_at timestamp with time zone,
  declared_drop_date date,
  declared_scope_kind text,
  rejects_by_reason jsonb not null default '{}'::jsonb,
  superseded_at timestamp with time zone,
  alive_at timestamp with time zone not null default clock_timestamp(),
  source_id uuid,
  purpose text not null default 'listing'::text,
  dry_run boolean not null default false,
  precedence integer not null default 0,
  failure_code text,
  excerpt text,
  tries integer not null default 1,
  last_tried_at timestamp with time zone,
  octets_read bigint not null default 0,
  octets_total bigint,
  listed_at timestamp with time zone,
  opens_at timestamp with time zone,
  opened_at timestamp with time zone,
  publisher uuid,
  released_at timestamp with time zone,
  compared_at timestamp with time zone,
  added_up_to text not null default ''::text,
  rows_by_zone jsonb not null default '{}'::jsonb,
  listings_blocked integer,
  fee_checks_up_to text not null default ''::text,
  fee_checks_filed_at timestamp with time zone,
  constraint declared_scope_kind_known CHECK ((declared_scope_kind = ANY (ARRAY['snapshot'::text, 'increment'::text]))),
  constraint dry_run_changes_nothing CHECK (((NOT dry_run) OR (state = ANY (ARRAY['queued'::text, 'running'::text, 'ready'::text, 'discarded'::text, 'failed'::text])))),
  constraint failed_run_has_reason CHECK (((state <> 'failed'::text) OR (failure IS NOT NULL))),
  constraint observed_run_lists_nothing CHECK (((purpose = 'listing'::text) OR (COALESCE(listings_added, 0) = 0))),
  constraint only_a_published_run_is_listed CHECK (((listed_at IS NULL) OR (state = 'published'::text))),
  constraint only_failed_run_has_code CHECK (((failure_code IS NULL) OR (state = 'failed'::text))),
  constraint only_failed_run_is_repeated CHECK (((tries = 1) OR (state = 'failed'::text))),
  constraint published_run_has_counts CHECK (((state <> 'published'::text) OR ((published_at IS NOT NULL) AND (listings_added IS NOT NULL)))),
  constraint publishing_run_has_opening_time CHECK (((state <> 'publishing'::text) OR (opens_at IS NOT NULL))),
  constraint quarantine_ends_with_a_reason CHECK (((state <> ALL (ARRAY['publishing'::text, 'published'::text, 'discarded'::text])) OR (cardinality(quarantine_reasons) = 0) OR ((decided_by IS NOT NULL) AND (decision_reason IS NOT NULL)))),
  constraint quarantined_run_says_why CHECK (((state <> 'quarantined'::text) OR (cardinality(quarantine_reasons) > 0))),
  constraint run_failure_known CHECK ((failure_code = ANY (ARRAY['unreachable'::text, 'timed_out'::text, 'http_status'::text, 'redirect_refused'::text, 'credentials_unknown'::text, 'path_not_readable'::text, 'too_large'::text, 'not_a_list'::text, 'not_text'::text, 'archive_not_readable'::text, 'interrupted'::text, 'not_staged'::text]))),
  constraint run_purpose_known CHECK ((purpose = ANY (ARRAY['listing'::text, 'observed'::text]))),
  constraint run_was_tried CHECK ((tries >= 1)),
  constraint scope_kind_known CHECK ((scope_kind = ANY (ARRAY['snapshot'::text, 'increment'::text]))),
  constraint superseded_run_was_published CHECK (((superseded_at IS NULL) OR (state = 'published'::text))),
  constraint sync_run_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff_account(id),
  constraint sync_run_pkey PRIMARY KEY (id),
  constraint sync_run_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint sync_run_source_id_fkey FOREIGN KEY (source_id) REFERENCES list_source(id),
  constraint sync_run_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'ready'::text, 'quarantined'::text, 'publishing'::text, 'published'::text, 'discarded'::text, 'failed'::text]))),
  constraint sync_run_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES staff_account(id)
);

create table target_try (
  target_id uuid not null,
  registry_account_id text not null,
  arming integer not null,
  state text not null,
  changed_at timestamp with time zone not null,
  outcome text,
  basis text,
  code integer,
  cltrid text,
  holder_clid text,
  holder_created_at timestamp with time zone,
  awarded boolean,
  asked_again_at timestamp with time zone,
  constraint ended_try_has_outcome CHECK (((state = 'ended'::text) = (outcome IS NOT NULL))),
  constraint one_try_per_account PRIMARY KEY (target_id, registry_account_id),
  constraint target_try_registry_account_id_fkey FOREIGN KEY (registry_account_id) REFERENCES registry_account(id),
  constraint target_try_state_known CHECK ((state = ANY (ARRAY['firing'::text, 'ambiguous'::text, 'awaiting_award'::text, 'ended'::text]))),
  constraint target_try_target_id_fkey FOREIGN KEY (target_id) REFERENCES catch_target(id),
  constraint try_basis_known CHECK ((basis = ANY (ARRAY['create'::text, 'info'::text, 'fee_check'::text, 'rdap'::text, 'presumed'::text]))),
  constraint try_outcome_known CHECK ((outcome = ANY (ARRAY['lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text])))
);

create table visitor_account (
  currency currency not null,
  account_id uuid not null,
  constraint visitor_account_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint visitor_account_pkey PRIMARY KEY (currency)
);

create table watch (
  account_id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  id uuid not null default gen_random_uuid(),
  near_cutoff_at timestamp with time zone,
  constraint one_watch_per_id UNIQUE (id),
  constraint one_watch_per_name PRIMARY KEY (account_id, name),
  constraint watch_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);

create table withdrawal (
  listing_id uuid not null,
  at timestamp with time zone not null,
  answer_id uuid,
  reason text,
  proposal_id uuid,
  constraint only_a_decision_has_proposal CHECK (((proposal_id IS NULL) OR (reason IS NOT NULL))),
  constraint withdrawal_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES confirmation_answer(id),
  constraint withdrawal_has_one_ground CHECK ((num_nonnulls(answer_id, reason) = 1)),
  constraint withdrawal_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint withdrawal_pkey PRIMARY KEY (listing_id),
  constraint withdrawal_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposal(id)
);

create table worker_heartbeat (
  id text not null default 'worker'::text,
  at timestamp with time zone not null,
  constraint one_worker_heartbeat CHECK ((id = 'worker'::text)),
  constraint worker_heartbeat_pkey PRIMARY KEY (id)
);

create table zone (
  name text not null,
  registry_id text not null,
  enabled boolean not null default true,
  standard_fee_minor bigint not null,
  phase_fee_minor bigint not null default 0,
  fee_currency currency not null,
  cutoff_lead_seconds integer not null default 14400,
  drop_time_zone text not null default 'UTC'::text,
  drop_starts_at time without time zone not null default '00:00:00'::time without time zone,
  drop_lasts_seconds integer not null default 86400,
  early_seconds integer not null default 0,
  late_seconds integer not null default 60,
  grace_seconds integer not null default 172800,
  renew_fee_minor bigint not null,
  may_have_premium boolean not null default true,
  rdap_url text,
  contact_roles text[] not null default '{}'::text[],
  release text not null default 'daily_batch'::text,
  drop_also_at time without time zone[] not null default '{}'::time without time zone[],
  grace_full_seconds integer not null default 3600,
  grace_probe_seconds integer not null default 600,
  grace_share_percent integer not null default 10,
  rdap_host text generated always as lower("substring"(rdap_url, '^https?://(\[[^]@]*\]|[^]/?#@:[]+)(?::[0-9]+)?(?:[/?#]|$)'::text)),
  drift_earlier_seconds_max integer not null default 900,
  drift_later_seconds_max integer not null default 3600,
  late_renewal_days integer not null default 30,
  auto_renew_grace_days integer not null default 45,
  is_sandbox boolean not null default false,
  sandbox_account_id uuid,
  policy_version integer not null default 1,
  constraint auto_renew_grace_days_in_range CHECK (((auto_renew_grace_days >= 1) AND (auto_renew_grace_days <= 366))),
  constraint cutoff_lead_not_negative CHECK ((cutoff_lead_seconds >= 0)),
  constraint drift_earlier_not_negative CHECK ((drift_earlier_seconds_max >= 0)),
  constraint drift_later_not_negative CHECK ((drift_later_seconds_max >= 0)),
  constraint drop_lasts_positive CHECK ((drop_lasts_seconds > 0)),
  constraint early_not_negative CHECK ((early_seconds >= 0)),
  constraint further_batches_are_later CHECK (((array_position(drop_also_at, NULL::time without time zone) IS NULL) AND (cardinality(drop_also_at) <= 23) AND ((cardinality(drop_also_at) = 0) OR (drop_also_at[1] > drop_starts_at)))),
  constraint grace_full_not_negative CHECK ((grace_full_seconds >= 0)),
  constraint grace_not_negative CHECK ((grace_seconds >= 0)),
  constraint grace_probe_positive CHECK ((grace_probe_seconds > 0)),
  constraint grace_share_is_a_share CHECK (((grace_share_percent >= 1) AND (grace_share_percent <= 100))),
  constraint late_not_negative CHECK ((late_seconds >= 0)),
  constraint late_renewal_days_in_range CHECK (((late_renewal_days >= 0) AND (late_renewal_days <= 365))),
  constraint late_renewal_ends_within_the_grace CHECK ((late_renewal_days < auto_renew_grace_days)),
  constraint one_sandbox_per_account UNIQUE (sandbox_account_id),
  constraint only_a_sandbox_has_an_account CHECK (((sandbox_account_id IS NULL) OR is_sandbox)),
  constraint phase_fee_not_negative CHECK ((phase_fee_minor >= 0)),
  constraint rdap_url_is_http CHECK ((rdap_url ~ '^https?://[^[:space:]]+$'::text)),
  constraint rdap_url_names_host CHECK (((rdap_url IS NULL) OR (rdap_host IS NOT NULL))),
  constraint renew_fee_not_negative CHECK ((renew_fee_minor >= 0)),
  constraint standard_fee_not_negative CHECK ((standard_fee_minor >= 0)),
  constraint zone_contact_roles_known CHECK ((contact_roles <@ ARRAY['registrant'::text, 'admin'::text, 'tech'::text, 'billing'::text])),
  constraint zone_pkey PRIMARY KEY (name),
  constraint zone_policy_version_positive CHECK ((policy_version > 0)),
  constraint zone_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint zone_release_known CHECK ((release = ANY (ARRAY['daily_batch'::text, 'exact_instant'::text, 'random_in_window'::text, 'open_window'::text, 'applications'::text]))),
  constraint zone_sandbox_account_id_fkey FOREIGN KEY (sandbox_account_id) REFERENCES account(id),
  constraint zone_with_account UNIQUE (name, sandbox_account_id)
);

CREATE INDEX account_contact_by_account ON public.account_contact USING btree (account_id, id);

CREATE INDEX account_notice_by_time ON public.account_notice USING btree (occurred_at);

CREATE INDEX account_notice_of_account ON public.account_notice USING btree (account_id, "position");

CREATE INDEX account_notice_of_subject ON public.account_notice USING btree (subject_id);

CREATE INDEX account_with_notice ON public.account USING btree (id) WHERE (low_balance_minor IS NOT NULL);

CREATE INDEX alarm_closed ON public.alarm USING btree (closed_at) WHERE (closed_at IS NOT NULL);

CREATE INDEX alarm_open ON public.alarm USING btree (raised_at) WHERE (closed_at IS NULL);

CREATE INDEX alone_grant_of_person ON public.alone_grant USING btree (staff_id, currency, granted_at);

CREATE INDEX api_key_by_account ON public.api_key USING btree (account_id, id);

CREATE INDEX api_key_by_maker ON public.api_key USING btree (made_by) WHERE (made_by IS NOT NULL);

CREATE INDEX attempt_of_target ON public.catch_attempt USING btree (target_id, sent_at);

CREATE INDEX attempt_removal_of_target ON public.attempt_removal USING btree (target_id);

CREATE INDEX attempt_that_found_registered ON public.catch_attempt USING btree (target_id, sent_at) WHERE ((command = 'info'::text) AND (code = 1000));

CREATE INDEX audit_by_action ON public.audit_entry USING btree (action, seq);

CREATE INDEX audit_by_actor ON public.audit_entry USING btree (actor_id, seq);

CREATE INDEX audit_by_name ON public.audit_entry USING btree (COALESCE((after ->> 'name'::text), (before ->> 'name'::text)), seq);

CREATE INDEX audit_by_subject ON public.audit_entry USING btree (subject_type, subject_id, seq);

CREATE INDEX backorder_by_account ON public.backorder USING btree (account_id, id);

CREATE INDEX backorder_by_failure ON public.backorder USING btree (failure_reason, id) WHERE (failure_reason IS NOT NULL);

CREATE INDEX backorder_by_listing ON public.backorder USING btree (listing_id);

CREATE INDEX backorder_by_reference ON public.backorder USING btree (account_id, reference) WHERE (reference IS NOT NULL);

CREATE INDEX backorder_by_registrant ON public.backorder USING btree (registrant_id) WHERE (registrant_id IS NOT NULL);

CREATE INDEX backorder_by_state ON public.backorder USING btree (state, id) WHERE (decided_at IS NOT NULL);

CREATE INDEX backorder_by_sub_account ON public.backorder USING btree (sub_account_id, id) WHERE (sub_account_id IS NOT NULL);

CREATE INDEX backorder_decided ON public.backorder USING btree (decided_at, state) WHERE (decided_at IS NOT NULL);

CREATE INDEX backorder_to_register_admin ON public.backorder USING btree (admin_id) WHERE ((admin_id IS NOT NULL) AND (state = ANY (ARRAY['backordered'::text, 'registering'::text])));

CREATE INDEX backorder_to_register_billing ON public.backorder USING btree (billing_id) WHERE ((billing_id IS NOT NULL) AND (state = ANY (ARRAY['backordered'::text, 'registering'::text])));

CREATE INDEX backorder_to_register_tech ON public.backorder USING btree (tech_id) WHERE ((tech_id IS NOT NULL) AND (state = ANY (ARRAY['backordered'::text, 'registering'::text])));

CREATE INDEX backorder_to_register_to ON public.backorder USING btree (registrant_id) WHERE ((registrant_id IS NOT NULL) AND (state = ANY (ARRAY['backordered'::text, 'registering'::text])));

CREATE INDEX balance_notice_newest ON public.registry_message USING btree (registry_account_id, received_at DESC) WHERE (kind = 'balance_low'::text);

CREATE INDEX bank_transfer_by_account ON public.bank_transfer USING btree (account_id, recorded_at);

CREATE INDEX bank_transfer_by_time ON public.bank_transfer USING btree (recorded_at);

CREATE UNIQUE INDEX bank_transfer_credited_once ON public.bank_transfer USING btree (bank_reference) WHERE (state <> 'reversed'::text);

CREATE INDEX batch_drift_beyond ON public.batch_drift USING btree (day) WHERE beyond;

CREATE INDEX batch_drift_due ON public.batch_drift USING btree (measure_at) WHERE (measure_at IS NOT NULL);

CREATE INDEX blocked_name_newest ON public.blocked_name USING btree (blocked_at DESC, id DESC);

CREATE INDEX bulk_item_waiting ON public.bulk_order_item USING btree (bulk_order_id, "position") WHERE (state = 'waiting'::text);

CREATE INDEX bulk_order_by_account ON public.bulk_order USING btree (account_id, id);

CREATE INDEX bulk_order_of_key ON public.bulk_order USING btree (key_id);

CREATE INDEX bulk_order_to_do ON public.bulk_order USING btree (claimed_until) WHERE (finished_at IS NULL);

CREATE INDEX catch_attempt_of_target_newest ON public.catch_attempt USING btree (target_id, sent_at DESC, cltrid DESC);

CREATE INDEX change_notice_by_transaction ON public.change_notice USING btree (xid);

CREATE INDEX closed_month_by_end ON public.closed_month USING btree (ends_at);

CREATE INDEX confirmation_answer_of_listing ON public.confirmation_answer USING btree (listing_id, asked_at);

CREATE INDEX confirmation_due ON public.confirmation USING btree (try_after) WHERE ((closed_at IS NULL) AND (means IS DISTINCT FROM 'rdap'::text));

CREATE INDEX confirmation_due_by_rdap ON public.confirmation USING btree (rdap_host, held DESC, try_after) WHERE ((closed_at IS NULL) AND (means = 'rdap'::text));

CREATE INDEX confirmation_open ON public.confirmation USING btree (opened_at) WHERE (closed_at IS NULL);

CREATE INDEX connection_test_newest ON public.connection_test USING btree (registry_account_id, requested_at DESC, id DESC);

CREATE INDEX credit_note_by_time ON public.invoice USING btree (issued_at, id) WHERE (kind = 'credit_note'::text);

CREATE INDEX credit_note_of_invoice ON public.invoice USING btree (credits_invoice_id) WHERE (credits_invoice_id IS NOT NULL);

CREATE INDEX delivery_about_subject ON public.event_delivery USING btree (subject_id, created_at) WHERE (subject_id IS NOT NULL);

CREATE INDEX delivery_failed ON public.event_delivery USING btree (receiver_id, "position") WHERE (state = 'failed'::text);

CREATE INDEX delivery_log ON public.event_delivery USING btree (receiver_id, "position");

CREATE INDEX delivery_next ON public.event_delivery USING btree (receiver_id, try_after) WHERE ((state = 'pending'::text) AND (NOT waits));

CREATE INDEX delivery_of_receiver ON public.event_delivery USING btree (receiver_id, state, decided_at);

CREATE INDEX delivery_of_subject ON public.event_delivery USING btree (receiver_id, subject_id, "position") WHERE (state = 'pending'::text);

CREATE INDEX delivery_pending ON public.event_delivery USING btree (receiver_id, "position") WHERE (state = 'pending'::text);

CREATE INDEX delivery_taken ON public.event_delivery USING btree (receiver_id) WHERE ((state = 'pending'::text) AND (taken_by IS NOT NULL));

CREATE INDEX dispute_by_opened_at ON public.dispute USING btree (opened_at, id);

CREATE INDEX dispute_by_payment ON public.dispute USING btree (payment_id);

CREATE INDEX dispute_unanswered ON public.dispute USING btree (evidence_due_at, id) WHERE ((state = 'open'::text) AND (answered_at IS NULL));

CREATE INDEX event_by_time ON public.event USING btree (occurred_at) WHERE ("position" IS NOT NULL);

CREATE INDEX event_of_account ON public.event USING btree (account_id, "position") WHERE ("position" IS NOT NULL);

CREATE INDEX event_of_all ON public.event USING btree ("position") WHERE ((account_id IS NULL) AND (topic = 'drop_list.published'::text) AND ("position" IS NOT NULL));

CREATE INDEX event_of_sub_account ON public.event USING btree (sub_account_id, "position") WHERE ((sub_account_id IS NOT NULL) AND ("position" IS NOT NULL));

CREATE INDEX event_unnumbered ON public.event USING btree (occurred_at, id) WHERE ("position" IS NULL);

CREATE INDEX fee_answer_newest ON public.fee_answer USING btree (asked_at DESC, id DESC);

CREATE INDEX fee_answer_of_listing ON public.fee_answer USING btree (listing_id, asked_at);

CREATE INDEX fee_check_due ON public.fee_check USING btree (registry_id, try_after);

CREATE INDEX finance_task_of_subject ON public.finance_task USING btree (subject_id, kind);

CREATE INDEX finance_task_waiting ON public.finance_task USING btree (opened_at) WHERE (closed_at IS NULL);

CREATE INDEX goodwill_of_account ON public.goodwill_credit USING btree (account_id, credited_at DESC);

CREATE INDEX hold_by_end ON public.backorder USING btree (pay_by) WHERE (state = 'pending_payment'::text);

CREATE INDEX idempotency_key_by_age ON public.idempotency_key USING btree (created_at);

CREATE INDEX info_request_waiting ON public.registry_request USING btree (registry_account_id, held DESC, try_after) WHERE ((state <> 'done'::text) AND (kind = 'info'::text));

CREATE INDEX invoice_by_account ON public.invoice USING btree (account_id, id);

CREATE INDEX invoice_by_part ON public.invoice USING gin (number extensions.gin_trgm_ops, name extensions.gin_trgm_ops);

CREATE INDEX invoice_by_time ON public.invoice USING btree (issued_at, id);

CREATE INDEX key_of_session_by_end ON public.api_key USING btree (expires_at) WHERE (session_id IS NOT NULL);

CREATE INDEX list_source_due ON public.list_source USING btree (next_try_at) WHERE enabled;

CREATE INDEX listing_by_cutoff ON public.listing USING btree (cutoff_at, id) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_kinds ON public.listing USING btree (label_kinds) WHERE ((state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text])) AND (label_kinds IS NOT NULL));

CREATE INDEX listing_by_length ON public.listing USING btree (label_length, label_class) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_length_of_window ON public.listing USING btree (((drop_to - drop_from)));

CREATE INDEX listing_by_part ON public.listing USING gin (label extensions.gin_trgm_ops) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_prefix ON public.listing USING btree (label text_pattern_ops) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_price ON public.listing USING btree (price_rule_id, id) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_repeats ON public.listing USING btree (label_repeats) WHERE ((state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text])) AND (label_repeats IS NOT NULL));

CREATE INDEX listing_by_state ON public.listing USING btree (state, drop_from, id);

CREATE INDEX listing_by_suffix ON public.listing USING btree (reverse(label) text_pattern_ops) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_window ON public.listing USING btree (drop_from, id);

CREATE INDEX listing_by_zone ON public.listing USING btree (zone, drop_from, id);

CREATE INDEX listing_ended ON public.listing USING btree (ended_at, state) WHERE (ended_at IS NOT NULL);

CREATE INDEX listing_ended_by_part ON public.listing USING gin (label extensions.gin_trgm_ops) WHERE (state <> ALL (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_live_by_zone ON public.listing USING btree (zone, drop_from) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_of_publication ON public.listing USING btree (publication_id, name) WHERE (publication_id IS NOT NULL);

CREATE INDEX listing_on_offer ON public.listing USING btree (cutoff_at, id, opens_at) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text]));

CREATE INDEX listing_on_offer_by_day ON public.listing USING btree ((((drop_from AT TIME ZONE 'UTC'::text))::date), cutoff_at, id, opens_at) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text]));

CREATE INDEX listing_on_offer_by_zone ON public.listing USING btree (zone, (((drop_from AT TIME ZONE 'UTC'::text))::date), cutoff_at, id, opens_at) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text]));

CREATE INDEX listing_overridden ON public.listing USING btree (drop_from, id) WHERE (override_id IS NOT NULL);

CREATE INDEX listing_suspect ON public.listing USING btree (drop_from, id) WHERE suspect;

CREATE INDEX listing_suspect_and_held ON public.listing USING btree (drop_from) WHERE (suspect AND (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text])));

CREATE INDEX listing_to_open ON public.listing USING btree (publication_id, opens_at) WHERE (state = 'upcoming'::text);

CREATE INDEX listing_unsold_due ON public.listing USING btree ((
CASE state
    WHEN 'closed'::text THEN drop_from
    ELSE drop_to
END)) WHERE (state = ANY (ARRAY['closed'::text, 'dropping'::text]));

CREATE INDEX maintenance_to_come ON public.registry_maintenance USING btree (ends_at) WHERE (canceled_at IS NULL);

CREATE INDEX member_invitation_by_end ON public.member_invitation USING btree (expires_at);

CREATE INDEX member_mail_by_end ON public.member_mail USING btree (decided_at) WHERE (decided_at IS NOT NULL);

CREATE INDEX member_mail_due ON public.member_mail USING btree (due_at) WHERE (decided_at IS NULL);

CREATE INDEX member_mail_event_of_mail ON public.member_mail_event USING btree (mail_id);

CREATE INDEX member_mail_event_of_member ON public.member_mail_event USING btree (member_id);

CREATE INDEX member_mail_of_member ON public.member_mail USING btree (member_id, closed_at);

CREATE INDEX member_notice_seen_of_notice ON public.member_notice_seen USING btree (notice_id);

CREATE INDEX member_of_account ON public.member USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX member_request_count_by_time ON public.member_request_count USING btree (last_request);

CREATE INDEX member_session_by_end ON public.member_session USING btree (expires_at);

CREATE INDEX member_session_of_member ON public.member_session USING btree (member_id);

CREATE INDEX member_verification_by_end ON public.member_verification USING btree (expires_at);

CREATE INDEX member_verification_by_identifier ON public.member_verification USING btree (identifier);

CREATE INDEX observed_drop_of_batch ON public.observed_drop USING btree (zone, day);

CREATE INDEX observed_list_name_by_name ON public.observed_list_name USING btree (name, day);

CREATE UNIQUE INDEX one_auto_renewal_credit_per_registration ON public.registry_charge USING btree (registration_id) WHERE (kind = 'auto_renewal_credit'::text);

CREATE UNIQUE INDEX one_auto_renewal_per_expiry ON public.registry_charge USING btree (registration_id, charged_at) WHERE (kind = 'auto_renewal'::text);

CREATE UNIQUE INDEX one_automatic_refund_per_cause ON public.refund USING btree (payment_id, cause) WHERE ((retries_refund_id IS NULL) AND (cause = ANY (ARRAY['backorder_failed'::text, 'late_payment'::text, 'duplicate_payment'::text, 'renewal_failed'::text])));

CREATE UNIQUE INDEX one_backorder_per_listing ON public.backorder USING btree (listing_id) WHERE (state <> 'expired'::text);

CREATE UNIQUE INDEX one_block_per_name ON public.blocked_name USING btree (name) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_decision_per_suspicion ON public.confirmation_answer USING btree (listing_id, suspicion) WHERE decides;

CREATE UNIQUE INDEX one_default_contact_per_account ON public.account_contact USING btree (account_id) WHERE is_default;

CREATE UNIQUE INDEX one_event_per_position ON public.event USING btree ("position") WHERE ("position" IS NOT NULL);

CREATE UNIQUE INDEX one_gathering_mail_per_person ON public.member_mail USING btree (member_id) WHERE (state = 'gathering'::text);

CREATE UNIQUE INDEX one_hold_per_listing ON public.backorder USING btree (listing_id) WHERE (pay_by IS NOT NULL);

CREATE UNIQUE INDEX one_invoice_per_backorder ON public.invoice USING btree (backorder_id) WHERE (backorder_id IS NOT NULL);

CREATE UNIQUE INDEX one_invoice_per_renewal ON public.invoice USING btree (renewal_id) WHERE (renewal_id IS NOT NULL);

CREATE UNIQUE INDEX one_live_backorder_per_name ON public.backorder USING btree (name) WHERE (state = ANY (ARRAY['pending_payment'::text, 'backordered'::text, 'registering'::text]));

CREATE UNIQUE INDEX one_live_change_of_a_kind ON public.registration_request USING btree (registration_id, kind) WHERE (state = ANY (ARRAY['queued'::text, 'processing'::text]));

CREATE UNIQUE INDEX one_live_listing_per_name ON public.listing USING btree (name) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE UNIQUE INDEX one_live_receiver_per_address ON public.event_receiver USING btree (kind, address, account_id) NULLS NOT DISTINCT WHERE (disabled_at IS NULL);

CREATE UNIQUE INDEX one_live_renewal_per_registration ON public.renewal USING btree (registration_id) WHERE (state = ANY (ARRAY['pending_payment'::text, 'paid'::text, 'renewing'::text]));

CREATE UNIQUE INDEX one_mail_at_a_time_per_person ON public.member_mail USING btree (member_id) WHERE (state = 'sending'::text);

CREATE UNIQUE INDEX one_open_alarm_per_subject ON public.alarm USING btree (kind, subject) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX one_open_connection_test ON public.connection_test USING btree (registry_account_id) WHERE (state = ANY (ARRAY['requested'::text, 'running'::text]));

CREATE UNIQUE INDEX one_open_dispute_per_payment ON public.dispute USING btree (payment_id) WHERE (state = 'open'::text);

CREATE UNIQUE INDEX one_open_info_request_per_listing ON public.registry_request USING btree (listing_id) WHERE (state <> 'done'::text);

CREATE UNIQUE INDEX one_open_item_per_finding ON public.reconciliation_item USING btree (side, source, kind, subject) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX one_open_password_change ON public.password_change USING btree (registry_account_id) WHERE (state = ANY (ARRAY['requested'::text, 'sent'::text]));

CREATE UNIQUE INDEX one_open_proposal_per_subject ON public.proposal USING btree (kind, subject) WHERE (state = 'proposed'::text);

CREATE UNIQUE INDEX one_open_stop_per_registry ON public.registry_stop USING btree (registry_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_open_task_per_subject ON public.finance_task USING btree (kind, subject_id) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX one_original_sandbox_zone ON public.zone USING btree (is_sandbox) WHERE (is_sandbox AND (sandbox_account_id IS NULL));

CREATE UNIQUE INDEX one_override_in_force ON public.schedule_override USING btree (listing_id) WHERE ((replaced_at IS NULL) AND (undone_at IS NULL));

CREATE UNIQUE INDEX one_payment_secures_a_backorder ON public.payment USING btree (backorder_id) WHERE secures;

CREATE UNIQUE INDEX one_payment_secures_a_renewal ON public.payment USING btree (renewal_id) WHERE secures;

CREATE UNIQUE INDEX one_payout_per_bank_line ON public.payout USING btree (bank_reference, bank_date, currency) WHERE (bank_reference IS NOT NULL);

CREATE UNIQUE INDEX one_pending_totp_per_person ON public.staff_totp USING btree (staff_id) WHERE (confirmed_at IS NULL);

CREATE UNIQUE INDEX one_price_in_force ON public.price_amount USING btree (rule_id, currency) WHERE ((started_at IS NOT NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX one_price_per_start ON public.price_amount USING btree (rule_id, currency, starts_at) WHERE ((started_at IS NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX one_publication_in_force ON public.sync_run USING btree (registry_id, (
CASE
    WHEN (uploaded_by IS NULL) THEN source
    ELSE ''::text
END), content_sha256, format, declared_drop_date, declared_scope_kind) NULLS NOT DISTINCT WHERE ((state = 'published'::text) AND (superseded_at IS NULL));

CREATE UNIQUE INDEX one_publishing_per_registry ON public.sync_run USING btree (registry_id) WHERE (state = 'publishing'::text);

CREATE UNIQUE INDEX one_reconciliation_at_a_time ON public.reconciliation_run USING btree ((true)) WHERE (finished_at IS NULL);

CREATE UNIQUE INDEX one_reconciliation_is_asked_for ON public.reconciliation_request USING btree ((true)) WHERE (run_id IS NULL);

CREATE UNIQUE INDEX one_reconciliation_per_day ON public.reconciliation_run USING btree (service_day) WHERE (failure IS NULL);

CREATE UNIQUE INDEX one_registry_request_per_change ON public.registry_request USING btree (registration_request_id, kind) WHERE (registration_request_id IS NOT NULL);

CREATE UNIQUE INDEX one_renewal_per_expiry ON public.renewal USING btree (registration_id, quoted_expires_at) WHERE (state = 'successful'::text);

CREATE UNIQUE INDEX one_replacement_per_key ON public.api_key USING btree (replaces) WHERE (replaces IS NOT NULL);

CREATE UNIQUE INDEX one_reserved_word_in_force ON public.reserved_word USING btree (list_name, zone, kind, word) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_retry_per_refund ON public.refund USING btree (retries_refund_id) WHERE (state <> ALL (ARRAY['rejected'::text, 'expired'::text]));

CREATE UNIQUE INDEX one_target_per_backorder ON public.catch_target USING btree (backorder_id);

CREATE UNIQUE INDEX one_totp_per_person ON public.staff_totp USING btree (staff_id) WHERE (confirmed_at IS NOT NULL);

CREATE INDEX open_payment_by_account ON public.payment USING btree (account_id) WHERE ((method = 'card'::text) AND (backorder_id IS NULL) AND (renewal_id IS NULL) AND (state = ANY (ARRAY['requires_action'::text, 'processing'::text, 'failed'::text])));

CREATE INDEX order_statistic_of_zone ON public.order_statistic USING btree (zone, day);

CREATE INDEX outbox_waiting ON public.outbox USING btree (created_at) WHERE (delivered_at IS NULL);

CREATE INDEX override_of_listing ON public.schedule_override USING btree (listing_id, applied_at);

CREATE INDEX payment_by_account ON public.payment USING btree (account_id, id);

CREATE INDEX payment_by_backorder ON public.payment USING btree (backorder_id);

CREATE INDEX payment_by_card ON public.payment USING btree (id) WHERE (method = 'card'::text);

CREATE INDEX payment_by_listing ON public.payment USING btree (listing_id) WHERE (listing_id IS NOT NULL);

CREATE INDEX payment_by_renewal ON public.payment USING btree (renewal_id) WHERE (renewal_id IS NOT NULL);

CREATE INDEX payment_by_state ON public.payment USING btree (state, id) WHERE (state <> 'succeeded'::text);

CREATE INDEX payment_to_cancel ON public.payment USING btree (pay_by) WHERE (state = ANY (ARRAY['requires_action'::text, 'processing'::text, 'failed'::text]));

CREATE INDEX payment_to_poll ON public.payment USING btree (poll_after) WHERE (state = ANY (ARRAY['requires_action'::text, 'processing'::text, 'failed'::text]));

CREATE INDEX payout_by_made_at ON public.payout USING btree (made_at, id);

CREATE INDEX posting_by_account ON public.posting USING btree (account_id, posted_at) WHERE (line = 2);

CREATE INDEX posting_by_amount ON public.posting USING btree (amount_minor, posted_at) WHERE (line = 2);

CREATE INDEX posting_by_cause ON public.posting USING btree (cause, posted_at) WHERE (line = 2);

CREATE INDEX posting_by_class ON public.posting USING btree (ledger_account, currency, posted_at);

CREATE INDEX posting_by_posted_at ON public.posting USING btree (posted_at);

CREATE INDEX posting_by_time ON public.posting USING btree (account_id, posted_at) WHERE (ledger_account = 'customer_balance'::text);

CREATE INDEX posting_in_escrow ON public.posting USING btree (backorder_id) INCLUDE (amount_minor) WHERE (ledger_account = 'escrow'::text);

CREATE INDEX posting_of_account ON public.posting USING btree (account_id, cause_id) WHERE (ledger_account = 'customer_balance'::text);

CREATE INDEX posting_of_payment ON public.posting USING btree (payment_id, ledger_account) INCLUDE (amount_minor) WHERE (payment_id IS NOT NULL);

CREATE INDEX posting_of_renewal_in_escrow ON public.posting USING btree (renewal_id) INCLUDE (amount_minor) WHERE ((ledger_account = 'escrow'::text) AND (renewal_id IS NOT NULL));

CREATE INDEX posting_of_transfer ON public.posting USING btree (bank_transfer_id) WHERE (bank_transfer_id IS NOT NULL);

CREATE INDEX price_amount_in_force ON public.price_amount USING btree (currency, amount_minor, rule_id) WHERE ((started_at IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX price_amount_of_list ON public.price_amount USING btree (list_id);

CREATE INDEX price_amount_to_start ON public.price_amount USING btree (starts_at) WHERE ((started_at IS NULL) AND (ended_at IS NULL));

CREATE INDEX price_list_newest ON public.price_list USING btree (made_at DESC, id DESC);

CREATE INDEX price_rule_in_force ON public.price_rule USING btree (kind, zone) WHERE ((kind <> 'name'::text) AND (in_force_since IS NOT NULL));

CREATE INDEX price_rule_of_name ON public.price_rule USING btree (match) WHERE ((kind = 'name'::text) AND (in_force_since IS NOT NULL));

CREATE INDEX proposal_by_end ON public.proposal USING btree (expires_at) WHERE (state = 'proposed'::text);

CREATE INDEX proposal_newest ON public.proposal USING btree (proposed_at DESC, id DESC);

CREATE INDEX proposal_of_subject ON public.proposal USING btree (subject, proposed_at);

CREATE INDEX provider_event_handled ON public.provider_event USING btree (handled_at) WHERE (handled_at IS NOT NULL);

CREATE INDEX provider_event_waiting ON public.provider_event USING btree (try_after) WHERE (handled_at IS NULL);

CREATE INDEX provider_movement_by_time ON public.provider_movement USING btree (provider, moved_at);

CREATE INDEX provider_movement_of_object ON public.provider_movement USING btree (provider, object_id);

CREATE INDEX provider_movement_of_payout ON public.provider_movement USING btree (payout_id, moved_at) WHERE (payout_id IS NOT NULL);

CREATE INDEX provider_movement_unbooked ON public.provider_movement USING btree (provider, movement_id) WHERE (booked_at IS NULL);

CREATE INDEX provider_task_waiting ON public.provider_task USING btree (try_after) WHERE (done_at IS NULL);

CREATE INDEX queue_due ON public.receiver_queue USING btree (due_at) WHERE ((failures = 0) AND (recover_since IS NULL));

CREATE INDEX queue_due_failing ON public.receiver_queue USING btree (due_at) WHERE ((failures > 0) AND (recover_since IS NULL));

CREATE INDEX queue_to_recover ON public.receiver_queue USING btree (recover_since) WHERE (recover_since IS NOT NULL);

CREATE INDEX receiver_of_account ON public.event_receiver USING btree (account_id, id) WHERE (account_id IS NOT NULL);

CREATE INDEX reconciliation_item_of_finding ON public.reconciliation_item USING btree (side, source, kind, subject, first_seen_at);

CREATE INDEX reconciliation_item_waiting ON public.reconciliation_item USING btree (first_seen_at) WHERE (closed_at IS NULL);

CREATE INDEX reconciliation_request_newest ON public.reconciliation_request USING btree (requested_at DESC);

CREATE INDEX refund_by_amount ON public.refund USING btree (amount_minor, id);

CREATE INDEX refund_by_cause ON public.refund USING btree (cause, created_at, id) WHERE (cause <> 'backorder_failed'::text);

CREATE INDEX refund_by_created_at ON public.refund USING btree (created_at, id);

CREATE INDEX refund_by_payment ON public.refund USING btree (payment_id);

CREATE INDEX refund_by_state ON public.refund USING btree (state, created_at, id) WHERE (state <> 'succeeded'::text);

CREATE INDEX refund_failed ON public.refund USING btree (created_at) WHERE (state = 'failed'::text);

CREATE INDEX refund_to_expire ON public.refund USING btree (expires_at) WHERE (state = ANY (ARRAY['proposed'::text, 'approved'::text]));

CREATE INDEX refund_to_send ON public.refund USING btree (try_after) WHERE (state = ANY (ARRAY['approved'::text, 'processing'::text]));

CREATE INDEX refund_waiting ON public.refund USING btree (created_at) WHERE (state = 'proposed'::text);

CREATE INDEX registration_by_account ON public.registration USING btree (account_id, expires_at);

CREATE INDEX registration_by_expiry ON public.registration USING btree (expires_at) WHERE (ended_at IS NULL);

CREATE INDEX registration_of_account_by_name ON public.registration USING btree (account_id, name);

CREATE INDEX registration_of_account_newest_first ON public.registration USING btree (account_id, id);

CREATE INDEX registration_request_by_account ON public.registration_request USING btree (account_id, id);

CREATE INDEX registration_request_by_registration ON public.registration_request USING btree (registration_id, id);

CREATE INDEX registration_to_confirm ON public.registration USING btree (registry_account_id, confirm_after) WHERE (confirm_after IS NOT NULL);

CREATE INDEX registration_to_delete ON public.registration USING btree (renewable_until) WHERE ((ended_at IS NULL) AND (deletion_requested_at IS NULL) AND (renewable_until IS NOT NULL));

CREATE INDEX registry_charge_by_day ON public.registry_charge USING btree (charged_at);

CREATE INDEX registry_charge_by_time ON public.registry_charge USING btree (registry_account_id, charged_at);

CREATE INDEX registry_contact_not_made ON public.registry_contact USING btree (contact_id) WHERE (state <> 'created'::text);

CREATE INDEX registry_entry_of_name ON public.registry_entry USING btree (registry_account_id, name);

CREATE INDEX registry_message_about ON public.registry_message USING btree (about, received_at DESC) WHERE (about IS NOT NULL);

CREATE INDEX registry_message_newest ON public.registry_message USING btree (received_at DESC, registry_account_id, message_id);

CREATE INDEX registry_request_waiting ON public.registry_request USING btree (registry_account_id, try_after) WHERE ((state <> 'done'::text) AND (kind <> 'info'::text));

CREATE INDEX release_order_by_asking ON public.release_order USING btree (asked_at);

CREATE INDEX renewal_by_account ON public.renewal USING btree (account_id, id);

CREATE INDEX renewal_to_lapse ON public.renewal USING btree (pay_by) WHERE (state = 'pending_payment'::text);

CREATE INDEX reserved_list_newest ON public.reserved_list USING btree (made_at DESC, id DESC);

CREATE INDEX reserved_word_by_label ON public.reserved_word USING btree (word) WHERE ((kind = 'label'::text) AND (ended_at IS NULL));

CREATE INDEX reserved_word_contained ON public.reserved_word USING btree (zone) WHERE ((kind = 'contains'::text) AND (ended_at IS NULL));

CREATE INDEX sandbox_drop_of_account ON public.sandbox_drop USING btree (account_id, id);

CREATE INDEX sandbox_drop_to_attend ON public.sandbox_drop USING btree (attend_at) WHERE (ended_at IS NULL);

CREATE INDEX schedule_change_by_time ON public.schedule_change USING btree (made_at DESC, id);

CREATE INDEX schedule_change_of_listing ON public.schedule_change_listing USING btree (listing_id);

CREATE INDEX schedule_change_under_way ON public.schedule_change USING btree (applied_at, id) WHERE (state = ANY (ARRAY['applying'::text, 'undoing'::text]));

CREATE UNIQUE INDEX session_has_one_key ON public.api_key USING btree (session_id) WHERE (revoked_at IS NULL);

CREATE INDEX sign_in_count_by_age ON public.sign_in_count USING btree (counted_at);

CREATE INDEX staff_challenge_by_expiry ON public.staff_challenge USING btree (expires_at);

CREATE INDEX staff_device_by_person ON public.staff_device USING btree (staff_id, used_at);

CREATE INDEX submission_waiting ON public.dispute_evidence USING btree (try_after) WHERE (state = 'submitting'::text);

CREATE INDEX sync_change_of_listing ON public.sync_change USING btree (listing_id) WHERE (kind = ANY (ARRAY['moved'::text, 'overridden'::text, 'suspected'::text]));

CREATE INDEX sync_run_by_content ON public.sync_run USING btree (registry_id, content_sha256);

CREATE INDEX sync_run_by_registry ON public.sync_run USING btree (registry_id, format, published_at) WHERE (state = 'published'::text);

CREATE INDEX sync_run_fee_checks_to_file ON public.sync_run USING btree (published_at) WHERE ((state = 'published'::text) AND (fee_checks_filed_at IS NULL));

CREATE INDEX sync_run_in_force ON public.sync_run USING btree (registry_id, source) WHERE ((state = 'published'::text) AND (superseded_at IS NULL));

CREATE INDEX sync_run_of_source ON public.sync_run USING btree (source_id, source, created_at DESC) WHERE (source_id IS NOT NULL);

CREATE INDEX sync_run_published ON public.sync_run USING btree (published_at) WHERE (state = 'published'::text);

CREATE INDEX sync_run_released ON public.sync_run USING btree (released_at) WHERE ((released_at IS NOT NULL) AND (state = ANY (ARRAY['ready'::text, 'publishing'::text])));

CREATE INDEX sync_run_to_open ON public.sync_run USING btree (listed_at) WHERE ((listed_at IS NOT NULL) AND (opened_at IS NULL));

CREATE INDEX sync_run_unsettled ON public.sync_run USING btree (alive_at) WHERE ((state = 'running'::text) OR ((state = 'ready'::text) AND (NOT dry_run)));

CREATE INDEX target_by_expected ON public.catch_target USING btree (registry_id, expected_from);

CREATE INDEX target_by_window ON public.catch_target USING btree (registry_id, drop_from) WHERE (state = ANY (ARRAY['armed'::text, 'firing'::text, 'ambiguous'::text, 'awaiting_award'::text, 'disarmed'::text]));

CREATE INDEX target_with_all_attempts ON public.catch_target USING btree (decided_at) WHERE ((attempts_removed_at IS NULL) AND (decided_at IS NOT NULL));

CREATE INDEX undecided_order_of_account ON public.backorder USING btree (account_id, state) INCLUDE (price_minor) WHERE (state = ANY (ARRAY['pending_payment'::text, 'backordered'::text, 'registering'::text]));

CREATE INDEX watch_by_name ON public.watch USING btree (name);

CREATE INDEX zone_of_rdap_host ON public.zone USING btree (rdap_host) WHERE (rdap_host IS NOT NULL);

CREATE INDEX zone_of_sandbox ON public.zone USING btree (sandbox_account_id) WHERE is_sandbox;

CREATE OR REPLACE FUNCTION public.account_of_live_order(live_order uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN (SELECT backorder.account_id FROM backorder WHERE ((backorder.id = account_of_live_order.live_order) AND (backorder.decided_at IS NULL)));

CREATE OR REPLACE FUNCTION public.acting_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('droplock.account'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION public.answered_requests(accounts uuid[], keys text[], items integer[])
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN ARRAY(SELECT concat_ws(' '::text, idempotency_key.account_id, idempotency_key.item, idempotency_key.key) AS concat_ws FROM (idempotency_key JOIN UNNEST(answered_requests.accounts, answered_requests.keys, answered_requests.items) asked(account_id, key, item) USING (account_id, key, item)));

CREATE OR REPLACE FUNCTION public.apply_posting_to_balance()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update account set balance_minor = balance_minor + new.amount_minor where id = new.account_id and currency = new.currency;
  if not found then
    raise exception 'account % has no balance in %', new.account_id, new.currency
      using errcode = 'check_violation', constraint = 'balance_has_one_currency';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.are_networks(texts text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN (((cardinality(texts) >= 1) AND (cardinality(texts) <= 20)) AND (SELECT bool_and(pg_input_is_valid(network.network, 'cidr'::text)) AS bool_and FROM unnest(are_networks.texts) network(network)));

CREATE OR REPLACE FUNCTION public.check_account_has_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from member where account_id = old.account_id and role = 'owner')
    and exists (select from account where id = old.account_id and closed_at is null) then
    raise exception 'account % has no owner', old.account_id
      using errcode = 'check_violation', constraint = 'account_of_members_has_owner';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_account_is_not_closed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from account where id = new.account_id and closed_at is not null) then
    raise exception 'account % is closed', new.account_id
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_account_is_over()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.balance_minor <> 0 then
    raise exception 'account % has a balance', new.id
      using errcode = 'check_violation', constraint = 'closed_account_was_empty';
  end if;
  if exists (select from backorder where account_id = new.id and state in ('pending_payment', 'backordered', 'registering'))
    or exists (select from renewal where account_id = new.id and state in ('pending_payment', 'paid', 'renewing'))
    or exists (select from payment where account_id = new.id and state in ('requires_action', 'processing', 'disputed'))
    or exists (select from refund join payment on payment.id = payment_id
      where account_id = new.id and refund.state in ('proposed', 'approved', 'processing'))
    or exists (select from bank_transfer where account_id = new.id and state = 'reversal_proposed') then
    raise exception 'account % has something open', new.id
      using errcode = 'check_violation', constraint = 'closed_account_had_nothing_open';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_alone_grant()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  limit_minor bigint;
  given_minor numeric;
begin
  select grant_alone_minor into limit_minor from refund_limit where currency = new.currency for update;
  select coalesce(sum(amount_minor), 0) into given_minor from alone_grant
    where staff_id = new.staff_id and currency = new.currency and granted_at > clock_timestamp() - interval '24 hours';
  if given_minor + new.amount_minor > coalesce(limit_minor, 0) then
    raise exception 'more than one person gives alone'
      using errcode = 'check_violation', constraint = 'one_person_grants_within_limit';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_balance_within_credit()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (select balance_minor + credit_limit_minor from account where id = new.account_id) < 0 then
    raise exception 'the balance of account % does not cover this', new.account_id
      using errcode = 'check_violation', constraint = 'balance_within_credit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_claimed_name()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from blocked_name where name = new.name and ended_at is null
      and (until_at is null or until_at > clock_timestamp())) then
    raise exception '% is blocked', new.name using errcode = 'check_violation', constraint = 'blocked_name_is_not_claimed';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_contacts_of_order()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare named record;
begin
  for named in select id, account_id, details from contact
    where id in (new.registrant_id, new.admin_id, new.tech_id, new.billing_id) order by id for key share
  loop
    if named.account_id is distinct from new.account_id or named.details is null then
      raise exception 'contact % is not one of account %', named.id, new.account_id
        using errcode = 'check_violation', constraint = 'order_names_own_contacts';
    end if;
  end loop;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_credit_notes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform from invoice where id = new.credits_invoice_id for no key update;
  if (select sum(gross_minor) from invoice where credits_invoice_id = new.credits_invoice_id)
      > (select gross_minor from invoice where id = new.credits_invoice_id) then
    raise exception 'credit notes exceed invoice %', new.credits_invoice_id
      using errcode = 'check_violation', constraint = 'credit_notes_within_invoice';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_deciding_people()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from listing where id = new.listing_id and holder is not null) then
    raise exception 'a name with a holder is withdrawn by two people'
      using errcode = 'check_violation', constraint = 'held_name_is_withdrawn_by_two';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_deletion_is_asked_for()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from registry_request where registration_id = new.id) then
    raise exception 'nobody was asked to delete registration %', new.id
      using errcode = 'check_violation', constraint = 'requested_deletion_is_asked_for';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_deletion_is_of_an_unrenewed_name()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from renewal where registration_id = new.id and state in ('pending_payment', 'paid', 'renewing')) then
    raise exception 'registration % is being renewed', new.id
      using errcode = 'check_violation', constraint = 'renewed_name_is_not_deleted';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_devices()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from staff_account where id = new.staff_id for no key update;
  if (select count(*) from staff_device where staff_id = new.staff_id) > 10 then
    raise exception 'staff % has too many known devices', new.staff_id
      using errcode = 'check_violation', constraint = 'devices_within_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of(backorder_ref uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare held bigint; due bigint;
begin
  select coalesce(sum(amount_minor), 0) into held from posting
    where ledger_account = 'escrow' and backorder_id = backorder_ref;
  select case when state in ('backordered', 'registering') then price_minor else 0 end into due
    from backorder where id = backorder_ref;
  if held is distinct from due then
    raise exception 'backorder % holds % in escrow, due is %', backorder_ref, held, due
      using errcode = 'check_violation', constraint = 'escrow_holds_the_undecided';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of_backorder()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_escrow_of(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of_own_renewal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_escrow_of_renewal(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of_posting()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.backorder_id is not null then perform check_escrow_of(new.backorder_id); end if;
  if new.renewal_id is not null then perform check_escrow_of_renewal(new.renewal_id); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of_renewal(renewal_ref uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare held bigint; due bigint;
begin
  select coalesce(sum(amount_minor), 0) into held from posting
    where ledger_account = 'escrow' and renewal_id = renewal_ref;
  select case when state in ('paid', 'renewing') then price_minor else 0 end into due from renewal where id = renewal_ref;
  if held is distinct from due then
    raise exception 'renewal % holds % in escrow, due is %', renewal_ref, held, due
      using errcode = 'check_violation', constraint = 'escrow_holds_the_undecided';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.check_failed_refund_is_a_task()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from finance_task where kind = 'refund_failed' and subject_id = new.id) then
    raise exception 'nobody was told that refund % failed', new.id
      using errcode = 'check_violation', constraint = 'failed_refund_is_a_task';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_goodwill()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from goodwill_credit where id = new.cause_id and new.cause = 'goodwill' and currency = new.currency
      and account_id = new.account_id and amount_minor = -new.amount_minor) then
    raise exception 'no goodwill credit has this posting'
      using errcode = 'check_violation', constraint = 'goodwill_is_a_credit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_invoice_is_of_a_success()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform from backorder where id = new.backorder_id and state = 'successful'
    and (account_id, name, price_minor, currency, 'registration')
      = (new.account_id, new.name, new.gross_minor, new.currency, new.service)
  union all
  select from renewal join registration on registration.id = renewal.registration_id
    where renewal.id = new.renewal_id and renewal.state = 'successful'
    and (renewal.account_id, registration.name, renewal.price_minor, renewal.currency, renewal.years, 'renewal')
      = (new.account_id, new.name, new.gross_minor, new.currency, new.years, new.service);
  if not found then
    raise exception 'invoice % is of no success', new.number
      using errcode = 'check_violation', constraint = 'invoice_is_of_a_success';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_invoice_number()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare expected text;
begin
  update invoice_series set last_sequence = last_sequence + 1
    where kind = new.kind and mode = new.mode and year = new.year and last_sequence = new.sequence - 1
    returning prefix || lpad(last_sequence::text, greatest(6, length(last_sequence::text)), '0') into expected;
  if expected is distinct from new.number then
    raise exception '% does not follow in its series', new.number
      using errcode = 'check_violation', constraint = 'invoice_number_follows';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_last_admin()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- First, and in a statement of its own: two at once would each still see the other.
  perform pg_advisory_xact_lock(7021733469);
  if not exists (select from staff_account where 'admin' = any (roles) and disabled_at is null) then
    raise exception 'no active admin would be left'
      using errcode = 'check_violation', constraint = 'last_admin_stays';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_live_change_is_asked_for()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from registry_request where registration_request_id = new.id and kind = 'registration_change') then
    raise exception 'nobody was asked to carry out request %', new.id
      using errcode = 'check_violation', constraint = 'live_change_is_asked_for';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_loss()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.state = 'lost' and exists (
      select from registry_account where registry_id = new.registry_id and clid = new.holder_clid) then
    raise exception '% has a client id of ours', new.name
      using errcode = 'check_violation', constraint = 'a_lost_name_is_held_by_others';
  end if;
  if new.decided_by is not null
    and not (new.state = 'lost' and new.decided_basis = 'info' and new.winner_created_at is not null)
    and exists (
      select from target_try as try join registry_account as account on account.id = try.registry_account_id
      where try.target_id = new.id and try.registry_account_id <> new.decided_by and try.arming = new.arming
        and try.state <> 'ended'
        and not (new.decided_basis = 'info' and coalesce(silent_since(account) <= clock_timestamp() - interval '1 minute', false))) then
    raise exception 'another account of ours may hold %', new.name
      using errcode = 'check_violation', constraint = 'a_loss_ends_every_try';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_its_payment()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_money_of_payment(new.payment_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_its_transfer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_money_of_transfer(new.bank_transfer_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_own()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_money_of_payment(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_own_transfer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform check_money_of_transfer(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_payment(payment_ref uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare paid record; returned record; disputed bigint; held record;
begin
  select * into paid from payment where id = payment_ref;
  if paid.method <> 'card' then return; end if;
  select
      coalesce(sum(amount_minor) filter (where state = 'succeeded'), 0) as done,
      coalesce(sum(amount_minor) filter (where state = 'succeeded' and destination = 'original_payment'), 0) as to_card,
      coalesce(sum(amount_minor) filter (where destination = 'original_payment' and (state in ('approved', 'processing')
        or (state = 'failed' and not exists (select from refund as retry where retry.retries_refund_id = refund.id
          and retry.state not in ('proposed', 'rejected', 'expired'))))), 0) as owed
    into returned from refund where payment_id = payment_ref;
  select coalesce(sum(amount_minor), 0) into disputed from dispute where payment_id = payment_ref and state in ('open', 'lost');
  select
      coalesce(sum(amount_minor) filter (where ledger_account = 'provider_clearing'), 0) as clearing,
      coalesce(sum(amount_minor) filter (where ledger_account = 'unapplied_receipts'), 0) as unapplied,
      coalesce(sum(amount_minor) filter (where ledger_account = 'refunds_payable'), 0) as payable
    into held from posting where payment_id = payment_ref;
  if held.clearing <> returned.to_card + disputed - paid.captured_minor then
    raise exception 'payment % has % at the provider', payment_ref, held.clearing
      using errcode = 'check_violation', constraint = 'clearing_holds_what_was_captured';
  end if;
  if held.unapplied <>
      (case when paid.purpose <> 'top_up' and not paid.secures then paid.captured_minor - returned.done else 0 end) then
    raise exception 'payment % has % unapplied', payment_ref, held.unapplied
      using errcode = 'check_violation', constraint = 'unapplied_holds_what_secures_nothing';
  end if;
  if held.payable <> (case when paid.secures or paid.purpose = 'top_up' then returned.owed else 0 end) then
    raise exception 'payment % has % payable', payment_ref, held.payable
      using errcode = 'check_violation', constraint = 'payable_holds_what_is_owed';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.check_money_of_transfer(transfer_ref uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare transfer record; stands bigint;
begin
  select * into transfer from bank_transfer where id = transfer_ref;
  stands := case when transfer.state = 'reversed' then 0 else transfer.amount_minor end;
  perform from posting where bank_transfer_id = transfer_ref having
    coalesce(sum(amount_minor) filter (where ledger_account = 'bank_clearing'), 0) = -stands
    and coalesce(sum(amount_minor) filter (where ledger_account = 'customer_balance' and account_id = transfer.account_id), 0) = stands
    and count(*) filter (where (cause, cause_id) = ('top_up', transfer_ref)) = 2
    and count(*) = case when transfer.state = 'reversed' then 4 else 2 end;
  if not found then
    raise exception 'the postings of transfer % are not what it is', transfer_ref
      using errcode = 'check_violation', constraint = 'bank_transfer_is_in_the_ledger';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.check_month_order()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  before date;
begin
  perform pg_advisory_xact_lock(7021733404);
  select max(month) into before from closed_month where month <> new.month;
  if before <> new.month - interval '1 month'
      or (before is null and exists (select from posting where posted_at < new.month at time zone 'UTC')) then
    raise exception 'an earlier month than % is open', new.month
      using errcode = 'check_violation', constraint = 'months_close_in_order';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_open_holds()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare allowed integer;
begin
  -- First, and in a statement of its own: two holds at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  select case when exists (select from backorder where account_id = new.account_id and secured_at is not null)
      then open_holds_max else open_holds_max_before_paid end
    into allowed from account where id = new.account_id;
  if (select count(*) from backorder where account_id = new.account_id and state = 'pending_payment') > allowed then
    raise exception 'account % has more than % open holds', new.account_id, allowed
      using errcode = 'check_violation', constraint = 'open_holds_within_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_open_month()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  closed_until timestamptz;
begin
  perform pg_advisory_xact_lock_shared(7021733404);
  -- A statement of its own, so that it sees what was committed while the lock was waited for.
  select max(ends_at) into closed_until from closed_month;
  if exists (select from added where posted_at < closed_until) then
    raise exception 'the books are closed until %', closed_until
      using errcode = 'check_violation', constraint = 'nothing_is_posted_in_a_closed_month';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_open_payments()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  -- A declined one may be paid with another card until its time is over. The clock, and not the start of the transaction.
  if (select count(*) from payment where account_id = new.account_id and method = 'card' and backorder_id is null
        and renewal_id is null and state in ('requires_action', 'processing', 'failed') and pay_by > clock_timestamp())
      > (select open_payments_max from account where id = new.account_id) then
    raise exception 'account % has too many open payments', new.account_id
      using errcode = 'check_violation', constraint = 'open_payments_within_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_paid_renewal_is_asked_for()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from registry_request where renewal_id = new.id) then
    raise exception 'nobody was asked to carry out renewal %', new.id
      using errcode = 'check_violation', constraint = 'paid_renewal_is_asked_for';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_posting_set()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare total numeric; currencies integer;
begin
  select sum(amount_minor), count(distinct currency) into total, currencies
    from posting where cause = new.cause and cause_id = new.cause_id;
  if total <> 0 then
    raise exception 'posting set %/% sums to %', new.cause, new.cause_id, total
      using errcode = 'check_violation', constraint = 'posting_set_sums_to_zero';
  end if;
  if currencies > 1 then
    raise exception 'posting set %/% mixes currencies', new.cause, new.cause_id
      using errcode = 'check_violation', constraint = 'posting_set_has_one_currency';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_provider_booking()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (select count(*) from posting where cause = new.kind and cause_id = new.id) <> 2 then
    raise exception 'booking % is not in the ledger', new.id
      using errcode = 'check_violation', constraint = 'provider_booking_is_in_the_ledger';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_provider_posting()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from provider_booking where id = new.cause_id and kind = new.cause and currency = new.currency
      and case new.ledger_account when 'provider_clearing' then -amount_minor
        when (case kind when 'provider_fee' then 'provider_fees' when 'payout' then 'bank_clearing' else 'currency_exchange' end)
          then amount_minor end = new.amount_minor) then
    raise exception 'no booking of the provider has this posting'
      using errcode = 'check_violation', constraint = 'provider_posting_is_a_booking';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_rdap_spacing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.free_at > clock_timestamp() then
    raise exception 'the next request to % waits until %', old.host, old.free_at
      using errcode = 'check_violation', constraint = 'rdap_requests_are_spaced';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_reclaimed_order()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from backorder where id = new.reclaims and expired_reason = 'released') then
    raise exception 'a released order is not reclaimed' using errcode = 'check_violation', constraint = 'only_a_lapsed_order_is_reclaimed';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_refunds_within_captured()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform from payment where id = new.payment_id for no key update;
  if (select coalesce(sum(amount_minor), 0) from refund
      where payment_id = new.payment_id and state not in ('failed', 'rejected', 'expired'))
     > (select captured_minor from payment where id = new.payment_id) then
    raise exception 'refunds exceed the captured payment %', new.payment_id
      using errcode = 'check_violation', constraint = 'refunds_within_captured';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_renewal_is_of_a_kept_name()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from registration where id = new.registration_id and deletion_requested_at is not null) then
    raise exception 'registration % is being deleted', new.registration_id
      using errcode = 'check_violation', constraint = 'deleted_name_is_not_renewed';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_retry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform from refund where id = new.retries_refund_id and state = 'failed'
    and (payment_id, cause, amount_minor, currency) = (new.payment_id, new.cause, new.amount_minor, new.currency) for update;
  if not found then
    raise exception 'refund % has not failed', new.retries_refund_id
      using errcode = 'check_violation', constraint = 'only_a_failed_refund_is_retried';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_sandbox_drops()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  if (select count(*) from sandbox_drop where account_id = new.account_id and ended_at is null) > 20 then
    raise exception 'account % has too many drops', new.account_id
      using errcode = 'check_violation', constraint = 'sandbox_drops_within_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_sandbox_zone()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from zone join registry_account as account on account.registry_id = zone.registry_id
      where is_sandbox and not is_simulator) then
    raise exception 'a sandbox at a real registry' using errcode = 'check_violation', constraint = 'sandbox_is_simulated';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_stop()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.proposal_id is null and exists (
      select from catch_target where registry_id = new.registry_id
        and state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
        and drop_from <= clock_timestamp() and drop_to >= clock_timestamp()) then
    raise exception 'paid names of % are in their window', new.registry_id
      using errcode = 'check_violation', constraint = 'a_drop_is_stopped_by_two';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_submission_window()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from listing where id = new.listing_id and cutoff_at > new.drop_from) then
    raise exception 'target % would be submitted before its cut-off', new.id
      using errcode = 'check_violation', constraint = 'submission_follows_cutoff';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_totp_step()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.used_step <= old.used_step then
    raise exception 'the code of step % was used already', new.used_step
      using errcode = 'check_violation', constraint = 'totp_step_is_used_once';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.check_watches()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  if (select count(*) from watch where account_id = new.account_id)
      > (select watches_max from account where id = new.account_id) then
    raise exception 'account % watches too many names', new.account_id
      using errcode = 'check_violation', constraint = 'watches_within_limit';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_withdrawal_ground()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from withdrawal where listing_id = new.id)
    and not exists (select from catch_target where listing_id = new.id and state = 'withdrawn' and decided_at is not null
      and num_nonnulls(decided_basis, proposal_id, decided_by) > 0) then
    raise exception 'nothing shows that listing % is withdrawn', new.id
      using errcode = 'check_violation', constraint = 'withdrawn_listing_has_ground';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_listing_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version = old.version + 1;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.count_spend()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  total bigint;
begin
  insert into sub_account_spend as spend (sub_account_id, month, spent_minor)
  values (new.sub_account_id, month_of(new.created_at), new.captured_minor)
  on conflict (sub_account_id, month) do update set spent_minor = spend.spent_minor + excluded.spent_minor
  returning spent_minor into total;
  if total > (select monthly_limit_minor from sub_account where id = new.sub_account_id) then
    raise exception 'sub-account % spends more than its limit', new.sub_account_id
      using errcode = 'check_violation', constraint = 'sub_account_within_limit';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.end_closed_account()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update api_key set revoked_at = clock_timestamp() where account_id = new.id and revoked_at is null;
  execute 'select pg_notify(''droplock_keys'', '''')';
  update event_receiver set deleted_at = clock_timestamp(), version = version + 1,
      disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_reason = coalesce(disabled_reason, 'requested')
    where account_id = new.id and deleted_at is null;
  delete from watch where account_id = new.id;
  with needed as (
    select contact_id from registration join backorder on backorder.id = registration.backorder_id,
      lateral unnest(array[registrant_id, admin_id, tech_id, billing_id]) as contact_id
    where registration.account_id = new.id and ended_at is null
    union
    select registry_contact.contact_id from registration join registry_contact
        on registry_contact.registry_account_id = registration.registry_account_id
          and registry_contact.handle in (select value from jsonb_each_text(registration.contacts))
    where registration.account_id = new.id and ended_at is null
  ), unneeded as (
    select id from account_contact where account_id = new.id and deleted_at is null
      and not exists (select from contact where account_contact_id = account_contact.id and id in (select contact_id from needed))
  ), erased as (
    update contact set details = null where account_contact_id in (select id from unneeded)
  )
  update account_contact set deleted_at = clock_timestamp(), is_default = false where id in (select id from unneeded);
  delete from billing_profile where account_id = new.id;
  delete from member_invitation where account_id = new.id;
  delete from member_session where member_id in (select id from member where account_id = new.id);
  delete from member_credential where member_id in (select id from member where account_id = new.id);
  update account set name = 'Closed account' where id = new.id and exists (select from member where account_id = new.id);
  update member set email = 'erased-' || id || '@erased.invalid', name = 'Erased', image = null, account_id = null, role = null,
    erased_at = clock_timestamp() where account_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_suspicion()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  was_asked boolean := old.suspect and old.state in ('upcoming', 'open', 'closed');
  is_asked boolean := new.suspect and new.state in ('upcoming', 'open', 'closed');
begin
  if is_asked and not was_asked then
    insert into confirmation (listing_id, opened_at, try_after, held)
      values (new.id, clock_timestamp(), clock_timestamp(), new.holder is not null)
      on conflict (listing_id) do update set suspicion = confirmation.suspicion + 1, opened_at = excluded.opened_at,
        try_after = excluded.try_after, held = excluded.held, means = null, rdap_host = null, attempts = 0,
        closed_at = null, result = null;
  elsif was_asked and not is_asked then
    update confirmation set closed_at = clock_timestamp(),
        result = case when new.state = 'withdrawn' then 'withdrawn' when new.suspect then 'ended' else 'listed' end
      where listing_id = new.id and closed_at is null;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.forget_mails_of_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  delete from member_mail where member_id = new.id;
  delete from member_mail_off where member_id = new.id;
  delete from member_mail_bounce where member_id = new.id;
  delete from member_notice_seen where member_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.give_sandbox_zone()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  opened text;
begin
  opened := open_sandbox_zone(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.give_spend_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update sub_account_spend as spend set spent_minor = spent_minor - payment.captured_minor
  from payment
  where (case tg_table_name when 'backorder' then payment.backorder_id else payment.renewal_id end) = new.id
    and payment.secures and payment.sub_account_id = spend.sub_account_id and spend.month = month_of(payment.created_at);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.is_order_metadata(metadata jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (jsonb_typeof(metadata) = 'object'::text) THEN (SELECT ((count(*) <= 20) AND COALESCE(bool_and((((char_length(jsonb_each.key) >= 1) AND (char_length(jsonb_each.key) <= 40)) AND (jsonb_typeof(jsonb_each.value) = 'string'::text) AND (char_length((jsonb_each.value #>> '{}'::text[])) <= 500))), true)) FROM jsonb_each(is_order_metadata.metadata) jsonb_each(key, value)) ELSE false END;

CREATE OR REPLACE FUNCTION public.is_reserved(listed_name text, listed_zone text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN ((EXISTS (SELECT FROM reserved_word reserved WHERE ((reserved.kind = 'label'::text) AND (reserved.word = listing_label(is_reserved.listed_name, is_reserved.listed_zone)) AND (reserved.ended_at IS NULL) AND ((reserved.zone = is_reserved.listed_zone) OR (reserved.zone IS NULL))))) OR (EXISTS (SELECT FROM reserved_word reserved WHERE ((reserved.kind = 'contains'::text) AND (strpos(listing_label(is_reserved.listed_name, is_reserved.listed_zone), reserved.word) > 0) AND (reserved.ended_at IS NULL) AND ((reserved.zone = is_reserved.listed_zone) OR (reserved.zone IS NULL))))));

CREATE OR REPLACE PROCEDURE public.keep_apart(IN kept text, IN whose text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %I enable row level security', kept);
  execute format('create policy own_rows on %I using (%s)', kept, whose);
  call open_to_apps(kept);
end $procedure$;

CREATE OR REPLACE FUNCTION public.keep_expected_window()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- A target that is armed again begins with the window of its schedule. A new one has no row before it.
  if new.arming <> old.arming then new.drift_change_id := null; end if;
  if new.drift_change_id is null then
    new.expected_from := new.drop_from;
    new.expected_to := new.drop_to;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_submitted_evidence()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the evidence of % was submitted', old.dispute_id
    using errcode = 'check_violation', constraint = 'submitted_evidence_is_final';
end $function$;

CREATE OR REPLACE FUNCTION public.label_class(label text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (label ^@ 'xn--'::text) THEN 'idn'::text ELSE ((CASE WHEN (translate(label, 'abcdefghijklmnopqrstuvwxyz'::text, ''::text) <> label) THEN 'l'::text ELSE ''::text END || CASE WHEN (translate(label, '0123456789'::text, ''::text) <> label) THEN 'd'::text ELSE ''::text END) || CASE WHEN (strpos(label, '-'::text) > 0) THEN '-'::text ELSE ''::text END) END;

CREATE OR REPLACE FUNCTION public.label_kinds(label text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((length(label) <= 6) AND (strpos(label, '-'::text) = 0)) THEN translate(label, 'aeioubcdfghjklmnpqrstvwxyz0123456789'::text, 'VVVVVCCCCCCCCCCCCCCCCCCCCCNNNNNNNNNN'::text) ELSE NULL::text END;

CREATE OR REPLACE FUNCTION public.label_matches(rule price_rule, label text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN ((((rule).label_like IS NULL) OR (label ~~ (rule).label_like)) AND (((rule).label_kinds IS NULL) OR (label_kinds(label) = ANY ((rule).label_kinds))) AND (((rule).label_repeats IS NULL) OR (label_repeats(label) = ANY ((rule).label_repeats))) AND (((rule).label_classes IS NULL) OR (label_class(label) = ANY ((rule).label_classes))) AND (((rule).length_min IS NULL) OR ((length(label) >= (rule).length_min) AND (length(label) <= (rule).length_max))));

CREATE OR REPLACE FUNCTION public.label_repeats(label text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((length(label) <= 6) AND (strpos(label, '-'::text) = 0)) THEN translate(label, label, 'ABCDEF'::text) ELSE NULL::text END;

CREATE OR REPLACE FUNCTION public.listing_label(name text, zone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN "left"(name, ('-1'::integer - length(zone)));

CREATE OR REPLACE FUNCTION public.month_of(at timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE
RETURN (date_trunc('month'::text, (at AT TIME ZONE 'UTC'::text)))::date;

CREATE OR REPLACE FUNCTION public.name_refund()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.name := (select coalesce(backorder.name, registration.name, listing.name) from payment
    left join backorder on backorder.id = payment.backorder_id
    left join renewal on renewal.id = payment.renewal_id
    left join registration on registration.id = renewal.registration_id
    left join listing on listing.id = payment.listing_id
    where payment.id = new.payment_id);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.note_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  watched text := tg_argv[0];
  key text := tg_argv[1];
  unseen text[] := tg_argv[2]::text[];
  -- More than a message of the console names one by one.
  ids_max constant integer := 50;
  ids text[];
begin
  if tg_op = 'UPDATE' and unseen <> '{}' then
    select array_agg(distinct coalesce(after.row ->> key, '')) into ids
    from (select to_jsonb(changed) as row from changed) as after
    where not exists (
      select from (select to_jsonb(before) as row from before) as earlier where earlier.row - unseen = after.row - unseen);
  else
    select array_agg(distinct coalesce(to_jsonb(changed) ->> key, '')) into ids from changed;
  end if;
  if ids is null then
    return null;
  end if;
  if key = '' or cardinality(ids) > ids_max then
    ids := array[null::text];
  end if;
  insert into change_notice (resource, record_id) select watched, id from unnest(ids) as id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_firing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.fired_at := clock_timestamp();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.note_statement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into change_notice (resource) values (tg_argv[0]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.open_sandbox_zone(account uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  original zone;
  opened text;
begin
  select * into original from zone where is_sandbox and sandbox_account_id is null;
  if not found then return null; end if;
  select name into opened from zone where sandbox_account_id = account;
  if found then return opened; end if;
  loop
    opened := translate(substr(md5(gen_random_uuid()::text), 1, 8), '0123456789', 'ghjkmnpqrt') || '.' || original.name;
    exit when not exists (select from zone where name = opened);
  end loop;
  insert into zone (name, registry_id, enabled, standard_fee_minor, phase_fee_minor, fee_currency, cutoff_lead_seconds, drop_time_zone,
    drop_starts_at, drop_lasts_seconds, early_seconds, late_seconds, grace_seconds, renew_fee_minor, may_have_premium, rdap_url,
    contact_roles, release, drop_also_at, grace_full_seconds, grace_probe_seconds, grace_share_percent, drift_earlier_seconds_max,
    drift_later_seconds_max, late_renewal_days, auto_renew_grace_days, is_sandbox, sandbox_account_id)
  values (opened, original.registry_id, original.enabled, original.standard_fee_minor, original.phase_fee_minor, original.fee_currency,
    original.cutoff_lead_seconds, original.drop_time_zone, original.drop_starts_at, original.drop_lasts_seconds, original.early_seconds,
    original.late_seconds, original.grace_seconds, original.renew_fee_minor, original.may_have_premium, original.rdap_url,
    original.contact_roles, original.release, original.drop_also_at, original.grace_full_seconds, original.grace_probe_seconds,
    original.grace_share_percent, original.drift_earlier_seconds_max, original.drift_later_seconds_max, original.late_renewal_days,
    original.auto_renew_grace_days, true, account)
  on conflict do nothing;
  -- Opened by another transaction meanwhile.
  if not found then return (select name from zone where sandbox_account_id = account); end if;
  with rule as (
    insert into price_rule (id, zone, kind, match, weight, in_force_since)
    select gen_random_uuid(), opened, kind, match, weight, statement_timestamp() from price_rule
    where zone = original.name and kind = 'tier' and in_force_since is not null
    returning id, match)
  insert into price_amount (id, rule_id, currency, amount_minor, list_id, starts_at, started_at)
  select gen_random_uuid(), rule.id, price.currency, price.amount_minor, price.list_id, statement_timestamp(), statement_timestamp()
  from rule join price_rule as known on known.zone = original.name and known.kind = 'tier' and known.match = rule.match
    join price_amount as price on price.rule_id = known.id and price.started_at is not null and price.ended_at is null;
  insert into renewal_price (zone, currency, per_year_minor)
  select opened, currency, per_year_minor from renewal_price where zone = original.name;
  return opened;
end $function$;

CREATE OR REPLACE PROCEDURE public.open_to_apps(IN opened text)
 LANGUAGE plpgsql
AS $procedure$
declare apps text; is_new boolean;
begin
  select string_agg(quote_ident(rolname), ', ' order by rolname) into apps
    from pg_namespace, aclexplode(nspacl), pg_roles
    where nspname = 'public' and privilege_type = 'USAGE' and pg_roles.oid = grantee
      and rolname ~ '^droplock_[a-z0-9_]+$' and rolname !~ '_gateway$';
  if apps is null then return; end if;
  select apps is distinct from (select string_agg(quote_ident(r), ', ' order by r) from unnest(roles) as r) into is_new
    from pg_policies where schemaname = 'public' and tablename = opened and policyname = 'all_rows';
  -- Changing a policy locks its table: not where nothing changes.
  if is_new is null then execute format('create policy all_rows on %I to %s using (true)', opened, apps);
  elsif is_new then execute format('alter policy all_rows on %I to %s', opened, apps);
  end if;
end $procedure$;

CREATE OR REPLACE FUNCTION public.price_rule_of(listed_name text, listed_zone text, listed_tier text)
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN COALESCE((SELECT rule.id FROM price_rule rule WHERE ((rule.kind = 'name'::text) AND (rule.match = price_rule_of.listed_name) AND (rule.in_force_since IS NOT NULL))), (SELECT rule.id FROM price_rule rule WHERE ((rule.kind <> 'name'::text) AND (rule.in_force_since IS NOT NULL) AND ((rule.zone = price_rule_of.listed_zone) OR (rule.zone IS NULL)) AND CASE rule.kind WHEN 'tier'::text THEN (rule.match = price_rule_of.listed_tier) ELSE label_matches(rule.*, listing_label(price_rule_of.listed_name, price_rule_of.listed_zone)) END) ORDER BY CASE rule.kind WHEN 'pattern'::text THEN 1 WHEN 'length'::text THEN 2 ELSE 3 END, (rule.zone IS NULL), rule.weight DESC, rule.in_force_since DESC, rule.id DESC LIMIT 1));

CREATE OR REPLACE FUNCTION public.refuse_auth_code_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'an auth code is shown once'
    using errcode = 'check_violation', constraint = 'auth_code_is_shown_once';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = tg_name;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_block()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a block is only ended' using errcode = 'check_violation', constraint = 'block_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_contact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a contact is at registries as it was made; another one takes its place'
    using errcode = 'check_violation', constraint = 'contact_details_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a backorder''s name, buyer and price are final' using errcode = 'check_violation', constraint = 'order_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_payment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what a payment is of, and what was captured, is final' using errcode = 'check_violation', constraint = tg_name;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_price()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a price is only started and ended' using errcode = 'check_violation', constraint = 'price_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_proposal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was proposed, by whom, and what was decided is final'
    using errcode = 'check_violation', constraint = 'proposal_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'amount, payee and destination of a refund are final'
    using errcode = 'check_violation', constraint = 'refund_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_registration_request()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was requested for a registration is final'
    using errcode = 'check_violation', constraint = 'registration_request_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_renewal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what a renewal is of, its price and its guard are final'
    using errcode = 'check_violation', constraint = 'renewal_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_transfer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what a transfer was, and that it was reversed, is final'
    using errcode = 'check_violation', constraint = 'bank_transfer_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_word()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a reserved word is only ended' using errcode = 'check_violation', constraint = 'reserved_word_is_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_direct_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a balance moves only by a posting' using errcode = 'check_violation', constraint = 'balance_moves_only_by_posting';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_direct_sequence()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a series moves only by what is issued in it'
    using errcode = 'check_violation', constraint = 'series_moves_only_by_issuing';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_refund_of_disputed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if (select state from payment where id = new.payment_id) <> 'succeeded' then
    raise exception 'payment % is disputed', new.payment_id
      using errcode = 'check_violation', constraint = 'no_card_refund_while_disputed';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_refund_of_undecided()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from payment join backorder on backorder.id = payment.backorder_id
             where payment.id = new.payment_id and backorder.state not in ('successful', 'failed', 'expired'))
    or exists (select from payment join renewal on renewal.id = payment.renewal_id
               where payment.id = new.payment_id and renewal.state not in ('successful', 'failed', 'expired')) then
    raise exception 'what payment % is for is undecided', new.payment_id
      using errcode = 'check_violation', constraint = 'no_manual_refund_while_undecided';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_removal_of_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (
      select from gone join catch_target on catch_target.id = gone.target_id left join registry_charge using (backorder_id)
      where gone.cltrid in (deciding_cltrid, registry_charge.cltrid))
    or exists (
      select from (select distinct on (target_id) target_id, sent_at, cltrid from gone order by target_id, sent_at, cltrid) as earliest
      where not exists (select from catch_attempt as kept where kept.target_id = earliest.target_id
        and (kept.sent_at, kept.cltrid) < (earliest.sent_at, earliest.cltrid))) then
    raise exception 'the first attempt and those that decided or were charged stay'
      using errcode = 'check_violation', constraint = 'first_and_deciding_attempt_stay';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.remove_attempts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  kept text[];
begin
  select array_remove(array[deciding_cltrid, registry_charge.cltrid,
      (select cltrid from catch_attempt where target_id = target.id order by sent_at, cltrid limit 1)], null)
    from catch_target as target left join registry_charge using (backorder_id)
    where target.id = new.target_id and decided_at is not null
    into kept;
  if not found then
    raise exception 'target % is undecided', new.target_id
      using errcode = 'check_violation', constraint = 'undecided_target_keeps_its_attempts';
  end if;
  with gone as (
    delete from catch_attempt where cltrid in (
      select cltrid from catch_attempt where target_id = new.target_id and cltrid <> all (kept)
      order by sent_at, cltrid limit new.attempts_max)
    returning sent_at)
  select count(*), min(sent_at), max(sent_at), clock_timestamp() from gone
    into new.removed, new.first_sent_at, new.last_sent_at, new.removed_at;
  return case when new.removed > 0 then new end;
end $function$;

CREATE OR REPLACE FUNCTION public.require_listed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if not exists (select from sync_run where id = new.publication_id and listed_at is not null) then
    raise 'the list that added % is not published yet', new.name using errcode = 'check_violation', constraint = 'listing_opens_when_listed';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.revoke_key_of_session()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update api_key set revoked_at = clock_timestamp() where session_id = old.id and revoked_at is null;
  if found then execute 'select pg_notify(''droplock_keys'', '''')'; end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.revoke_keys_of_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update api_key set revoked_at = clock_timestamp()
    where session_id in (select id from member_session where member_id = new.id) and revoked_at is null;
  if found then execute 'select pg_notify(''droplock_keys'', '''')'; end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.set_listing_terms()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.price_rule_id := coalesce(new.price_rule_id, price_rule_of(new.name, new.zone, new.tier));
  new.reserved := new.reserved or is_reserved(new.name, new.zone);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.silent_since(account registry_account)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
RETURN CASE WHEN (((account).lease_owner IS NOT NULL) AND ((account).driven_epoch = (account).lease_epoch)) THEN (account).lease_expires_at ELSE (account).driven_until END;

CREATE OR REPLACE FUNCTION public.was_held(held_listing uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN (EXISTS (SELECT FROM backorder WHERE ((backorder.listing_id = was_held.held_listing) AND (backorder.pay_by IS NOT NULL))));

CREATE OR REPLACE PROCEDURE public.watch_changes(IN watched text, IN resource text, IN key text DEFAULT 'id'::text, IN unseen text[] DEFAULT '{}'::text[])
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create trigger insert_is_noted after insert on %I referencing new table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
  execute format('create trigger update_is_noted after update on %I referencing old table as before new table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
  execute format('create trigger delete_is_noted after delete on %I referencing old table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
end $procedure$;

CREATE TRIGGER account_has_its_sandbox AFTER INSERT ON public.account FOR EACH ROW EXECUTE FUNCTION give_sandbox_zone();

CREATE TRIGGER balance_moves_only_by_posting BEFORE UPDATE OF balance_minor ON public.account FOR EACH ROW WHEN (((old.balance_minor IS DISTINCT FROM new.balance_minor) AND (pg_trigger_depth() = 0))) EXECUTE FUNCTION refuse_direct_balance();

CREATE TRIGGER balance_starts_empty BEFORE INSERT ON public.account FOR EACH ROW WHEN ((new.balance_minor <> 0)) EXECUTE FUNCTION refuse_direct_balance();

CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE OF name, disabled_at, credit_limit_minor, open_holds_max, open_holds_max_before_paid, open_payments_max, watches_max, reads_per_minute_max, claims_per_minute_max ON public.account FOR EACH STATEMENT EXECUTE FUNCTION note_statement('accounts');

CREATE TRIGGER closed_account_keeps_what_law_keeps AFTER UPDATE OF closed_at ON public.account FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION end_closed_account();

CREATE TRIGGER closed_account_was_empty BEFORE UPDATE OF closed_at ON public.account FOR EACH ROW WHEN ((new.closed_at IS NOT NULL)) EXECUTE FUNCTION check_account_is_over();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.alarm REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('alarms', 'id', '{last_seen_at}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.alarm REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('alarms', 'id', '{last_seen_at}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.alarm REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('alarms', 'id', '{last_seen_at}');

CREATE TRIGGER one_person_grants_within_limit BEFORE INSERT ON public.alone_grant FOR EACH ROW EXECUTE FUNCTION check_alone_grant();

CREATE TRIGGER closed_account_gets_no_key AFTER INSERT ON public.api_key FOR EACH ROW EXECUTE FUNCTION check_account_is_not_closed();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.api_key REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{last_used_on}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.api_key REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{last_used_on}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.api_key REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{last_used_on}');

CREATE TRIGGER removal_is_append_only BEFORE DELETE OR UPDATE ON public.attempt_removal FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER removal_is_never_truncated BEFORE TRUNCATE ON public.attempt_removal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER undecided_target_keeps_its_attempts BEFORE INSERT ON public.attempt_removal FOR EACH ROW EXECUTE FUNCTION remove_attempts();

CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_is_never_truncated BEFORE TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.audit_entry REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('audit', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('audit', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.audit_entry REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('audit', '', '{}');

CREATE TRIGGER auth_code_is_shown_once BEFORE UPDATE ON public.auth_code FOR EACH ROW WHEN ((((old.salt IS NULL) AND (new.salt IS NOT NULL)) OR ((old.shown_at IS NOT NULL) AND (new.shown_at IS DISTINCT FROM old.shown_at)))) EXECUTE FUNCTION refuse_auth_code_again();

CREATE CONSTRAINT TRIGGER escrow_holds_the_undecided AFTER INSERT OR UPDATE OF state ON public.backorder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_escrow_of_backorder();

CREATE TRIGGER failed_order_is_given_back AFTER UPDATE OF state ON public.backorder FOR EACH ROW WHEN (((new.state = 'failed'::text) AND (old.state <> 'failed'::text) AND (new.sub_account_id IS NOT NULL))) EXECUTE FUNCTION give_spend_back();

CREATE TRIGGER only_a_lapsed_order_is_reclaimed BEFORE INSERT OR UPDATE OF reclaims ON public.backorder FOR EACH ROW WHEN ((new.reclaims IS NOT NULL)) EXECUTE FUNCTION check_reclaimed_order();

CREATE TRIGGER open_holds_within_limit AFTER INSERT ON public.backorder FOR EACH ROW WHEN ((new.state = 'pending_payment'::text)) EXECUTE FUNCTION check_open_holds();

CREATE TRIGGER order_names_own_contacts BEFORE INSERT ON public.backorder FOR EACH ROW WHEN ((new.registrant_id IS NOT NULL)) EXECUTE FUNCTION check_contacts_of_order();

CREATE TRIGGER order_terms_are_final BEFORE UPDATE ON public.backorder FOR EACH ROW WHEN ((((((old.listing_id IS DISTINCT FROM new.listing_id) OR (old.name IS DISTINCT FROM new.name)) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.price_minor IS DISTINCT FROM new.price_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text))) EXECUTE FUNCTION refuse_changed_order();

CREATE CONSTRAINT TRIGGER bank_transfer_is_in_the_ledger AFTER INSERT OR UPDATE ON public.bank_transfer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_money_of_own_transfer();

CREATE TRIGGER bank_transfer_terms_are_final BEFORE UPDATE ON public.bank_transfer FOR EACH ROW WHEN (((((((old.account_id IS DISTINCT FROM new.account_id) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.bank_reference IS DISTINCT FROM new.bank_reference)) OR (old.recorded_by IS DISTINCT FROM new.recorded_by)) OR (old.state = 'reversed'::text))) EXECUTE FUNCTION refuse_changed_transfer();

CREATE TRIGGER closed_account_gets_no_transfer AFTER INSERT ON public.bank_transfer FOR EACH ROW EXECUTE FUNCTION check_account_is_not_closed();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.bank_transfer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('bank-transfers', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.bank_transfer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('bank-transfers', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.bank_transfer REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('bank-transfers', 'id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.batch_drift REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('drift', '', '{measure_at}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.batch_drift REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('drift', '', '{measure_at}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.batch_drift REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('drift', '', '{measure_at}');

CREATE TRIGGER block_is_never_deleted BEFORE DELETE ON public.blocked_name FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER block_is_never_truncated BEFORE TRUNCATE ON public.blocked_name FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER block_terms_are_final BEFORE UPDATE ON public.blocked_name FOR EACH ROW WHEN ((((((((old.name IS DISTINCT FROM new.name) OR (old.zone IS DISTINCT FROM new.zone)) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.blocked_by IS DISTINCT FROM new.blocked_by)) OR (old.blocked_at IS DISTINCT FROM new.blocked_at)) OR (old.until_at IS DISTINCT FROM new.until_at)) OR (old.ended_at IS NOT NULL))) EXECUTE FUNCTION refuse_changed_block();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.blocked_name REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('blocked-names', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.blocked_name REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('blocked-names', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.blocked_name REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('blocked-names', 'id', '{}');

CREATE TRIGGER attempt_is_append_only BEFORE DELETE OR UPDATE ON public.catch_attempt FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER attempt_is_never_truncated BEFORE TRUNCATE ON public.catch_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER first_and_deciding_attempt_stay AFTER DELETE ON public.catch_attempt REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal_of_kept();

CREATE TRIGGER a_loss_is_certain AFTER UPDATE OF state ON public.catch_target FOR EACH ROW WHEN (((new.state IS DISTINCT FROM old.state) AND (new.state = ANY (ARRAY['lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text])))) EXECUTE FUNCTION check_loss();

CREATE TRIGGER expected_window_is_kept BEFORE INSERT OR UPDATE OF arming, drop_from, drop_to ON public.catch_target FOR EACH ROW EXECUTE FUNCTION keep_expected_window();

CREATE TRIGGER firing_is_noted BEFORE UPDATE ON public.catch_target FOR EACH ROW WHEN (((new.state = 'firing'::text) AND (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION note_firing();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.catch_target REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('listings', 'listing_id', '{}');

CREATE TRIGGER submission_follows_cutoff BEFORE UPDATE OF drop_from ON public.catch_target FOR EACH ROW WHEN (((new.drift_change_id IS NOT NULL) AND (new.drop_from IS DISTINCT FROM old.drop_from))) EXECUTE FUNCTION check_submission_window();

CREATE TRIGGER closed_balance_is_final BEFORE DELETE OR UPDATE ON public.closed_balance FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER closed_balance_is_never_truncated BEFORE TRUNCATE ON public.closed_balance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER closed_month_is_final BEFORE DELETE OR UPDATE ON public.closed_month FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.closed_month REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('months', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.closed_month REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('months', '', '{}');

CREATE TRIGGER months_close_in_order AFTER INSERT ON public.closed_month FOR EACH ROW EXECUTE FUNCTION check_month_order();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.closed_month REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('months', '', '{}');

CREATE TRIGGER closed_month_item_is_final BEFORE DELETE OR UPDATE ON public.closed_month_item FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER closed_month_item_is_never_truncated BEFORE TRUNCATE ON public.closed_month_item FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER answer_is_append_only BEFORE DELETE OR UPDATE ON public.confirmation_answer FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER answer_is_never_truncated BEFORE TRUNCATE ON public.confirmation_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.connection_test REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('connection-tests', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.connection_test REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('connection-tests', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.connection_test REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('connection-tests', 'id', '{}');

CREATE TRIGGER contact_details_are_final BEFORE UPDATE ON public.contact FOR EACH ROW WHEN (((((old.account_id IS DISTINCT FROM new.account_id) OR (old.account_contact_id IS DISTINCT FROM new.account_contact_id)) OR (old.version IS DISTINCT FROM new.version)) OR ((old.details IS DISTINCT FROM new.details) AND (new.details IS NOT NULL)))) EXECUTE FUNCTION refuse_changed_contact();

CREATE CONSTRAINT TRIGGER card_money_is_where_it_belongs AFTER INSERT OR UPDATE ON public.dispute DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_money_of_its_payment();

CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE ON public.dispute FOR EACH STATEMENT EXECUTE FUNCTION note_statement('disputes');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.dispute REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payments', 'payment_id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.dispute REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payments', 'payment_id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.dispute REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payments', 'payment_id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.dispute_evidence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('disputes', 'dispute_id', '{try_after,attempts}');

CREATE TRIGGER evidence_is_never_deleted BEFORE DELETE ON public.dispute_evidence FOR EACH ROW EXECUTE FUNCTION keep_submitted_evidence();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.dispute_evidence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('disputes', 'dispute_id', '{try_after,attempts}');

CREATE TRIGGER submitted_evidence_is_final BEFORE UPDATE ON public.dispute_evidence FOR EACH ROW WHEN (((old.state = 'submitted'::text) OR ((old.state = 'submitting'::text) AND (old.fields <> new.fields)))) EXECUTE FUNCTION keep_submitted_evidence();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.dispute_evidence REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('disputes', 'dispute_id', '{try_after,attempts}');

CREATE TRIGGER event_is_final BEFORE UPDATE ON public.event FOR EACH ROW WHEN (((old."position" IS NOT NULL) OR (new."position" IS NULL) OR (((((((new.id IS DISTINCT FROM old.id) OR (new.topic IS DISTINCT FROM old.topic)) OR (new.account_id IS DISTINCT FROM old.account_id)) OR (new.sub_account_id IS DISTINCT FROM old.sub_account_id)) OR (new.subject_id IS DISTINCT FROM old.subject_id)) OR (new.data IS DISTINCT FROM old.data)) OR (new.occurred_at IS DISTINCT FROM old.occurred_at)))) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER change_is_noted AFTER UPDATE OF state ON public.event_delivery FOR EACH STATEMENT EXECUTE FUNCTION note_statement('deliveries');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.event_receiver REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('receivers', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.event_receiver REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('receivers', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.event_receiver REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('receivers', 'id', '{}');

CREATE TRIGGER fee_answer_is_append_only BEFORE DELETE OR UPDATE ON public.fee_answer FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER fee_answer_is_never_truncated BEFORE TRUNCATE ON public.fee_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.finance_task REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('finance-tasks', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.finance_task REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('finance-tasks', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.finance_task REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('finance-tasks', 'id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.goodwill_credit REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('goodwill-credits', 'id', '{}');

CREATE TRIGGER goodwill_is_final BEFORE DELETE OR UPDATE ON public.goodwill_credit FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.goodwill_credit REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('goodwill-credits', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.goodwill_credit REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('goodwill-credits', 'id', '{}');

CREATE TRIGGER credit_notes_within_invoice AFTER INSERT ON public.invoice FOR EACH ROW WHEN ((new.kind = 'credit_note'::text)) EXECUTE FUNCTION check_credit_notes();

CREATE TRIGGER invoice_is_immutable BEFORE DELETE OR UPDATE ON public.invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER invoice_is_never_truncated BEFORE TRUNCATE ON public.invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER invoice_is_of_a_success AFTER INSERT ON public.invoice FOR EACH ROW WHEN ((new.kind = 'invoice'::text)) EXECUTE FUNCTION check_invoice_is_of_a_success();

CREATE TRIGGER invoice_number_follows AFTER INSERT ON public.invoice FOR EACH ROW EXECUTE FUNCTION check_invoice_number();

CREATE TRIGGER series_moves_only_by_issuing BEFORE DELETE OR UPDATE ON public.invoice_series FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION refuse_direct_sequence();

CREATE TRIGGER series_starts_at_nothing BEFORE INSERT ON public.invoice_series FOR EACH ROW WHEN ((new.last_sequence <> 0)) EXECUTE FUNCTION refuse_direct_sequence();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.list_source REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('list-sources', 'id', '{claimed_by,claimed_until}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.list_source REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('list-sources', 'id', '{claimed_by,claimed_until}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.list_source REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('list-sources', 'id', '{claimed_by,claimed_until}');

CREATE TRIGGER blocked_name_is_not_claimed BEFORE UPDATE OF holder ON public.listing FOR EACH ROW WHEN (((new.holder IS NOT NULL) AND (new.holder IS DISTINCT FROM old.holder))) EXECUTE FUNCTION check_claimed_name();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.listing FOR EACH STATEMENT EXECUTE FUNCTION note_statement('listings');

CREATE TRIGGER listing_has_its_terms BEFORE INSERT ON public.listing FOR EACH ROW EXECUTE FUNCTION set_listing_terms();

CREATE TRIGGER listing_opens_when_listed BEFORE UPDATE OF state ON public.listing FOR EACH ROW WHEN (((old.state = 'upcoming'::text) AND (new.state = 'open'::text) AND (new.publication_id IS NOT NULL))) EXECUTE FUNCTION require_listed();

CREATE TRIGGER listing_version_grows BEFORE UPDATE ON public.listing FOR EACH ROW WHEN (((((((((((old.state IS DISTINCT FROM new.state) OR (old.holder IS DISTINCT FROM new.holder)) OR (old.override_id IS DISTINCT FROM new.override_id)) OR (old.opens_at IS DISTINCT FROM new.opens_at)) OR (old.cutoff_at IS DISTINCT FROM new.cutoff_at)) OR (old.drop_from IS DISTINCT FROM new.drop_from)) OR (old.drop_to IS DISTINCT FROM new.drop_to)) OR (old.listed_cutoff_at IS DISTINCT FROM new.listed_cutoff_at)) OR (old.listed_drop_from IS DISTINCT FROM new.listed_drop_from)) OR (old.listed_drop_to IS DISTINCT FROM new.listed_drop_to))) EXECUTE FUNCTION count_listing_version();

CREATE TRIGGER suspect_is_being_confirmed AFTER UPDATE ON public.listing FOR EACH ROW WHEN (((new.suspect IS DISTINCT FROM old.suspect) OR (new.suspect AND (new.state IS DISTINCT FROM old.state)))) EXECUTE FUNCTION follow_suspicion();

CREATE CONSTRAINT TRIGGER withdrawn_listing_has_ground AFTER UPDATE ON public.listing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.state = 'withdrawn'::text) AND (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION check_withdrawal_ground();

CREATE CONSTRAINT TRIGGER account_of_members_has_owner AFTER DELETE OR UPDATE OF account_id, role ON public.member DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.role = 'owner'::text)) EXECUTE FUNCTION check_account_has_owner();

CREATE TRIGGER changed_member_has_no_key AFTER UPDATE OF account_id, role ON public.member FOR EACH ROW WHEN (((old.account_id IS DISTINCT FROM new.account_id) OR (old.role IS DISTINCT FROM new.role))) EXECUTE FUNCTION revoke_keys_of_member();

CREATE TRIGGER erased_member_has_no_mails AFTER UPDATE OF erased_at ON public.member FOR EACH ROW WHEN (((old.erased_at IS NULL) AND (new.erased_at IS NOT NULL))) EXECUTE FUNCTION forget_mails_of_member();

CREATE TRIGGER ended_session_has_no_key AFTER DELETE ON public.member_session FOR EACH ROW EXECUTE FUNCTION revoke_key_of_session();

CREATE TRIGGER observed_drop_is_append_only BEFORE DELETE OR UPDATE ON public.observed_drop FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER observed_drop_is_never_truncated BEFORE TRUNCATE ON public.observed_drop FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER statistic_is_never_deleted BEFORE DELETE ON public.order_statistic FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER statistic_only_grows BEFORE UPDATE ON public.order_statistic FOR EACH ROW WHEN ((((((((new.day IS DISTINCT FROM old.day) OR (new.zone IS DISTINCT FROM old.zone)) OR (new.release IS DISTINCT FROM old.release)) OR ((new.currency)::text IS DISTINCT FROM (old.currency)::text)) OR (new.price_band IS DISTINCT FROM old.price_band)) OR (new.outcome IS DISTINCT FROM old.outcome)) OR (new.orders < old.orders) OR (new.creates < old.creates) OR (new.wasted_creates < old.wasted_creates))) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.past_zone_policy REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('zone-policies', 'zone', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.past_zone_policy REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('zone-policies', 'zone', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.past_zone_policy REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('zone-policies', 'zone', '{}');

CREATE CONSTRAINT TRIGGER card_money_is_where_it_belongs AFTER INSERT OR UPDATE ON public.payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.method = 'card'::text)) EXECUTE FUNCTION check_money_of_own();

CREATE TRIGGER change_is_noted AFTER UPDATE OF state ON public.payment FOR EACH STATEMENT EXECUTE FUNCTION note_statement('payments');

CREATE TRIGGER closed_account_opens_no_payment AFTER INSERT ON public.payment FOR EACH ROW WHEN ((new.method = 'card'::text)) EXECUTE FUNCTION check_account_is_not_closed();

CREATE TRIGGER open_payments_within_limit AFTER INSERT ON public.payment FOR EACH ROW WHEN (((new.method = 'card'::text) AND (new.backorder_id IS NULL) AND (new.renewal_id IS NULL))) EXECUTE FUNCTION check_open_payments();

CREATE TRIGGER payment_terms_are_final BEFORE UPDATE ON public.payment FOR EACH ROW WHEN (((((((((old.account_id IS DISTINCT FROM new.account_id) OR (old.method IS DISTINCT FROM new.method)) OR (old.purpose IS DISTINCT FROM new.purpose)) OR (old.listing_id IS DISTINCT FROM new.listing_id)) OR (old.renewal_id IS DISTINCT FROM new.renewal_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR ((old.provider_id IS NOT NULL) AND (old.provider_id IS DISTINCT FROM new.provider_id)) OR ((old.captured_minor > 0) AND (old.captured_minor <> new.captured_minor)))) EXECUTE FUNCTION refuse_changed_payment();

CREATE TRIGGER sub_account_within_limit BEFORE INSERT ON public.payment FOR EACH ROW WHEN ((new.sub_account_id IS NOT NULL)) EXECUTE FUNCTION count_spend();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.payout REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payouts', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.payout REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payouts', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.payout REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('payouts', 'id', '{}');

CREATE TRIGGER balance_follows_postings AFTER INSERT ON public.posting FOR EACH ROW WHEN ((new.ledger_account = 'customer_balance'::text)) EXECUTE FUNCTION apply_posting_to_balance();

CREATE TRIGGER balance_within_credit AFTER INSERT ON public.posting FOR EACH ROW WHEN (((new.ledger_account = 'customer_balance'::text) AND (new.amount_minor < 0) AND (new.cause <> ALL (ARRAY['dispute'::text, 'top_up_reversed'::text])))) EXECUTE FUNCTION check_balance_within_credit();

CREATE CONSTRAINT TRIGGER bank_transfer_is_in_the_ledger AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.bank_transfer_id IS NOT NULL)) EXECUTE FUNCTION check_money_of_its_transfer();

CREATE CONSTRAINT TRIGGER card_money_is_where_it_belongs AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.payment_id IS NOT NULL)) EXECUTE FUNCTION check_money_of_its_payment();

CREATE CONSTRAINT TRIGGER escrow_holds_the_undecided AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.ledger_account = 'escrow'::text)) EXECUTE FUNCTION check_escrow_of_posting();

CREATE CONSTRAINT TRIGGER goodwill_is_a_credit AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.ledger_account = 'goodwill'::text)) EXECUTE FUNCTION check_goodwill();

CREATE TRIGGER nothing_is_posted_in_a_closed_month AFTER INSERT ON public.posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_open_month();

CREATE TRIGGER posting_is_append_only BEFORE DELETE OR UPDATE ON public.posting FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_is_never_truncated BEFORE TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER posting_set_sums_to_zero AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posting_set();

CREATE CONSTRAINT TRIGGER provider_posting_is_a_booking AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.cause = ANY (ARRAY['provider_fee'::text, 'payout'::text, 'exchange_out'::text, 'exchange_in'::text])) OR (new.ledger_account = ANY (ARRAY['provider_fees'::text, 'currency_exchange'::text])))) EXECUTE FUNCTION check_provider_posting();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.price_amount REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.price_amount REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER price_is_never_deleted BEFORE DELETE ON public.price_amount FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER price_is_never_truncated BEFORE TRUNCATE ON public.price_amount FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER price_terms_are_final BEFORE UPDATE ON public.price_amount FOR EACH ROW WHEN ((((((((old.id IS DISTINCT FROM new.id) OR (old.rule_id IS DISTINCT FROM new.rule_id)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR (old.list_id IS DISTINCT FROM new.list_id)) OR (old.starts_at IS DISTINCT FROM new.starts_at)) OR ((old.started_at IS NOT NULL) AND (new.started_at IS DISTINCT FROM old.started_at)) OR (old.ended_at IS NOT NULL))) EXECUTE FUNCTION refuse_changed_price();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.price_amount REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.price_list REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('price-lists', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.price_list REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('price-lists', 'id', '{}');

CREATE TRIGGER price_list_is_append_only BEFORE DELETE OR UPDATE ON public.price_list FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.price_list REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('price-lists', 'id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.price_rule REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.price_rule REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.price_rule REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('prices', '', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.proposal REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('proposals', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.proposal REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('proposals', 'id', '{}');

CREATE TRIGGER proposal_terms_are_final BEFORE UPDATE ON public.proposal FOR EACH ROW WHEN (((((((((old.kind IS DISTINCT FROM new.kind) OR (old.subject IS DISTINCT FROM new.subject)) OR (old.terms IS DISTINCT FROM new.terms)) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.proposed_by IS DISTINCT FROM new.proposed_by)) OR (old.proposed_at IS DISTINCT FROM new.proposed_at)) OR (old.expires_at IS DISTINCT FROM new.expires_at)) OR (old.state <> 'proposed'::text))) EXECUTE FUNCTION refuse_changed_proposal();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.proposal REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('proposals', 'id', '{}');

CREATE TRIGGER provider_booking_is_final BEFORE DELETE OR UPDATE ON public.provider_booking FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER provider_booking_is_in_the_ledger AFTER INSERT ON public.provider_booking DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_provider_booking();

CREATE TRIGGER rdap_requests_are_spaced BEFORE UPDATE ON public.rdap_host FOR EACH ROW WHEN (((new.request_id IS NOT NULL) AND (new.request_id IS DISTINCT FROM old.request_id))) EXECUTE FUNCTION check_rdap_spacing();

CREATE TRIGGER reconciliation_balance_is_final BEFORE DELETE OR UPDATE ON public.reconciliation_balance FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.reconciliation_item REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', 'id', '{last_seen_at,last_seen_run}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.reconciliation_item REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', 'id', '{last_seen_at,last_seen_run}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.reconciliation_item REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', 'id', '{last_seen_at,last_seen_run}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.reconciliation_request REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.reconciliation_request REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.reconciliation_request REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.reconciliation_run REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.reconciliation_run REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.reconciliation_run REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reconciliation', '', '{}');

CREATE CONSTRAINT TRIGGER card_money_is_where_it_belongs AFTER INSERT OR UPDATE ON public.refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_money_of_its_payment();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.refund REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refunds', 'id', '{try_after,attempts}');

CREATE CONSTRAINT TRIGGER failed_refund_is_a_task AFTER INSERT OR UPDATE OF state ON public.refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = 'failed'::text)) EXECUTE FUNCTION check_failed_refund_is_a_task();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.refund REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refunds', 'id', '{try_after,attempts}');

CREATE TRIGGER no_card_refund_while_disputed BEFORE UPDATE ON public.refund FOR EACH ROW WHEN (((new.state = 'processing'::text) AND (old.state = 'approved'::text) AND (new.destination = 'original_payment'::text))) EXECUTE FUNCTION refuse_refund_of_disputed();

CREATE TRIGGER no_manual_refund_while_undecided BEFORE INSERT OR UPDATE ON public.refund FOR EACH ROW WHEN (((new.cause = 'manual'::text) AND (new.state = ANY (ARRAY['proposed'::text, 'approved'::text, 'processing'::text, 'succeeded'::text])))) EXECUTE FUNCTION refuse_refund_of_undecided();

CREATE TRIGGER only_a_failed_refund_is_retried BEFORE INSERT ON public.refund FOR EACH ROW WHEN ((new.retries_refund_id IS NOT NULL)) EXECUTE FUNCTION check_retry();

CREATE TRIGGER refund_has_the_name_of_its_payment BEFORE INSERT OR UPDATE OF name ON public.refund FOR EACH ROW EXECUTE FUNCTION name_refund();

CREATE TRIGGER refund_terms_are_final BEFORE UPDATE ON public.refund FOR EACH ROW WHEN ((((((((old.payment_id IS DISTINCT FROM new.payment_id) OR (old.cause IS DISTINCT FROM new.cause)) OR (old.destination IS DISTINCT FROM new.destination)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.retries_refund_id IS DISTINCT FROM new.retries_refund_id)) OR (old.proposed_by IS DISTINCT FROM new.proposed_by))) EXECUTE FUNCTION refuse_changed_refund();

CREATE CONSTRAINT TRIGGER refunds_within_captured AFTER INSERT OR UPDATE ON public.refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_refunds_within_captured();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.refund REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refunds', 'id', '{try_after,attempts}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.refund_limit REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refund-limits', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.refund_limit REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refund-limits', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.refund_limit REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('refund-limits', '', '{}');

CREATE TRIGGER renewed_name_is_not_deleted AFTER UPDATE OF deletion_requested_at ON public.registration FOR EACH ROW WHEN ((new.deletion_requested_at IS NOT NULL)) EXECUTE FUNCTION check_deletion_is_of_an_unrenewed_name();

CREATE CONSTRAINT TRIGGER requested_deletion_is_asked_for AFTER UPDATE OF deletion_requested_at ON public.registration DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.deletion_requested_at IS NOT NULL) AND (new.ended_at IS NULL))) EXECUTE FUNCTION check_deletion_is_asked_for();

CREATE CONSTRAINT TRIGGER live_change_is_asked_for AFTER INSERT OR UPDATE OF state ON public.registration_request DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = ANY (ARRAY['queued'::text, 'processing'::text]))) EXECUTE FUNCTION check_live_change_is_asked_for();

CREATE TRIGGER registration_request_terms_are_final BEFORE UPDATE ON public.registration_request FOR EACH ROW WHEN ((((((old.registration_id IS DISTINCT FROM new.registration_id) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.wanted IS DISTINCT FROM new.wanted)) OR (old.created_at IS DISTINCT FROM new.created_at))) EXECUTE FUNCTION refuse_changed_registration_request();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.registry REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{publications}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.registry REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{publications}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.registry REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{publications}');

CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE OF clid, sessions_max, commands_per_second_max, commands_per_minute_max, failed_creates_per_day_max, password_name, password_expires_at, client_certificate ON public.registry_account FOR EACH STATEMENT EXECUTE FUNCTION note_statement('registries');

CREATE TRIGGER sandbox_account_is_simulated AFTER INSERT OR UPDATE OF is_simulator, registry_id ON public.registry_account FOR EACH ROW WHEN ((NOT new.is_simulator)) EXECUTE FUNCTION check_sandbox_zone();

CREATE TRIGGER registry_charge_is_append_only BEFORE DELETE OR UPDATE ON public.registry_charge FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.registry_maintenance REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('maintenances', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.registry_maintenance REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('maintenances', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.registry_maintenance REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('maintenances', 'id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.registry_message REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-messages', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.registry_message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-messages', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.registry_message REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-messages', '', '{}');

CREATE TRIGGER a_drop_is_stopped_by_two AFTER INSERT ON public.registry_stop FOR EACH ROW EXECUTE FUNCTION check_stop();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.registry_stop REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-stops', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.registry_stop REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-stops', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.registry_stop REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registry-stops', 'id', '{}');

CREATE TRIGGER deleted_name_is_not_renewed AFTER INSERT ON public.renewal FOR EACH ROW EXECUTE FUNCTION check_renewal_is_of_a_kept_name();

CREATE CONSTRAINT TRIGGER escrow_holds_the_undecided AFTER INSERT OR UPDATE OF state ON public.renewal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_escrow_of_own_renewal();

CREATE TRIGGER failed_renewal_is_given_back AFTER UPDATE OF state ON public.renewal FOR EACH ROW WHEN (((new.state = 'failed'::text) AND (old.state <> 'failed'::text))) EXECUTE FUNCTION give_spend_back();

CREATE CONSTRAINT TRIGGER paid_renewal_is_asked_for AFTER INSERT OR UPDATE OF state ON public.renewal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = ANY (ARRAY['paid'::text, 'renewing'::text]))) EXECUTE FUNCTION check_paid_renewal_is_asked_for();

CREATE TRIGGER renewal_terms_are_final BEFORE UPDATE ON public.renewal FOR EACH ROW WHEN ((((((((old.registration_id IS DISTINCT FROM new.registration_id) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.years IS DISTINCT FROM new.years)) OR (old.price_minor IS DISTINCT FROM new.price_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.quoted_expires_at IS DISTINCT FROM new.quoted_expires_at)) OR (old.created_at IS DISTINCT FROM new.created_at))) EXECUTE FUNCTION refuse_changed_renewal();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.reserved_list REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reserved-words', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.reserved_list REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reserved-words', 'id', '{}');

CREATE TRIGGER reserved_list_is_append_only BEFORE DELETE OR UPDATE ON public.reserved_list FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.reserved_list REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('reserved-words', 'id', '{}');

CREATE TRIGGER reserved_word_is_final BEFORE UPDATE ON public.reserved_word FOR EACH ROW WHEN ((((((((((old.id IS DISTINCT FROM new.id) OR (old.list_name IS DISTINCT FROM new.list_name)) OR (old.zone IS DISTINCT FROM new.zone)) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.word IS DISTINCT FROM new.word)) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.added_by IS DISTINCT FROM new.added_by)) OR (old.added_at IS DISTINCT FROM new.added_at)) OR (old.ended_at IS NOT NULL))) EXECUTE FUNCTION refuse_changed_word();

CREATE TRIGGER reserved_word_is_never_deleted BEFORE DELETE ON public.reserved_word FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reserved_word_is_never_truncated BEFORE TRUNCATE ON public.reserved_word FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER sandbox_drops_within_limit AFTER INSERT ON public.sandbox_drop FOR EACH ROW EXECUTE FUNCTION check_sandbox_drops();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.schedule_change REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('schedule-changes', 'id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.schedule_change REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('schedule-changes', 'id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.schedule_change REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('schedule-changes', 'id', '{}');

CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE ON public.schedule_override FOR EACH STATEMENT EXECUTE FUNCTION note_statement('listings');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.seller REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('seller', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.seller REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('seller', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.seller REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('seller', '', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.staff_account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'id', '{password_hash,failed_sign_ins,locked_until}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.staff_account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'id', '{password_hash,failed_sign_ins,locked_until}');

CREATE TRIGGER last_admin_stays AFTER UPDATE OF roles, disabled_at ON public.staff_account FOR EACH ROW WHEN ((('admin'::text = ANY (old.roles)) AND (old.disabled_at IS NULL) AND (NOT (('admin'::text = ANY (new.roles)) AND (new.disabled_at IS NULL))))) EXECUTE FUNCTION check_last_admin();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.staff_account REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'id', '{password_hash,failed_sign_ins,locked_until}');

CREATE TRIGGER devices_within_limit AFTER INSERT ON public.staff_device FOR EACH ROW EXECUTE FUNCTION check_devices();

CREATE TRIGGER change_is_noted AFTER INSERT OR DELETE OR UPDATE OF ended_at ON public.staff_session FOR EACH STATEMENT EXECUTE FUNCTION note_statement('staff');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.staff_totp REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'staff_id', '{used_step}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.staff_totp REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'staff_id', '{used_step}');

CREATE TRIGGER totp_step_is_used_once BEFORE UPDATE OF used_step ON public.staff_totp FOR EACH ROW WHEN ((old.used_step IS NOT NULL)) EXECUTE FUNCTION check_totp_step();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.staff_totp REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('staff', 'staff_id', '{used_step}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.sub_account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.sub_account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.sub_account REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('accounts', 'account_id', '{}');

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.sync_run REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('sync-runs', 'id', '{alive_at}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.sync_run REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('sync-runs', 'id', '{alive_at}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.sync_run REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('sync-runs', 'id', '{alive_at}');

CREATE TRIGGER watches_within_limit AFTER INSERT ON public.watch FOR EACH ROW EXECUTE FUNCTION check_watches();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.withdrawal REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('withdrawals', '', '{}');

CREATE TRIGGER held_name_is_withdrawn_by_two BEFORE INSERT ON public.withdrawal FOR EACH ROW WHEN (((new.reason IS NOT NULL) AND (new.proposal_id IS NULL))) EXECUTE FUNCTION check_deciding_people();

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.withdrawal REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('withdrawals', '', '{}');

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.withdrawal REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('withdrawals', '', '{}');

CREATE TRIGGER withdrawal_is_append_only BEFORE DELETE OR UPDATE ON public.withdrawal FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER withdrawal_is_never_truncated BEFORE TRUNCATE ON public.withdrawal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delete_is_noted AFTER DELETE ON public.zone REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{}');

CREATE TRIGGER insert_is_noted AFTER INSERT ON public.zone REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{}');

CREATE TRIGGER sandbox_zone_is_simulated AFTER INSERT OR UPDATE OF is_sandbox, registry_id ON public.zone FOR EACH ROW WHEN (new.is_sandbox) EXECUTE FUNCTION check_sandbox_zone();

CREATE TRIGGER update_is_noted AFTER UPDATE ON public.zone REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_changes('registries', '', '{}');

create policy own_rows on account for all using (((id = ( SELECT acting_account() AS acting_account)) OR (( SELECT acting_account() AS acting_account) IS NULL)));

create policy own_rows on account_contact for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on api_key for all using (((account_id = ( SELECT acting_account() AS acting_account)) OR (( SELECT acting_account() AS acting_account) IS NULL)));

create policy own_rows on attempt_removal for all using ((EXISTS ( SELECT
   FROM catch_target
  WHERE (catch_target.id = attempt_removal.target_id))));

create policy own_rows on auth_code for all using ((EXISTS ( SELECT
   FROM registration_request
  WHERE (registration_request.id = auth_code.request_id))));

create policy own_rows on backorder for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on billing_profile for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on bulk_order for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on bulk_order_item for all using ((EXISTS ( SELECT
   FROM bulk_order
  WHERE (bulk_order.id = bulk_order_item.bulk_order_id))));

create policy own_rows on catch_attempt for all using ((EXISTS ( SELECT
   FROM catch_target
  WHERE (catch_target.id = catch_attempt.target_id))));

create policy own_rows on catch_target for all using ((EXISTS ( SELECT
   FROM backorder
  WHERE (backorder.id = catch_target.backorder_id))));

create policy own_rows on contact for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on delivery_attempt for all using ((EXISTS ( SELECT
   FROM event_delivery
  WHERE (event_delivery.id = delivery_attempt.delivery_id))));

create policy own_rows on dispute for all using ((EXISTS ( SELECT
   FROM payment
  WHERE (payment.id = dispute.payment_id))));

create policy own_rows on event for all using (((account_id = ( SELECT acting_account() AS acting_account)) OR ((account_id IS NULL) AND (topic = 'drop_list.published'::text)) OR (( SELECT acting_account() AS acting_account) IS NULL)));

create policy own_rows on event_delivery for all using ((EXISTS ( SELECT
   FROM event_receiver
  WHERE (event_receiver.id = event_delivery.receiver_id))));

create policy own_rows on event_receiver for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on idempotency_key for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on invoice for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on payment for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on posting for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on provider_task for all using ((EXISTS ( SELECT
   FROM payment
  WHERE (payment.id = provider_task.payment_id))));

create policy own_rows on receiver_queue for all using ((EXISTS ( SELECT
   FROM event_receiver
  WHERE (event_receiver.id = receiver_queue.receiver_id))));

create policy own_rows on refund for all using ((EXISTS ( SELECT
   FROM payment
  WHERE (payment.id = refund.payment_id))));

create policy own_rows on registration for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on registration_request for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on registry_contact for all using ((EXISTS ( SELECT
   FROM contact
  WHERE (contact.id = registry_contact.contact_id))));

create policy own_rows on renewal for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on request_budget for all using (((account_id = ( SELECT acting_account() AS acting_account)) OR (( SELECT acting_account() AS acting_account) IS NULL)));

create policy own_rows on sandbox_drop for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on sub_account for all using ((account_id = ( SELECT acting_account() AS acting_account)));

create policy own_rows on sub_account_spend for all using ((EXISTS ( SELECT
   FROM sub_account
  WHERE (sub_account.id = sub_account_spend.sub_account_id))));

create policy own_rows on watch for all using ((account_id = ( SELECT acting_account() AS acting_account)));
