-- Alarms of what no process says of itself: a list that does not come, a worker that does not work.

alter table alarm drop constraint alarm_kind_known;
alter table alarm add constraint alarm_kind_known check (kind in ('lease_unheld', 'login_refused', 'account_not_ready',
  'deposit_empty', 'creates_exhausted', 'create_incomplete', 'fee_stale', 'settlement_stuck', 'target_undecided',
  'target_uncaught', 'list_late', 'list_quarantined', 'audit_chain_broken', 'worker_stopped', 'event_undelivered'));

-- When the source last had a list that was not taken before. A new source counts from its first poll.
alter table feed add column list_at timestamptz not null default clock_timestamp();

-- When any worker last did all of its sweeps. Without a row no worker has worked yet, and none is missed.
create table worker_heartbeat (
  id text primary key default 'worker' constraint one_worker_heartbeat check (id = 'worker'),
  at timestamptz not null
);
