-- What decided a target can be shown, whatever was tried after it: the attempt whose answer it was. No reference, because the
-- evidence may be written after the outcome.
alter table catch_target add column deciding_cltrid text;

update catch_target set deciding_cltrid = (
  select cltrid from catch_attempt
  where target_id = catch_target.id and registry_account_id = decided_by and code = decided_code
  order by sent_at desc, cltrid desc limit 1)
where decided_code is not null;

-- The evidence of a target, newest first, page by page.
create index catch_attempt_of_target_newest on catch_attempt (target_id, sent_at desc, cltrid desc);

-- Whether the registry said what it took, or the fees of the zone are all that is known.
alter table registry_charge add column basis text not null default 'configured'
  constraint registry_charge_basis_known check (basis in ('answered', 'configured'));

-- Who was told that an order is released is not bound again by money that was on its way.
create function check_reclaimed_order() returns trigger language plpgsql as $$
begin
  if exists (select from backorder where id = new.reclaims and expired_reason = 'released') then
    raise exception 'a released order is not reclaimed' using errcode = 'check_violation', constraint = 'only_a_lapsed_order_is_reclaimed';
  end if;
  return new;
end $$;
create trigger only_a_lapsed_order_is_reclaimed before insert or update of reclaims on backorder for each row
  when (new.reclaims is not null) execute function check_reclaimed_order();

-- ── what one person may not do alone ────────────────────────────────────────────────────────────────────────

-- Something that a person proposes and another decides, before it expires: how a target ended that nothing decides, or money or
-- credit beyond what one person gives alone. `terms` says what is done when it is approved.
create table proposal (
  id uuid primary key,
  kind text not null constraint proposal_kind_known check (kind in ('target_outcome', 'bank_transfer', 'credit_limit')),
  -- The id of the target or the account, or the reference of the transfer.
  subject text not null,
  terms jsonb not null,
  reason text not null,
  state text not null constraint proposal_state_known check (state in ('proposed', 'approved', 'rejected', 'expired')),
  proposed_by uuid not null references staff_account,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid references staff_account,
  decided_at timestamptz,
  note text,
  constraint proposal_is_decided_by_another check (decided_by <> proposed_by),
  constraint decided_proposal_has_decider check ((state in ('approved', 'rejected')) = (decided_by is not null)),
  constraint ended_proposal_has_time check ((state = 'proposed') = (decided_at is null))
);
create unique index one_open_proposal_per_subject on proposal (kind, subject) where state = 'proposed';
create index proposal_newest on proposal (proposed_at desc, id desc);

create function refuse_changed_proposal() returns trigger language plpgsql as $$
begin
  raise exception 'what was proposed, by whom, and what was decided is final'
    using errcode = 'check_violation', constraint = 'proposal_terms_are_final';
end $$;
create trigger proposal_terms_are_final before update on proposal for each row
  when ((old.kind, old.subject, old.terms, old.reason, old.proposed_by, old.proposed_at, old.expires_at)
        is distinct from (new.kind, new.subject, new.terms, new.reason, new.proposed_by, new.proposed_at, new.expires_at)
    or old.state <> 'proposed')
  execute function refuse_changed_proposal();

-- A target that people decided says by which proposal.
alter table catch_target add column proposal_id uuid references proposal;

-- Up to how much balance and credit one person gives alone in 24 hours, all customers together. Minor units.
alter table refund_limit add column grant_alone_minor bigint not null default 0
  constraint grant_limit_not_negative check (grant_alone_minor >= 0);
update refund_limit set grant_alone_minor = case currency when 'CNY' then 7000000 else 1000000 end;

create table alone_grant (
  id uuid primary key,
  staff_id uuid not null references staff_account,
  kind text not null constraint grant_kind_known check (kind in ('bank_transfer', 'credit_limit')),
  amount_minor bigint not null constraint grant_amount_positive check (amount_minor > 0),
  currency currency not null,
  granted_at timestamptz not null default clock_timestamp()
);
create index alone_grant_of_person on alone_grant (staff_id, currency, granted_at);

-- What was recorded before there was a limit was recorded by one person.
insert into alone_grant (id, staff_id, kind, amount_minor, currency, granted_at)
select id, recorded_by, 'bank_transfer', amount_minor, currency, recorded_at from bank_transfer;

-- Who gives at once in two places is counted one after the other: the row of the limit is locked first.
create function check_alone_grant() returns trigger language plpgsql as $$
declare
  limit_minor bigint;
  given_minor numeric;
begin
  select grant_alone_minor into limit_minor from refund_limit where currency = new.currency for update;
  select coalesce(sum(amount_minor), 0) into given_minor from alone_grant
    where staff_id = new.staff_id and currency = new.currency and granted_at > clock_timestamp() - interval '24 hours';
  if given_minor + new.amount_minor > coalesce(limit_minor, 0) then
    raise exception 'more than one person gives alone'
      using errcode = 'check_violation', constraint = 'one_person_grants_within_limit';
  end if;
  return new;
end $$;
create trigger one_person_grants_within_limit before insert on alone_grant for each row
  execute function check_alone_grant();

-- A transfer was credited by one person within the limit, or by two.
alter table bank_transfer
  add column grant_id uuid references alone_grant,
  add column proposal_id uuid references proposal;
alter table bank_transfer disable trigger bank_transfer_terms_are_final;
update bank_transfer set grant_id = id;
set constraints all immediate;
alter table bank_transfer enable trigger bank_transfer_terms_are_final;
alter table bank_transfer add constraint credit_is_granted_or_approved check (num_nonnulls(grant_id, proposal_id) = 1);
