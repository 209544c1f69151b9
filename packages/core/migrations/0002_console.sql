-- The operators' console: who works here, what they did, and what they may change. A list is diffed before it is published
-- and held back when it would change too much; a person can move a listing and take the move back; two people can refund.

-- ── staff ───────────────────────────────────────────────────────────────────────────────────────────────────

create table staff_account (
  id uuid primary key,
  email text not null constraint staff_email_unique unique constraint staff_email_is_lower check (email = lower(email)),
  name text not null,
  roles text[] not null constraint staff_roles_known
    check (cardinality(roles) > 0 and roles <@ array['viewer', 'operator', 'finance', 'finance_approver', 'admin']),
  -- Argon2id, in its own text form with salt and cost.
  password_hash text not null,
  -- Counted before a password is verified, so that many guesses at once are as many failures.
  failed_sign_ins integer not null default 0 constraint failed_sign_ins_not_negative check (failed_sign_ins >= 0),
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);

-- Token and CSRF secret have 256 random bits and live in the browser; here are only their SHA-256.
create table staff_session (
  id uuid primary key,
  staff_id uuid not null references staff_account,
  token_sha256 bytea not null constraint staff_session_token_unique unique,
  csrf_sha256 bytea not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  idle_expires_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint session_ends_at_last check (idle_expires_at <= expires_at)
);

-- ── audit ───────────────────────────────────────────────────────────────────────────────────────────────────

-- hash = SHA-256(hash of the entry before ‖ canonical JSON of this one). The chain itself is made of constraints: one
-- first entry, each other after exactly one, and no two after the same.
create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null constraint audit_actor_known check (actor_kind in ('staff', 'system')),
  actor_id uuid references staff_account,
  actor_name text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  reason text,
  before jsonb,
  after jsonb,
  prev_hash bytea,
  hash bytea not null constraint audit_hash_unique unique,
  constraint audit_chain_has_no_fork unique (prev_hash),
  constraint audit_entry_follows_another foreign key (prev_hash) references audit_entry (hash),
  constraint only_the_first_follows_none check ((seq = 1) = (prev_hash is null)),
  constraint audited_staff_is_named check ((actor_kind = 'staff') = (actor_id is not null))
);
create index audit_by_subject on audit_entry (subject_type, subject_id, seq);
create index audit_by_actor on audit_entry (actor_id, seq);
create trigger audit_is_append_only before update or delete on audit_entry
  for each row execute function refuse_change();
create trigger audit_is_never_truncated before truncate on audit_entry
  for each statement execute function refuse_change();

-- The chain's head: its row lock is the chain's lock, and it tells when entries are missing at the end.
create table audit_chain (
  id boolean primary key default true constraint one_audit_chain check (id),
  seq bigint not null,
  hash bytea
);
insert into audit_chain (seq) values (0);

-- ── drop lists ──────────────────────────────────────────────────────────────────────────────────────────────

-- Operator data: above (below) these shares of the live listings (usual rows) a run waits for a person.
alter table registry
  add column suspected_percent_max integer not null default 20
    constraint suspected_percent_is_one check (suspected_percent_max between 0 and 100),
  add column moved_percent_max integer not null default 20
    constraint moved_percent_is_one check (moved_percent_max between 0 and 100),
  add column rows_percent_min integer not null default 30
    constraint rows_percent_is_one check (rows_percent_min between 0 and 100);

alter table sync_run
  add column uploaded_by uuid references staff_account,
  add column truncated boolean not null default false,
  add column listings_overridden integer,
  add column quarantine_reasons text[] not null default '{}',
  add column decided_by uuid references staff_account,
  add column decision_reason text,
  add column decided_at timestamptz,
  add constraint quarantined_run_says_why check (state <> 'quarantined' or cardinality(quarantine_reasons) > 0),
  add constraint quarantine_ends_with_a_reason check
    (state not in ('published', 'discarded') or cardinality(quarantine_reasons) = 0
      or (decided_by is not null and decision_reason is not null));
create index sync_run_by_registry on sync_run (registry_id, format, published_at) where state = 'published';
create index sync_run_by_content on sync_run (registry_id, content_sha256);

-- What a publication did to each name, in its transaction; names it left alone are not kept.
create table sync_change (
  run_id uuid not null references sync_run on delete cascade,
  name text not null,
  kind text not null constraint sync_change_known
    check (kind in ('added', 'moved', 'suspected', 'overridden', 'too_late')),
  zone text not null,
  listing_id uuid references listing,
  cutoff_before timestamptz,
  drop_from_before timestamptz,
  drop_to_before timestamptz,
  cutoff_after timestamptz,
  drop_from_after timestamptz,
  drop_to_after timestamptz,
  primary key (run_id, name)
);
create index sync_change_of_listing on sync_change (listing_id) where kind in ('moved', 'overridden', 'suspected');

-- ── schedules ───────────────────────────────────────────────────────────────────────────────────────────────

-- A person's move of one listing. The newest is in force until it is undone or another takes its place.
create table schedule_override (
  id uuid primary key,
  listing_id uuid not null references listing,
  cutoff_at timestamptz not null,
  drop_from timestamptz not null,
  drop_to timestamptz not null,
  cutoff_before timestamptz not null,
  drop_from_before timestamptz not null,
  drop_to_before timestamptz not null,
  reason text not null constraint override_has_a_reason check (btrim(reason) <> ''),
  applied_by uuid not null references staff_account,
  applied_at timestamptz not null,
  replaced_at timestamptz,
  undone_by uuid references staff_account,
  undone_at timestamptz,
  undo_reason text,
  -- What the undoing returned to: what lists say by then.
  cutoff_returned_to timestamptz,
  drop_from_returned_to timestamptz,
  drop_to_returned_to timestamptz,
  constraint override_window_ordered check (cutoff_at <= drop_from and drop_from <= drop_to),
  constraint override_ends_once check (replaced_at is null or undone_at is null),
  constraint undo_is_whole check
    ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null)
      and (undone_at is null) = (drop_from_returned_to is null))
);
create unique index one_override_in_force on schedule_override (listing_id)
  where replaced_at is null and undone_at is null;
create index override_of_listing on schedule_override (listing_id, applied_at);

-- `listed_*` is what lists say while an override is in force: what undoing returns to. They stand in the listing itself,
-- because a publication that waited for the row's lock sees again only the row it waited for.
alter table listing
  add column version integer not null default 1,
  add column override_id uuid constraint override_in_force references schedule_override,
  add column listed_cutoff_at timestamptz,
  add column listed_drop_from timestamptz,
  add column listed_drop_to timestamptz,
  add constraint override_keeps_what_lists_say check
    ((override_id is null) = (listed_cutoff_at is null) and (override_id is null) = (listed_drop_from is null)
      and (override_id is null) = (listed_drop_to is null));
create index listing_by_window on listing (drop_from, id);

-- What a preview was computed from; whoever changes it, the number grows.
create function count_listing_version() returns trigger language plpgsql as $$
begin
  new.version = old.version + 1;
  return new;
end $$;
create trigger listing_version_grows before update on listing for each row
  when ((old.state, old.holder, old.override_id, old.opens_at, old.cutoff_at, old.drop_from, old.drop_to,
         old.listed_cutoff_at, old.listed_drop_from, old.listed_drop_to)
        is distinct from (new.state, new.holder, new.override_id, new.opens_at, new.cutoff_at, new.drop_from, new.drop_to,
         new.listed_cutoff_at, new.listed_drop_from, new.listed_drop_to))
  execute function count_listing_version();

-- ── refunds by people ───────────────────────────────────────────────────────────────────────────────────────

alter table refund
  add column reason_code text constraint refund_reason_known
    check (reason_code in ('goodwill', 'service_fault', 'wrong_charge', 'legal', 'other')),
  add column note text,
  add column proposed_by uuid references staff_account,
  add column decided_by uuid references staff_account,
  add column decision_note text,
  add constraint manual_refund_is_proposed check ((cause = 'manual') = (proposed_by is not null)),
  add constraint manual_refund_has_a_reason check
    (cause <> 'manual' or (reason_code is not null and note is not null and btrim(note) <> '')),
  add constraint proposer_does_not_decide check (decided_by is null or decided_by <> proposed_by),
  add constraint manual_refund_is_decided_by_someone check
    (cause <> 'manual' or state in ('proposed', 'expired') or decided_by is not null);
create index refund_waiting on refund (created_at) where state = 'proposed';

-- Rule 4: no refund before the result is known, whatever two people agree on.
create function refuse_refund_of_undecided() returns trigger language plpgsql as $$
begin
  if exists (select from payment join backorder on backorder.id = payment.backorder_id
             where payment.id = new.payment_id and backorder.state not in ('successful', 'failed', 'expired')) then
    raise exception 'the backorder of payment % is undecided', new.payment_id
      using errcode = 'check_violation', constraint = 'no_manual_refund_while_undecided';
  end if;
  return new;
end $$;
create trigger no_manual_refund_while_undecided before insert or update on refund for each row
  when (new.cause = 'manual' and new.state in ('proposed', 'approved', 'processing', 'succeeded'))
  execute function refuse_refund_of_undecided();
