-- What somebody has to know of: raised by the service, closed by itself when the cause is gone, or by a person who says how.
create table alarm (
  id uuid primary key,
  kind text not null constraint alarm_kind_known check (kind in ('lease_unheld', 'login_refused', 'account_not_ready',
    'deposit_empty', 'creates_exhausted', 'create_incomplete', 'fee_stale', 'settlement_stuck', 'target_undecided',
    'target_uncaught', 'list_late', 'list_quarantined', 'audit_chain_broken', 'event_undelivered')),
  -- The id of what it is about: a registry account, a catch target, a zone, a sync run.
  subject text not null,
  -- What the person who reads it should know; replaced each time it is seen again.
  facts jsonb not null default '{}',
  raised_at timestamptz not null,
  last_seen_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references staff_account,
  note text,
  constraint alarm_seen_after_raised check (last_seen_at >= raised_at),
  -- Who closes one says how; one that closed by itself says nothing.
  constraint alarm_closed_by_person_says_how check ((closed_by is null) = (note is null)),
  constraint alarm_closer_has_time check (closed_by is null or closed_at is not null)
);
create unique index one_open_alarm_per_subject on alarm (kind, subject) where closed_at is null;
create index alarm_open on alarm (raised_at) where closed_at is null;
create index alarm_closed on alarm (closed_at) where closed_at is not null;
