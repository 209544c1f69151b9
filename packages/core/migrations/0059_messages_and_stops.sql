-- What registries tell us, and what stands in the way of a drop: messages of every kind, maintenance, expiry of passwords and
-- certificates, and stops by operators.

-- What a message is about, by its data where a standard has it, else by its text; `notice` has what was read of it.
alter table registry_message
  add column kind text not null default 'other' constraint message_kind_known check (kind in (
    'application',
    'transfer',
    'change',
    'maintenance',
    'balance_low',
    'password',
    'other')),
  add column notice jsonb;
create index registry_message_newest on registry_message (received_at desc, registry_account_id, message_id);

-- What the message about an application said; null until it came.
alter table target_try add column awarded boolean;

-- Hours in which a registry says that it is away. Entered by operators, or by its message.
create table registry_maintenance (
  id uuid primary key,
  registry_id text not null references registry,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text not null,
  -- The registry's id of it (RFC 9167), so that a later message about it changes it.
  external_id text,
  noted_at timestamptz not null,
  noted_by text not null,
  canceled_at timestamptz,
  constraint maintenance_ends_later check (ends_at > starts_at),
  constraint one_maintenance_per_external_id unique (registry_id, external_id)
);
create index maintenance_to_come on registry_maintenance (ends_at) where canceled_at is null;

-- Operators' data, or what the registry said at a login (RFC 8807).
alter table registry_account add column password_expires_at timestamptz;

-- No create is sent to a registry while a stop of it is open, whatever process runs.
create table registry_stop (
  id uuid primary key,
  registry_id text not null references registry,
  reason text not null,
  stopped_at timestamptz not null,
  stopped_by text not null,
  -- Where names that were paid for were in their window: what two people decided.
  proposal_id uuid references proposal,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  constraint ended_stop_says_why check (num_nonnulls(ended_at, ended_by, end_reason) in (0, 3))
);
create unique index one_open_stop_per_registry on registry_stop (registry_id) where ended_at is null;

-- Two people decide while a paid name of the registry is in its window. Rule 30.
create function check_stop() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if new.proposal_id is null and exists (
      select from catch_target where registry_id = new.registry_id
        and state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
        and drop_from <= clock_timestamp() and drop_to >= clock_timestamp()) then
    raise exception 'paid names of % are in their window', new.registry_id
      using errcode = 'check_violation', constraint = 'a_drop_is_stopped_by_two';
  end if;
  return null;
end $$;
revoke execute on function check_stop() from public;
create trigger a_drop_is_stopped_by_two after insert on registry_stop for each row execute function check_stop();

alter table proposal
  drop constraint proposal_kind_known,
  add constraint proposal_kind_known check (kind in (
    'target_outcome',
    'bank_transfer',
    'credit_limit',
    'withdrawal',
    'registry_stop'));

alter table alarm
  drop constraint alarm_kind_known,
  add constraint alarm_kind_known check (kind in (
    'lease_unheld',
    'login_refused',
    'account_not_ready',
    'deposit_empty',
    'creates_exhausted',
    'create_incomplete',
    'fee_stale',
    'settlement_stuck',
    'target_undecided',
    'target_uncaught',
    'list_late',
    'list_quarantined',
    'audit_chain_broken',
    'worker_stopped',
    'event_undelivered',
    'suspect_unconfirmed',
    'held_name_reserved',
    'drop_off_schedule',
    'contact_missing',
    'deletion_overdue',
    'registry_balance_low',
    'registry_maintenance',
    'registry_change',
    'registry_transfer',
    'registry_notice',
    'registry_stopped',
    'drop_in_maintenance',
    'password_expires',
    'certificate_expires',
    'clock_unsynchronised'));
