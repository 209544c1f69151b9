-- What the catcher that drives a registry account says of it, about once a second: what operators watch during a drop. A row whose
-- report is old belongs to a catcher that says nothing any more.
create table registry_account_status (
  registry_account_id text primary key references registry_account on delete cascade,
  -- The lease under which it was reported. A report of an earlier one changes nothing.
  lease_epoch bigint not null,
  lease_owner uuid not null,
  leased_at timestamptz not null,
  -- connecting: no session was opened yet; released: its catcher has let it go.
  phase text not null constraint account_phase_known check (phase in ('connecting', 'driven', 'released')),
  -- What is wrong, by the words of the catcher's readiness.
  problems text[] not null,
  -- Of the everyday hosts, and of those of the drop where they are separate. Null: not known yet, or no separate hosts.
  sessions_open integer,
  sessions_allowed integer,
  drop_sessions_open integer,
  drop_sessions_allowed integer,
  login_at timestamptz,
  login_refused_at timestamptz,
  login_refused_code integer,
  -- Commands that were answered or given up in the last whole second and minute, and the limits for them.
  commands_in_second integer not null,
  commands_in_minute integer not null,
  commands_per_second_max double precision,
  commands_per_minute_max double precision,
  -- The budget of failed creates in any 24 hours; null where the registry has none. `creates_free_at`: when a spent budget has room.
  creates_used integer,
  creates_allowed integer,
  creates_free_at timestamptz,
  -- The registry's clock minus ours, with the bound of its error.
  clock_offset_ms double precision,
  clock_error_ms double precision,
  clock_measured_at timestamptz,
  -- Names in its plan. `prepared` are those among the armed whose registration that is to be deleted is known.
  armed integer not null,
  prepared integer not null,
  firing integer not null,
  ambiguous integer not null,
  reported_at timestamptz not null,
  constraint account_sessions_are_whole check ((sessions_open is null) = (sessions_allowed is null)),
  constraint drop_sessions_are_whole check ((drop_sessions_open is null) = (drop_sessions_allowed is null)),
  constraint refused_login_has_code check ((login_refused_at is null) = (login_refused_code is null)),
  constraint creates_budget_is_whole check ((creates_used is null) = (creates_allowed is null)),
  constraint registry_clock_is_whole check (num_nonnulls(clock_offset_ms, clock_error_ms, clock_measured_at) in (0, 3)),
  constraint prepared_names_are_armed check (prepared between 0 and armed)
) with (fillfactor = 50);

-- The funds that a registry last reported.
create index balance_notice_newest on registry_message (registry_account_id, received_at desc) where kind = 'balance_low';
