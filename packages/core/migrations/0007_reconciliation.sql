-- Reconciliation: what the provider and the registries tell of our money, held against what we booked.

create table reconciliation_run (
  id uuid primary key,
  cause text not null constraint reconciliation_cause_known check (cause in ('daily', 'command')),
  -- The day of the service that a daily run is for.
  service_day date,
  started_at timestamptz not null,
  -- A run that has not ended by then died with its process, and another may start.
  expires_at timestamptz not null,
  finished_at timestamptz,
  -- What could not be read: the rest was looked at.
  failure text,
  -- What was read of the provider. `provider_to` is where the next run reads on, less its look back.
  provider text,
  provider_from timestamptz,
  provider_to timestamptz,
  movements integer not null default 0,
  entries integer not null default 0,
  findings integer not null default 0,
  -- Items that were open when it ended.
  unmatched integer not null default 0,
  constraint daily_run_has_a_day check ((cause = 'daily') = (service_day is not null)),
  constraint failed_run_has_ended check (failure is null or finished_at is not null)
);
-- Two at once would each take the other's movements for gone.
create unique index one_reconciliation_at_a_time on reconciliation_run ((true)) where finished_at is null;
create unique index one_reconciliation_per_day on reconciliation_run (service_day) where failure is null;

-- One movement of our balance at the provider, as it was told last. `told_first` and `told_last` are one line each.
create table provider_movement (
  provider text not null,
  movement_id text not null,
  kind text not null constraint provider_movement_known check
    (kind in ('payment', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee', 'payout', 'other')),
  object_id text,
  -- As the customer saw it, and as our balance did.
  amount_minor bigint,
  currency currency,
  settled_minor bigint not null,
  settled_currency currency not null,
  fee_minor bigint not null,
  fee_currency currency not null,
  moved_at timestamptz not null,
  told_first text not null,
  told_last text not null,
  first_told_at timestamptz not null,
  last_told_at timestamptz not null,
  last_told_run uuid not null references reconciliation_run,
  -- Since when it is no longer told, though its time was read again.
  gone_at timestamptz,
  constraint movement_amount_has_currency check ((amount_minor is null) = (currency is null)),
  primary key (provider, movement_id)
);
create index provider_movement_of_object on provider_movement (provider, object_id);
create index provider_movement_by_time on provider_movement (provider, moved_at);

-- One line of a registry's account report. What a report speaks of is replaced by the next one.
create table registry_entry (
  id uuid primary key,
  registry_account_id text not null references registry_account,
  run_id uuid not null references reconciliation_run,
  line integer not null,
  at timestamptz not null,
  operation text not null,
  name text not null,
  years integer not null,
  -- What it cost us; negative came back.
  amount_minor bigint not null,
  currency currency not null,
  svtrid text
);
create index registry_entry_of_name on registry_entry (registry_account_id, name);

-- What does not agree, once for each finding. Closed by a person, or by the run that no longer finds it.
create table reconciliation_item (
  id uuid primary key,
  side text not null constraint reconciliation_side_known check (side in ('provider', 'registry', 'ledger')),
  -- The provider's name, the registry account, or our ledger.
  source text not null,
  kind text not null constraint reconciliation_kind_known check
    (kind in ('missing_there', 'unknown_here', 'doubled', 'altered', 'unreadable', 'sum_differs', 'broken')),
  subject text not null,
  our_type text,
  our_id text,
  their_ids text[] not null,
  ours_minor bigint,
  ours_currency currency,
  theirs_minor bigint,
  theirs_currency currency,
  detail text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_seen_run uuid not null references reconciliation_run,
  closed_at timestamptz,
  closed_by uuid references staff_account,
  note text,
  constraint our_subject_is_whole check ((our_type is null) = (our_id is null)),
  constraint our_amount_has_currency check ((ours_minor is null) = (ours_currency is null)),
  constraint their_amount_has_currency check ((theirs_minor is null) = (theirs_currency is null)),
  constraint closed_item_says_why check ((closed_at is null) = (note is null)),
  constraint open_item_has_no_closer check (closed_by is null or closed_at is not null)
);
create unique index one_open_item_per_finding on reconciliation_item (side, source, kind, subject) where closed_at is null;
create index reconciliation_item_of_finding on reconciliation_item (side, source, kind, subject, first_seen_at);
create index reconciliation_item_waiting on reconciliation_item (first_seen_at) where closed_at is null;

-- What finance takes away as a file is read in the order of time, page by page.
create index posting_by_posted_at on posting (posted_at);
create index refund_by_created_at on refund (created_at, id);
