-- A registry password is changed by a request that its catcher carries out. The passwords themselves are in the catcher's settings, by
-- name; here is only which one is in use.
alter table registry_account
  add column password_name text constraint password_is_named check (password_name <> '');

create table password_change (
  id uuid primary key,
  registry_account_id text not null references registry_account,
  -- The name, among the catcher's credentials, of the next password.
  to_name text not null constraint next_password_is_named check (to_name <> ''),
  -- `sent`: a login with the new password may have been sent, so that either may be the password.
  state text not null constraint password_change_state_known check (state in (
    'requested',
    'sent',
    'succeeded',
    'failed',
    'canceled')),
  requested_at timestamptz not null,
  requested_by text not null,
  attempts integer not null default 0,
  decided_at timestamptz,
  answer_code integer,
  message text,
  constraint decided_password_change_has_time check ((state in ('succeeded', 'failed', 'canceled')) = (decided_at is not null))
);
create unique index one_open_password_change on password_change (registry_account_id) where state in ('requested', 'sent');
