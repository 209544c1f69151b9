-- Mails to people of accounts about what happens to their orders and their money (ADR 51).

-- The kinds that a person has switched off; all others are on, those of later releases too.
create table member_mail_off (
  member_id uuid not null references member on delete cascade,
  kind text not null constraint mail_kind_known check (kind in (
    'secured', 'rescheduled', 'premium', 'result', 'refund', 'invoice', 'balance', 'renewal', 'watch')),
  since timestamptz not null default clock_timestamp(),
  constraint one_choice_per_person_and_kind primary key (member_id, kind)
);

-- A mail that gathers what happens until it is due, and is then sent until it is taken, refused or given up. Where it goes, and in
-- which language, is the person's at that time.
create table member_mail (
  id uuid primary key,
  member_id uuid not null references member on delete cascade,
  state text not null constraint member_mail_state_known check (state in (
    'gathering', 'sending', 'sent', 'refused', 'given_up', 'dropped')),
  created_at timestamptz not null default clock_timestamp(),
  -- While it gathers: when it is sent. While it is sent: when it is tried again, or another process may try it.
  due_at timestamptz not null,
  -- Nothing is added to it any more.
  closed_at timestamptz,
  attempts integer not null default 0,
  taken_by uuid,
  decided_at timestamptz,
  -- Of what it is about; the events themselves are kept for a month.
  kinds text[] not null constraint mailed_kinds_known check (kinds <@ array[
    'secured', 'rescheduled', 'premium', 'result', 'refund', 'invoice', 'balance', 'renewal', 'watch']),
  -- What the mail server said last, or why it could not be reached.
  answer text,
  -- Of the link by which its reader switches its kinds off; whoever has it may do that, and nothing else.
  unsubscribe_key bytea not null constraint unsubscribe_key_cannot_be_guessed check (octet_length(unsubscribe_key) = 16),
  constraint unsubscribe_key_is_of_one_mail unique (unsubscribe_key),
  constraint gathering_mail_is_open check ((state = 'gathering') = (closed_at is null)),
  constraint decided_mail_has_time check ((state in ('gathering', 'sending')) = (decided_at is null)),
  constraint mail_attempts_not_negative check (attempts >= 0)
);
create unique index one_gathering_mail_per_person on member_mail (member_id) where state = 'gathering';
-- The next one waits for it: a person gets mails in order, and few of them.
create unique index one_mail_at_a_time_per_person on member_mail (member_id) where state = 'sending';
create index member_mail_due on member_mail (due_at) where decided_at is null;
create index member_mail_of_member on member_mail (member_id, closed_at);
create index member_mail_by_end on member_mail (decided_at) where decided_at is not null;

-- What a mail is about.
create table member_mail_event (
  member_id uuid not null references member on delete cascade,
  event_id uuid not null references event on delete cascade,
  mail_id uuid not null references member_mail on delete cascade,
  constraint one_mail_per_person_and_event primary key (event_id, member_id)
);
create index member_mail_event_of_mail on member_mail_event (mail_id);
create index member_mail_event_of_member on member_mail_event (member_id);

-- Up to where events have been looked at for mails. What happened before this migration is mailed to nobody.
create table member_mail_feed (
  id boolean primary key default true constraint one_member_mail_feed check (id),
  planned_position bigint not null
);
insert into member_mail_feed (planned_position) select last_position from event_feed;

-- An address that a mail server has refused for good. Nothing is sent there until the person says "try again"; another address of
-- theirs is another matter.
create table member_mail_bounce (
  member_id uuid primary key references member on delete cascade,
  email text not null constraint bounced_email_is_lower_case check (email = lower(email)),
  at timestamptz not null default clock_timestamp(),
  answer text
);

-- Critical events that stand on the pages of their account until they are over (ADR 51). Written by the worker from the feed, so that the
-- server of the pages reads neither events nor orders.
create table account_notice (
  -- Of the event.
  id uuid primary key,
  account_id uuid not null references account,
  topic text not null constraint notice_topic_known check (topic in (
    'refund.failed', 'registration.expired', 'registration.expiring', 'backorder.premium_flagged', 'backorder.rescheduled',
    'balance.low', 'webhook_endpoint.disabled')),
  subject_id uuid not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  position bigint not null,
  constraint one_notice_per_subject unique (topic, subject_id)
);
create index account_notice_of_account on account_notice (account_id, position);
create index account_notice_of_subject on account_notice (subject_id);
create index account_notice_by_time on account_notice (occurred_at);

-- Those that a person has put away.
create table member_notice_seen (
  member_id uuid not null references member on delete cascade,
  notice_id uuid not null references account_notice on delete cascade,
  at timestamptz not null default clock_timestamp(),
  constraint notice_is_put_away_once primary key (member_id, notice_id)
);
create index member_notice_seen_of_notice on member_notice_seen (notice_id);

-- Who is erased gets no mail, and what they chose goes with their name, whoever erases them.
create function forget_mails_of_member() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from member_mail where member_id = new.id;
  delete from member_mail_off where member_id = new.id;
  delete from member_mail_bounce where member_id = new.id;
  delete from member_notice_seen where member_id = new.id;
  return null;
end $$;
revoke execute on function forget_mails_of_member() from public;
create trigger erased_member_has_no_mails after update of erased_at on member for each row
  when (old.erased_at is null and new.erased_at is not null) execute function forget_mails_of_member();

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
    'mail_undelivered'));
