-- Disputes that finance answers with evidence (ADR 48).

alter table dispute
  -- As the provider gives them. A dispute from before has them with its next event.
  add column reason text not null default 'general' constraint dispute_reason_known check (reason in ('fraudulent', 'unrecognized',
    'duplicate', 'credit_not_processed', 'product_not_received', 'product_unacceptable', 'subscription_canceled', 'general')),
  add column evidence_due_at timestamptz,
  -- Since when the provider has evidence, ours or what was entered in its own pages.
  add column answered_at timestamptz;
create index dispute_by_opened_at on dispute (opened_at, id);
create index dispute_unanswered on dispute (evidence_due_at, id) where state = 'open' and answered_at is null;

-- Our answer: a draft until somebody submits it. The worker sends it; what the provider did not take may be changed and submitted again.
create table dispute_evidence (
  dispute_id uuid primary key references dispute,
  state text not null constraint evidence_state_known check (state in ('draft', 'submitting', 'submitted', 'refused')),
  -- Text by the provider's fields.
  fields jsonb not null constraint evidence_is_an_object check (jsonb_typeof(fields) = 'object'),
  version integer not null default 1 constraint evidence_version_positive check (version > 0),
  saved_by uuid not null references staff_account,
  saved_at timestamptz not null,
  -- The idempotency key at the provider.
  submission_id uuid constraint submission_unique unique,
  submitted_by uuid references staff_account,
  submitted_at timestamptz,
  -- When the provider took it, or refused it.
  ended_at timestamptz,
  try_after timestamptz,
  attempts integer not null default 0,
  -- Why it was refused, or why the last attempt decided nothing.
  failure text,
  constraint submission_is_whole check (num_nonnulls(submission_id, submitted_by, submitted_at) = case state when 'draft' then 0 else 3 end),
  constraint ended_submission_has_time check ((state in ('submitted', 'refused')) = (ended_at is not null)),
  constraint waiting_submission_is_tried check ((state = 'submitting') = (try_after is not null)),
  constraint refused_evidence_says_why check (state <> 'refused' or failure is not null),
  constraint submitted_evidence_says_something check (state = 'draft' or fields <> '{}')
);
create index submission_waiting on dispute_evidence (try_after) where state = 'submitting';

-- What was sent, or is being sent, stays as it was.
create function keep_submitted_evidence() returns trigger language plpgsql as $$
begin
  raise exception 'the evidence of % was submitted', old.dispute_id
    using errcode = 'check_violation', constraint = 'submitted_evidence_is_final';
end $$;
create trigger submitted_evidence_is_final before update on dispute_evidence for each row
  when (old.state = 'submitted' or (old.state = 'submitting' and old.fields <> new.fields))
  execute function keep_submitted_evidence();
create trigger evidence_is_never_deleted before delete on dispute_evidence for each row
  execute function keep_submitted_evidence();

call watch_changes('dispute_evidence', 'disputes', 'dispute_id', '{try_after,attempts}');
create trigger change_is_noted after insert or update on dispute for each statement execute function note_statement('disputes');

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
    'clock_unsynchronised',
    'dispute_unanswered'));
