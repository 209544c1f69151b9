create domain currency as text constraint currency_is_iso_4217 CHECK ((VALUE ~ '^[A-Z]{3}$'::text));

create table account (
  id uuid not null,
  name text not null,
  currency currency not null,
  balance_minor bigint not null default 0,
  credit_limit_minor bigint not null default 0,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint account_pkey PRIMARY KEY (id),
  constraint balance_within_credit CHECK (((balance_minor + credit_limit_minor) >= 0)),
  constraint credit_limit_not_negative CHECK ((credit_limit_minor >= 0))
);

create table api_key (
  id uuid not null,
  account_id uuid not null,
  key_sha256 bytea not null,
  label text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  revoked_at timestamp with time zone,
  constraint api_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_unique UNIQUE (key_sha256)
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
  constraint backorder_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint backorder_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint backorder_pkey PRIMARY KEY (id),
  constraint backorder_price_positive CHECK ((price_minor > 0)),
  constraint backorder_state_known CHECK ((state = ANY (ARRAY['pending_payment'::text, 'backordered'::text, 'registering'::text, 'successful'::text, 'failed'::text, 'expired'::text]))),
  constraint decided_has_time CHECK (((state = ANY (ARRAY['successful'::text, 'failed'::text, 'expired'::text])) = (decided_at IS NOT NULL))),
  constraint expired_reason_known CHECK ((expired_reason = ANY (ARRAY['lapsed'::text, 'released'::text, 'listing_ended'::text]))),
  constraint failure_reason_known CHECK ((failure_reason = ANY (ARRAY['lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text]))),
  constraint only_expiry_has_reason CHECK (((state = 'expired'::text) = (expired_reason IS NOT NULL))),
  constraint only_failure_has_reason CHECK (((state = 'failed'::text) = (failure_reason IS NOT NULL))),
  constraint only_success_has_settlement_time CHECK (((state = 'successful'::text) = (settled_at IS NOT NULL))),
  constraint pending_has_pay_by CHECK (((state <> 'pending_payment'::text) OR (pay_by IS NOT NULL))),
  constraint secured_has_time CHECK (((state = ANY (ARRAY['pending_payment'::text, 'expired'::text])) OR (secured_at IS NOT NULL)))
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
  constraint attempt_command_known CHECK ((command = ANY (ARRAY['create'::text, 'info'::text]))),
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
  constraint a_win_is_newer_than_the_deleted CHECK (((state <> 'registered'::text) OR (prior_cr_date IS NULL) OR (cr_date > prior_cr_date))),
  constraint catch_target_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint catch_target_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES registry_account(id),
  constraint catch_target_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES listing(id),
  constraint catch_target_pkey PRIMARY KEY (id),
  constraint catch_target_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint catch_target_state_known CHECK ((state = ANY (ARRAY['armed'::text, 'firing'::text, 'ambiguous'::text, 'awaiting_award'::text, 'disarmed'::text, 'registered'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text]))),
  constraint decided_target_has_time CHECK (((decided_at IS NOT NULL) = (state = ANY (ARRAY['registered'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text])))),
  constraint only_registered_has_cr_date CHECK (((state = 'registered'::text) = (cr_date IS NOT NULL))),
  constraint target_window_ordered CHECK (((drop_from <= drop_to) AND (drop_to <= grace_until)))
);

create table feed (
  registry_id text not null,
  source text not null,
  next_poll_at timestamp with time zone not null default clock_timestamp(),
  claimed_by uuid,
  etag text,
  last_modified text,
  polled_at timestamp with time zone,
  failures integer not null default 0,
  failure text,
  constraint feed_pkey PRIMARY KEY (registry_id, source),
  constraint feed_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id)
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
  constraint cutoff_before_drop CHECK ((cutoff_at <= drop_from)),
  constraint drop_window_ordered CHECK ((drop_from <= drop_to)),
  constraint ended_listing_has_time CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['caught'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text, 'unsold'::text])))),
  constraint holder_is_a_backorder FOREIGN KEY (holder) REFERENCES backorder(id) DEFERRABLE INITIALLY DEFERRED,
  constraint listing_cycle_unique UNIQUE (name, cycle),
  constraint listing_pkey PRIMARY KEY (id),
  constraint listing_state_known CHECK ((state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text, 'caught'::text, 'lost'::text, 'missed'::text, 'premium'::text, 'withdrawn'::text, 'refused'::text, 'unsold'::text]))),
  constraint listing_sync_run_id_fkey FOREIGN KEY (sync_run_id) REFERENCES sync_run(id),
  constraint listing_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
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
  constraint captured_when_succeeded CHECK (((state = ANY (ARRAY['succeeded'::text, 'disputed'::text, 'charged_back'::text])) = (captured_minor > 0))),
  constraint captured_within_amount CHECK (((captured_minor >= 0) AND (captured_minor <= amount_minor))),
  constraint payment_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint payment_amount_positive CHECK ((amount_minor > 0)),
  constraint payment_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint payment_method_known CHECK ((method = ANY (ARRAY['balance'::text, 'card'::text]))),
  constraint payment_pkey PRIMARY KEY (id),
  constraint payment_state_known CHECK ((state = ANY (ARRAY['requires_action'::text, 'processing'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text, 'disputed'::text, 'charged_back'::text]))),
  constraint securing_payment_is_captured CHECK (((NOT secures) OR ((backorder_id IS NOT NULL) AND (captured_minor = amount_minor))))
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
  constraint balance_posting_names_account CHECK (((ledger_account <> 'customer_balance'::text) OR (account_id IS NOT NULL))),
  constraint escrow_posting_names_backorder CHECK (((ledger_account <> 'escrow'::text) OR (backorder_id IS NOT NULL))),
  constraint ledger_account_known CHECK ((ledger_account = ANY (ARRAY['customer_balance'::text, 'escrow'::text, 'revenue'::text, 'refunds_payable'::text, 'provider_clearing'::text, 'unapplied_receipts'::text]))),
  constraint posting_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint posting_backorder_id_fkey FOREIGN KEY (backorder_id) REFERENCES backorder(id),
  constraint posting_cause_known CHECK ((cause = ANY (ARRAY['top_up'::text, 'secure'::text, 'settle'::text, 'refund'::text]))),
  constraint posting_not_zero CHECK ((amount_minor <> 0)),
  constraint posting_pkey PRIMARY KEY (cause, cause_id, line)
);

create table price (
  zone text not null,
  tier text not null,
  currency currency not null,
  amount_minor bigint not null,
  constraint price_pkey PRIMARY KEY (zone, tier, currency),
  constraint price_positive CHECK ((amount_minor > 0)),
  constraint price_zone_fkey FOREIGN KEY (zone) REFERENCES zone(name)
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
  constraint one_retry_per_refund UNIQUE (retries_refund_id),
  constraint refund_amount_positive CHECK ((amount_minor > 0)),
  constraint refund_cause_known CHECK ((cause = ANY (ARRAY['backorder_failed'::text, 'late_payment'::text, 'duplicate_payment'::text, 'renewal_failed'::text, 'manual'::text]))),
  constraint refund_destination_known CHECK ((destination = ANY (ARRAY['balance'::text, 'original_payment'::text]))),
  constraint refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  constraint refund_pkey PRIMARY KEY (id),
  constraint refund_retries_refund_id_fkey FOREIGN KEY (retries_refund_id) REFERENCES refund(id),
  constraint refund_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'processing'::text, 'succeeded'::text, 'failed'::text, 'rejected'::text, 'expired'::text])))
);

create table registry (
  id text not null,
  profile text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint registry_pkey PRIMARY KEY (id)
);

create table registry_account (
  id text not null,
  registry_id text not null,
  clid text not null,
  host text not null,
  port integer not null,
  is_simulator boolean not null default false,
  sessions_max integer not null,
  commands_per_second_max integer not null,
  name_gap_ms integer not null default 0,
  failed_creates_per_day_max integer,
  idle_seconds_max integer not null default 600,
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_expires_at timestamp with time zone,
  constraint commands_per_second_positive CHECK ((commands_per_second_max > 0)),
  constraint failed_creates_per_day_positive CHECK ((failed_creates_per_day_max > 0)),
  constraint idle_seconds_positive CHECK ((idle_seconds_max > 0)),
  constraint lease_is_whole CHECK (((lease_owner IS NULL) = (lease_expires_at IS NULL))),
  constraint name_gap_not_negative CHECK ((name_gap_ms >= 0)),
  constraint registry_account_clid_unique UNIQUE (registry_id, clid),
  constraint registry_account_pkey PRIMARY KEY (id),
  constraint registry_account_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint sessions_max_positive CHECK ((sessions_max > 0))
);

create table schema_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint schema_migration_pkey PRIMARY KEY (name)
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
  constraint sync_row_run_id_fkey FOREIGN KEY (run_id) REFERENCES sync_run(id) ON DELETE CASCADE
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
  constraint failed_run_has_reason CHECK (((state <> 'failed'::text) OR (failure IS NOT NULL))),
  constraint published_run_has_counts CHECK (((state <> 'published'::text) OR ((published_at IS NOT NULL) AND (listings_added IS NOT NULL)))),
  constraint scope_kind_known CHECK ((scope_kind = ANY (ARRAY['snapshot'::text, 'increment'::text]))),
  constraint sync_run_pkey PRIMARY KEY (id),
  constraint sync_run_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id),
  constraint sync_run_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'ready'::text, 'quarantined'::text, 'published'::text, 'discarded'::text, 'failed'::text])))
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
  grace_seconds integer not null default 3600,
  constraint cutoff_lead_not_negative CHECK ((cutoff_lead_seconds >= 0)),
  constraint drop_lasts_positive CHECK ((drop_lasts_seconds > 0)),
  constraint early_not_negative CHECK ((early_seconds >= 0)),
  constraint grace_not_negative CHECK ((grace_seconds >= 0)),
  constraint late_not_negative CHECK ((late_seconds >= 0)),
  constraint phase_fee_not_negative CHECK ((phase_fee_minor >= 0)),
  constraint standard_fee_not_negative CHECK ((standard_fee_minor >= 0)),
  constraint zone_pkey PRIMARY KEY (name),
  constraint zone_registry_id_fkey FOREIGN KEY (registry_id) REFERENCES registry(id)
);

CREATE INDEX attempt_of_target ON public.catch_attempt USING btree (target_id, sent_at);

CREATE INDEX backorder_by_account ON public.backorder USING btree (account_id, id);

CREATE INDEX listing_by_cutoff ON public.listing USING btree (cutoff_at, id) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE INDEX listing_by_name ON public.listing USING btree (name text_pattern_ops);

CREATE UNIQUE INDEX one_automatic_refund_per_cause ON public.refund USING btree (payment_id, cause) WHERE ((retries_refund_id IS NULL) AND (cause = ANY (ARRAY['backorder_failed'::text, 'late_payment'::text, 'duplicate_payment'::text, 'renewal_failed'::text])));

CREATE UNIQUE INDEX one_backorder_per_listing ON public.backorder USING btree (listing_id) WHERE (state <> 'expired'::text);

CREATE UNIQUE INDEX one_live_backorder_per_name ON public.backorder USING btree (name) WHERE (state = ANY (ARRAY['pending_payment'::text, 'backordered'::text, 'registering'::text]));

CREATE UNIQUE INDEX one_live_listing_per_name ON public.listing USING btree (name) WHERE (state = ANY (ARRAY['upcoming'::text, 'open'::text, 'closed'::text, 'dropping'::text]));

CREATE UNIQUE INDEX one_payment_secures_a_backorder ON public.payment USING btree (backorder_id) WHERE secures;

CREATE UNIQUE INDEX one_publication_per_content ON public.sync_run USING btree (registry_id, content_sha256) WHERE (state = 'published'::text);

CREATE UNIQUE INDEX one_target_per_backorder ON public.catch_target USING btree (backorder_id);

CREATE INDEX outbox_waiting ON public.outbox USING btree (created_at) WHERE (delivered_at IS NULL);

CREATE INDEX payment_by_backorder ON public.payment USING btree (backorder_id);

CREATE INDEX posting_in_escrow ON public.posting USING btree (backorder_id) INCLUDE (amount_minor) WHERE (ledger_account = 'escrow'::text);

CREATE INDEX posting_of_account ON public.posting USING btree (account_id, cause_id) WHERE (ledger_account = 'customer_balance'::text);

CREATE INDEX refund_by_payment ON public.refund USING btree (payment_id);

CREATE INDEX target_by_window ON public.catch_target USING btree (registry_id, drop_from) WHERE (state = ANY (ARRAY['armed'::text, 'firing'::text, 'ambiguous'::text, 'awaiting_award'::text, 'disarmed'::text]));

CREATE OR REPLACE FUNCTION public.apply_posting_to_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update account set balance_minor = balance_minor + new.amount_minor where id = new.account_id and currency = new.currency;
  if not found then
    raise exception 'account % has no balance in %', new.account_id, new.currency
      using errcode = 'check_violation', constraint = 'balance_has_one_currency';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of(backorder_ref uuid)
 RETURNS void
 LANGUAGE plpgsql
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
AS $function$
begin
  perform check_escrow_of(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_escrow_of_posting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform check_escrow_of(new.backorder_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_posting_set()
 RETURNS trigger
 LANGUAGE plpgsql
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

CREATE OR REPLACE FUNCTION public.check_refunds_within_captured()
 RETURNS trigger
 LANGUAGE plpgsql
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

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = tg_name;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_changed_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a backorder''s name, buyer and price are final' using errcode = 'check_violation', constraint = 'order_terms_are_final';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_direct_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a balance moves only by a posting' using errcode = 'check_violation', constraint = 'balance_moves_only_by_posting';
end $function$;

CREATE TRIGGER balance_moves_only_by_posting BEFORE UPDATE OF balance_minor ON public.account FOR EACH ROW WHEN (((old.balance_minor IS DISTINCT FROM new.balance_minor) AND (pg_trigger_depth() = 0))) EXECUTE FUNCTION refuse_direct_balance();

CREATE TRIGGER balance_starts_empty BEFORE INSERT ON public.account FOR EACH ROW WHEN ((new.balance_minor <> 0)) EXECUTE FUNCTION refuse_direct_balance();

CREATE CONSTRAINT TRIGGER escrow_holds_the_undecided AFTER INSERT OR UPDATE OF state ON public.backorder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_escrow_of_backorder();

CREATE TRIGGER order_terms_are_final BEFORE UPDATE ON public.backorder FOR EACH ROW WHEN ((((((old.listing_id IS DISTINCT FROM new.listing_id) OR (old.name IS DISTINCT FROM new.name)) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.price_minor IS DISTINCT FROM new.price_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text))) EXECUTE FUNCTION refuse_changed_order();

CREATE TRIGGER balance_follows_postings AFTER INSERT ON public.posting FOR EACH ROW WHEN ((new.ledger_account = 'customer_balance'::text)) EXECUTE FUNCTION apply_posting_to_balance();

CREATE CONSTRAINT TRIGGER escrow_holds_the_undecided AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.ledger_account = 'escrow'::text)) EXECUTE FUNCTION check_escrow_of_posting();

CREATE TRIGGER posting_is_append_only BEFORE DELETE OR UPDATE ON public.posting FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_is_never_truncated BEFORE TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER posting_set_sums_to_zero AFTER INSERT ON public.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posting_set();

CREATE CONSTRAINT TRIGGER refunds_within_captured AFTER INSERT OR UPDATE ON public.refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_refunds_within_captured();
