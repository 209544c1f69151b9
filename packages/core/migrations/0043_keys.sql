-- API keys that resellers administer, and sub-accounts (ADR 25).

-- Resellers administer their own keys.
create function are_networks(texts text[]) returns boolean language plpgsql immutable as $$
begin
  return cardinality(texts) between 1 and 20 and (select bool_and(network::cidr is not null) from unnest(texts) as network);
exception when invalid_text_representation then
  return false;
end $$;

alter table api_key
  add column expires_at timestamptz,
  -- Networks (CIDR) from which alone the key is accepted; null: from anywhere.
  add column allowed_addresses text[],
  -- The last day (UTC) on which it was used; written about once a minute by each gateway.
  add column last_used_on date,
  -- The key whose holder made it; null: operators.
  add column made_by uuid references api_key,
  -- The key in whose place it was made by a rotation.
  add column replaces uuid references api_key,
  add constraint allowed_addresses_are_networks check (allowed_addresses is null or are_networks(allowed_addresses));
create unique index one_replacement_per_key on api_key (replaces) where replaces is not null;
create index api_key_by_account on api_key (account_id, id);

-- Sub-accounts: a label on keys and orders, with a monthly limit under the balance of their account (ADR 25).
create table sub_account (
  id uuid primary key,
  account_id uuid not null references account,
  label text not null constraint sub_account_has_label check (btrim(label) <> '' and char_length(label) <= 100),
  -- Of what it pays from the balance in a calendar month (UTC), in the account's currency; null: no limit.
  monthly_limit_minor bigint constraint monthly_limit_not_negative check (monthly_limit_minor >= 0),
  created_at timestamptz not null default clock_timestamp(),
  constraint one_sub_account_per_label unique (account_id, label),
  constraint sub_account_of_account unique (account_id, id)
);

-- What a sub-account paid from the balance in a month, less what failed and was given back.
create table sub_account_spend (
  sub_account_id uuid not null constraint spend_is_of_a_sub_account references sub_account,
  -- Its first day.
  month date not null,
  spent_minor bigint not null constraint sub_account_spend_not_negative check (spent_minor >= 0),
  constraint sub_account_spend_pkey primary key (sub_account_id, month)
);

alter table api_key
  add column sub_account_id uuid,
  add constraint key_is_of_own_sub_account foreign key (account_id, sub_account_id) references sub_account (account_id, id);
alter table backorder
  add column sub_account_id uuid,
  add constraint order_is_of_own_sub_account foreign key (account_id, sub_account_id) references sub_account (account_id, id);
create index backorder_by_sub_account on backorder (sub_account_id, id) where sub_account_id is not null;
-- Of a payment from the balance alone: whose limit it counts for.
alter table payment
  add column sub_account_id uuid,
  add constraint payment_is_of_own_sub_account foreign key (account_id, sub_account_id) references sub_account (account_id, id),
  add constraint only_the_balance_has_a_sub_account check (sub_account_id is null or method = 'balance');

create function month_of(at timestamptz) returns date language sql immutable
  return date_trunc('month', at at time zone 'UTC')::date;

-- Before the payment's row is written, and so before the account's: all who pay lock the two in this order.
create function count_spend() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  total bigint;
begin
  insert into sub_account_spend as spend (sub_account_id, month, spent_minor)
  values (new.sub_account_id, month_of(new.created_at), new.captured_minor)
  on conflict (sub_account_id, month) do update set spent_minor = spend.spent_minor + excluded.spent_minor
  returning spent_minor into total;
  if total > (select monthly_limit_minor from sub_account where id = new.sub_account_id) then
    raise exception 'sub-account % spends more than its limit', new.sub_account_id
      using errcode = 'check_violation', constraint = 'sub_account_within_limit';
  end if;
  return new;
end $$;
revoke execute on function count_spend() from public;
create trigger sub_account_within_limit before insert on payment for each row
  when (new.sub_account_id is not null) execute function count_spend();

-- What failed counts no longer, in the month in which it was paid, from its decision on: whenever the refund arrives.
create function give_spend_back() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update sub_account_spend as spend set spent_minor = spent_minor - payment.captured_minor
  from payment
  where (case tg_table_name when 'backorder' then payment.backorder_id else payment.renewal_id end) = new.id
    and payment.secures and payment.sub_account_id = spend.sub_account_id and spend.month = month_of(payment.created_at);
  return null;
end $$;
revoke execute on function give_spend_back() from public;
create trigger failed_order_is_given_back after update of state on backorder for each row
  when (new.state = 'failed' and old.state <> 'failed' and new.sub_account_id is not null) execute function give_spend_back();
create trigger failed_renewal_is_given_back after update of state on renewal for each row
  when (new.state = 'failed' and old.state <> 'failed') execute function give_spend_back();

-- Many orders of one request, paid from the balance: each item a transaction of its own, under a child of the request's Idempotency-Key.
create table bulk_order (
  id uuid primary key,
  account_id uuid not null references account,
  -- In whose name the items are ordered; where it is revoked, the items that are left are refused.
  key_id uuid not null references api_key,
  sub_account_id uuid,
  idempotency_key text not null,
  items integer not null constraint bulk_order_is_bounded check (items between 1 and 1000),
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  -- The process that works on it, and until when it may without saying so again.
  claimed_by uuid,
  claimed_until timestamptz,
  constraint bulk_order_is_of_own_sub_account foreign key (account_id, sub_account_id) references sub_account (account_id, id)
);
create index bulk_order_by_account on bulk_order (account_id, id);
create index bulk_order_to_do on bulk_order (claimed_until) where finished_at is null;

create table bulk_order_item (
  bulk_order_id uuid not null references bulk_order,
  -- From 0, in the order of the request.
  position integer not null,
  -- As it was written.
  name text not null,
  -- What else the item says, as the API has it.
  terms jsonb not null,
  state text not null constraint bulk_item_state_known check (state in ('waiting', 'placed', 'refused')),
  backorder_id uuid references backorder,
  -- Why it was refused.
  code text,
  detail text,
  constraint bulk_order_item_pkey primary key (bulk_order_id, position),
  constraint placed_item_has_its_order check ((state = 'placed') = (backorder_id is not null)),
  constraint refused_item_says_why check ((state = 'refused') = (code is not null) and (code is null) = (detail is null))
);
create index bulk_item_waiting on bulk_order_item (bulk_order_id, position) where state = 'waiting';

-- A notice when the balance falls below a threshold of the account's own; once, until it has risen above it again.
alter table account
  add column low_balance_minor bigint constraint low_balance_not_negative check (low_balance_minor >= 0),
  add column balance_is_low boolean not null default false,
  add constraint only_a_watched_balance_is_low check (not balance_is_low or low_balance_minor is not null);
-- Not of the balance: an index that depends on it would have to be written with each order.
create index account_with_notice on account (id) where low_balance_minor is not null;

alter table event
  drop constraint event_topic_known,
  add constraint event_topic_known check (topic in ('backorder.held', 'backorder.expired', 'backorder.secured',
    'backorder.rescheduled', 'backorder.premium_flagged', 'backorder.registering', 'backorder.successful', 'backorder.failed',
    'renewal.paid', 'renewal.expired', 'renewal.successful', 'renewal.failed', 'registration.ended',
    'registration_request.succeeded', 'registration_request.failed', 'refund.succeeded', 'refund.failed',
    'payment.failed', 'payment.disputed', 'payment.dispute_won', 'payment.charged_back', 'account.topped_up',
    'account.top_up_reversed', 'balance.low', 'invoice.issued', 'credit_note.issued', 'alarm.opened', 'alarm.closed'));
