-- Prices by name, pattern, length and tier, with history and future dates; reserved words; premium names by fee check (ADR 20).

-- What one operator did to prices at once: an uploaded list, or one price.
create table price_list (
  id uuid primary key,
  title text not null,
  reason text not null constraint price_list_has_a_reason check (btrim(reason) <> ''),
  made_by text not null,
  made_at timestamptz not null
);
create index price_list_newest on price_list (made_at desc, id desc);
create trigger price_list_is_append_only before update or delete on price_list for each row execute function refuse_change();

-- Which names have a price together. A rule stays when its prices change, so that its listings need not be written.
create table price_rule (
  id uuid primary key,
  -- Null: all zones.
  zone text references zone,
  kind text not null constraint price_rule_kind_known check (kind in ('name', 'pattern', 'length', 'tier')),
  -- The name or the tier; else the pattern or the lengths as they were written.
  match text not null,
  -- A pattern or lengths as they are compared; what is null is not compared.
  label_like text,
  label_kinds text[],
  label_repeats text[],
  label_classes text[],
  length_min smallint,
  length_max smallint,
  -- How specific it is, within its kind.
  weight smallint not null default 0,
  -- Since when it has a price in a currency; null: it has none now.
  in_force_since timestamptz,
  constraint one_price_rule_per_match unique nulls not distinct (zone, kind, match),
  constraint price_rule_of_name_has_no_zone check (kind <> 'name' or zone is null),
  constraint price_rule_compares_by_kind check (
    (kind = 'pattern') = (num_nonnulls(label_like, label_kinds, label_repeats, label_classes) = 1)
    and (kind = 'length') = (num_nonnulls(length_min, length_max) = 2))
);
create index price_rule_of_name on price_rule (match) where kind = 'name' and in_force_since is not null;
create index price_rule_in_force on price_rule (kind, zone) where kind <> 'name' and in_force_since is not null;

-- The prices of a rule: what was, what is in force and what will be. Rows are added and ended, and never change.
create table price_amount (
  id uuid primary key,
  rule_id uuid not null references price_rule,
  currency currency not null,
  -- Null: from then on the rule has no price in this currency.
  amount_minor bigint constraint price_positive check (amount_minor > 0),
  -- Null: it was set with its zone.
  list_id uuid references price_list,
  starts_at timestamptz not null,
  -- When it came into force: at its time, or as soon as a worker was there.
  started_at timestamptz constraint price_starts_in_time check (started_at >= starts_at),
  ended_at timestamptz,
  constraint price_ends_after_it_started check (ended_at >= started_at),
  constraint no_price_is_in_force_without_amount check (amount_minor is not null or (started_at is null) or ended_at is not null)
);
create unique index one_price_in_force on price_amount (rule_id, currency) where started_at is not null and ended_at is null;
create unique index one_price_per_start on price_amount (rule_id, currency, starts_at) where started_at is null and ended_at is null;
create index price_amount_to_start on price_amount (starts_at) where started_at is null and ended_at is null;
-- In the order of prices, for searches.
create index price_amount_in_force on price_amount (currency, amount_minor, rule_id) where started_at is not null and ended_at is null;
create index price_amount_of_list on price_amount (list_id);

create function refuse_changed_price() returns trigger language plpgsql as $$
begin
  raise exception 'a price is only started and ended' using errcode = 'check_violation', constraint = 'price_terms_are_final';
end $$;
create trigger price_terms_are_final before update on price_amount for each row
  when ((old.id, old.rule_id, old.currency, old.amount_minor, old.list_id, old.starts_at)
        is distinct from (new.id, new.rule_id, new.currency, new.amount_minor, new.list_id, new.starts_at)
    or (old.started_at is not null and new.started_at is distinct from old.started_at) or old.ended_at is not null)
  execute function refuse_changed_price();
create trigger price_is_never_deleted before delete on price_amount for each row execute function refuse_change();
create trigger price_is_never_truncated before truncate on price_amount for each statement execute function refuse_change();

-- The prices of today, by zone and tier.
insert into price_rule (id, zone, kind, match, in_force_since)
select gen_random_uuid(), zone, 'tier', tier, statement_timestamp() from price group by zone, tier;
insert into price_amount (id, rule_id, currency, amount_minor, starts_at, started_at)
select gen_random_uuid(), rule.id, currency, amount_minor, rule.in_force_since, rule.in_force_since
from price join price_rule as rule on rule.zone = price.zone and rule.match = price.tier;

-- Gateways of the release before read this until they are replaced. A later release drops it.
do $$
declare
  reader name;
  readers name[] := array(select distinct grantee::name from information_schema.role_table_grants
    where table_schema = 'public' and table_name = 'price' and privilege_type = 'SELECT' and grantee <> current_user);
begin
  drop table price;
  create view price as
    select zone, match as tier, currency, amount_minor
    from price_rule as rule join price_amount as amount on amount.rule_id = rule.id
    where kind = 'tier' and zone is not null and started_at is not null and ended_at is null;
  foreach reader in array readers loop
    execute format('grant select on price to %I', reader);
  end loop;
end $$;

-- The rule whose price the listing has, written with it. No foreign key: rules are never deleted, and each new listing would look.
alter table listing add column price_rule_id uuid;
update listing set price_rule_id = rule.id from price_rule as rule
where rule.kind = 'tier' and rule.zone = listing.zone and rule.match = listing.tier
  and state in ('upcoming', 'open', 'closed', 'dropping');
create index listing_by_price on listing (price_rule_id, id) where state in ('upcoming', 'open', 'closed', 'dropping');

-- Live listings whose rule, or whether they are reserved, is to be decided again, in batches.
create table pending_terms (
  listing_id uuid primary key
);

-- Words that operators reserve: names with them cannot be ordered. A list is known by its name; its next version replaces it.
create table reserved_list (
  id uuid primary key,
  name text not null,
  reason text not null constraint reserved_list_has_a_reason check (btrim(reason) <> ''),
  made_by text not null,
  made_at timestamptz not null
);
create index reserved_list_newest on reserved_list (made_at desc, id desc);
create trigger reserved_list_is_append_only before update or delete on reserved_list for each row execute function refuse_change();

create table reserved_word (
  id uuid primary key,
  list_name text not null,
  -- Null: all zones.
  zone text references zone,
  kind text not null constraint reserved_kind_known check (kind in ('label', 'contains')),
  word text not null,
  reason text not null,
  added_by uuid not null references reserved_list,
  added_at timestamptz not null,
  ended_by uuid references reserved_list,
  ended_at timestamptz,
  constraint ended_word_names_its_list check (num_nonnulls(ended_by, ended_at) in (0, 2))
);
create unique index one_reserved_word_in_force on reserved_word (list_name, zone, kind, word) nulls not distinct where ended_at is null;
create index reserved_word_by_label on reserved_word (word) where kind = 'label' and ended_at is null;
create index reserved_word_contained on reserved_word (zone) where kind = 'contains' and ended_at is null;

create function refuse_changed_word() returns trigger language plpgsql as $$
begin
  raise exception 'a reserved word is only ended' using errcode = 'check_violation', constraint = 'reserved_word_is_final';
end $$;
create trigger reserved_word_is_final before update on reserved_word for each row
  when ((old.id, old.list_name, old.zone, old.kind, old.word, old.reason, old.added_by, old.added_at)
        is distinct from (new.id, new.list_name, new.zone, new.kind, new.word, new.reason, new.added_by, new.added_at)
    or old.ended_at is not null)
  execute function refuse_changed_word();
create trigger reserved_word_is_never_deleted before delete on reserved_word for each row execute function refuse_change();
create trigger reserved_word_is_never_truncated before truncate on reserved_word for each statement execute function refuse_change();

create function label_matches(rule price_rule, label text) returns boolean language sql stable
  return (rule.label_like is null or label like rule.label_like)
    and (rule.label_kinds is null or label_kinds(label) = any(rule.label_kinds))
    and (rule.label_repeats is null or label_repeats(label) = any(rule.label_repeats))
    and (rule.label_classes is null or label_class(label) = any(rule.label_classes))
    and (rule.length_min is null or length(label) between rule.length_min and rule.length_max);

-- The rule whose price a name has: by name, pattern, length, tier; then its own zone, the more specific, the newer. `rankRules` of
-- packages/rules decides the same, and a test compares them. Its tables are those of now, whatever the path of the caller.
create function price_rule_of(listed_name text, listed_zone text, listed_tier text) returns uuid language sql stable
  return coalesce(
    (select id from price_rule as rule where rule.kind = 'name' and rule.match = listed_name and rule.in_force_since is not null),
    (select id from price_rule as rule
      where rule.kind <> 'name' and rule.in_force_since is not null and (rule.zone = listed_zone or rule.zone is null)
        and case rule.kind when 'tier' then rule.match = listed_tier
          else label_matches(rule, listing_label(listed_name, listed_zone)) end
      order by case rule.kind when 'pattern' then 1 when 'length' then 2 else 3 end, rule.zone is null, rule.weight desc,
        rule.in_force_since desc, id desc
      limit 1));

-- Whether a word that operators reserve is or is in the label of a name.
create function is_reserved(listed_name text, listed_zone text) returns boolean language sql stable
  return exists (select from reserved_word as reserved
      where reserved.kind = 'label' and reserved.word = listing_label(listed_name, listed_zone) and reserved.ended_at is null
        and (reserved.zone = listed_zone or reserved.zone is null))
    or exists (select from reserved_word as reserved
      where reserved.kind = 'contains' and strpos(listing_label(listed_name, listed_zone), reserved.word) > 0
        and reserved.ended_at is null and (reserved.zone = listed_zone or reserved.zone is null));

-- Every listing has its price, and is reserved, from its first moment on, whatever adds it.
create function set_listing_terms() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.price_rule_id := coalesce(new.price_rule_id, price_rule_of(new.name, new.zone, new.tier));
  new.reserved := new.reserved or is_reserved(new.name, new.zone);
  return new;
end $$;
revoke execute on function set_listing_terms() from public;
create trigger listing_has_its_terms before insert on listing for each row execute function set_listing_terms();

alter table alarm
  drop constraint alarm_kind_known,
  add constraint alarm_kind_known check (kind in ('lease_unheld', 'login_refused', 'account_not_ready', 'deposit_empty',
    'creates_exhausted', 'create_incomplete', 'fee_stale', 'settlement_stuck', 'target_undecided', 'target_uncaught',
    'list_late', 'list_quarantined', 'audit_chain_broken', 'worker_stopped', 'event_undelivered', 'suspect_unconfirmed',
    'held_name_reserved'));

-- Which live names are asked about by fee check, and when next: a request to the catcher that holds the lease of the registry's account.
create table fee_check (
  -- No foreign key: its check would lock as many listings as a list has, and claims would wait.
  listing_id uuid primary key,
  registry_id text not null references registry,
  try_after timestamptz not null,
  -- Questions in a row that showed nothing.
  attempts integer not null default 0
);
create index fee_check_due on fee_check (registry_id, try_after);

-- How far the names of a publication are in `fee_check`.
alter table sync_run
  add column fee_checks_up_to text not null default '',
  add column fee_checks_filed_at timestamptz;
create index sync_run_fee_checks_to_file on sync_run (published_at) where state = 'published' and fee_checks_filed_at is null;

-- What the registry answered about the price of a name.
create table fee_answer (
  id uuid primary key,
  listing_id uuid not null references listing,
  registry_account_id text not null references registry_account,
  cltrid text not null,
  svtrid text,
  asked_at timestamptz not null,
  answered_at timestamptz,
  code integer,
  verdict text not null constraint fee_verdict_known check (verdict in ('standard', 'premium', 'unknown')),
  -- What a create for one year costs, and the price tier, as far as the registry said so.
  fee_minor bigint,
  currency currency,
  fee_class text,
  -- Why it is unknown.
  finding text,
  -- Whether the listing's flag was changed by it.
  changed boolean not null,
  constraint fee_has_currency check ((fee_minor is null) = (currency is null)),
  constraint only_a_shown_fee_changes_the_flag check (not changed or (verdict <> 'unknown' and answered_at is not null)),
  constraint unknown_fee_says_why check ((verdict = 'unknown') = (finding is not null))
);
create index fee_answer_of_listing on fee_answer (listing_id, asked_at);
create trigger fee_answer_is_append_only before update or delete on fee_answer for each row execute function refuse_change();
create trigger fee_answer_is_never_truncated before truncate on fee_answer for each statement execute function refuse_change();

alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in ('backorder.held', 'backorder.expired', 'backorder.secured',
    'backorder.rescheduled', 'backorder.premium_flagged', 'backorder.registering', 'backorder.successful', 'backorder.failed',
    'renewal.paid', 'renewal.expired', 'renewal.successful', 'renewal.failed', 'refund.succeeded', 'refund.failed',
    'payment.failed', 'payment.disputed', 'payment.dispute_won', 'payment.charged_back', 'account.topped_up',
    'account.top_up_reversed', 'invoice.issued', 'credit_note.issued', 'alarm.opened', 'alarm.closed'));
