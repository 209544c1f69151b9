-- A key of the settings is changed while everything runs: what is kept names the key by which it was made (ADR 56).

-- Of the secret before, where it was derived from another key than the one in use.
alter table event_receiver add column previous_secret_key_id text
  constraint previous_key_is_of_a_secret check (previous_secret_key_id is null or previous_secret_salt is not null);

-- Something is kept that was made by a key which the process that needs it does not have.
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
    'dispute_unanswered',
    'mail_undelivered',
    'secret_key_missing'));

-- The secret of a second factor is sealed anew; the step that was used last stays what it is.
drop trigger totp_step_is_used_once on staff_totp;
create trigger totp_step_is_used_once before update of used_step on staff_totp
  for each row when (old.used_step is not null) execute function check_totp_step();
