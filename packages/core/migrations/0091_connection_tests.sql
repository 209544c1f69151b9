-- An operator's test of the connection of a registry account: a request that the catcher of the account carries out, because the password
-- and the limit of sessions are the catcher's.
create table connection_test (
  id uuid primary key,
  registry_account_id text not null references registry_account,
  -- `unanswered`: no catcher took it in time, or its catcher did not finish it.
  state text not null constraint connection_test_state_known check (state in (
    'requested',
    'running',
    'succeeded',
    'failed',
    'unanswered')),
  requested_at timestamptz not null,
  requested_by text not null,
  started_at timestamptz,
  decided_at timestamptz,
  -- The step under way, or the one that failed.
  step text constraint connection_step_known check (step in ('credentials', 'connect', 'greeting', 'login', 'hello')),
  -- What the registry said, and when: host, certificate, greeting, times. No secrets.
  findings jsonb not null default '{}',
  answer_code integer,
  message text,
  constraint decided_connection_test_has_time check ((state in ('succeeded', 'failed', 'unanswered')) = (decided_at is not null)),
  constraint failed_connection_test_says_why check (state <> 'failed' or (step is not null and message is not null))
);
create unique index one_open_connection_test on connection_test (registry_account_id) where state in ('requested', 'running');
create index connection_test_newest on connection_test (registry_account_id, requested_at desc, id desc);
call watch_changes('connection_test', 'connection-tests');
