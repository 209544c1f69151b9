-- A second wall between accounts (ADR 55): the gateway's login reaches the rows of the account that acts, and no others, whatever a query
-- forgets to ask for. Who acts is said with every statement and every transaction (`ofAccount`). The logins of other apps, and the owner,
-- reach all rows.

create function acting_account() returns uuid language sql stable parallel safe
  return nullif(current_setting('droplock.account', true), '')::uuid;

-- Lets the apps that work for many accounts reach all rows of a table that is kept apart. Called again where logins are created.
create procedure open_to_apps(opened text) language plpgsql as $$
declare apps text; is_new boolean;
begin
  select string_agg(quote_ident(rolname), ', ' order by rolname) into apps
    from pg_namespace, aclexplode(nspacl), pg_roles
    where nspname = 'public' and privilege_type = 'USAGE' and pg_roles.oid = grantee
      and rolname ~ '^droplock_[a-z0-9_]+$' and rolname !~ '_gateway$';
  if apps is null then return; end if;
  select apps is distinct from (select string_agg(quote_ident(r), ', ' order by r) from unnest(roles) as r) into is_new
    from pg_policies where schemaname = 'public' and tablename = opened and policyname = 'all_rows';
  -- Changing a policy locks its table: not where nothing changes.
  if is_new is null then execute format('create policy all_rows on %I to %s using (true)', opened, apps);
  elsif is_new then execute format('alter policy all_rows on %I to %s', opened, apps);
  end if;
end $$;
revoke execute on procedure open_to_apps(text) from public;

-- Keeps the rows of a table apart: `whose` says which of them the account that acts may read and write. It asks who acts in a subselect,
-- which a statement evaluates once: for each row (tried with 20,000 events of one account) counting took 27 ms instead of 2.
create procedure keep_apart(kept text, whose text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', kept);
  execute format('create policy own_rows on %I using (%s)', kept, whose);
  call open_to_apps(kept);
end $$;
revoke execute on procedure keep_apart(text, text) from public;

-- What an account is found by before it acts, what counts its requests, and the events that all streams are given from one reading.
call keep_apart('account', 'id = (select acting_account()) or (select acting_account()) is null');
call keep_apart('api_key', 'account_id = (select acting_account()) or (select acting_account()) is null');
call keep_apart('request_budget', 'account_id = (select acting_account()) or (select acting_account()) is null');
call keep_apart('event', 'account_id = (select acting_account()) or (account_id is null and topic = ''drop_list.published'') or (select acting_account()) is null');

call keep_apart('account_contact', 'account_id = (select acting_account())');
call keep_apart('backorder', 'account_id = (select acting_account())');
call keep_apart('billing_profile', 'account_id = (select acting_account())');
call keep_apart('bulk_order', 'account_id = (select acting_account())');
call keep_apart('contact', 'account_id = (select acting_account())');
call keep_apart('event_receiver', 'account_id = (select acting_account())');
call keep_apart('idempotency_key', 'account_id = (select acting_account())');
call keep_apart('invoice', 'account_id = (select acting_account())');
call keep_apart('payment', 'account_id = (select acting_account())');
call keep_apart('posting', 'account_id = (select acting_account())');
call keep_apart('registration', 'account_id = (select acting_account())');
call keep_apart('registration_request', 'account_id = (select acting_account())');
call keep_apart('renewal', 'account_id = (select acting_account())');
call keep_apart('sandbox_drop', 'account_id = (select acting_account())');
call keep_apart('sub_account', 'account_id = (select acting_account())');
call keep_apart('watch', 'account_id = (select acting_account())');

-- Rows that belong to an account by another row, whose own policy says whose it is.
call keep_apart('auth_code', 'exists (select from registration_request where id = request_id)');
call keep_apart('bulk_order_item', 'exists (select from bulk_order where id = bulk_order_id)');
call keep_apart('catch_target', 'exists (select from backorder where id = backorder_id)');
call keep_apart('catch_attempt', 'exists (select from catch_target where id = target_id)');
call keep_apart('attempt_removal', 'exists (select from catch_target where id = target_id)');
call keep_apart('dispute', 'exists (select from payment where id = payment_id)');
call keep_apart('event_delivery', 'exists (select from event_receiver where id = receiver_id)');
call keep_apart('delivery_attempt', 'exists (select from event_delivery where id = delivery_id)');
call keep_apart('provider_task', 'exists (select from payment where id = payment_id)');
call keep_apart('receiver_queue', 'exists (select from event_receiver where id = receiver_id)');
call keep_apart('refund', 'exists (select from payment where id = payment_id)');
call keep_apart('registry_contact', 'exists (select from contact where id = contact_id)');
call keep_apart('sub_account_spend', 'exists (select from sub_account where id = sub_account_id)');

-- What an account may learn of others' rows, each as one fact, by the owner's rights.

-- Whether anybody has held a listing unpaid (rule 3): the one hold of its cycle is used then.
create function was_held(held_listing uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  return exists (select from backorder where listing_id = held_listing and pay_by is not null);

-- The account of a live order. The gateway refuses with it those who waited for a name, each by what is its own; it shows it to nobody.
create function account_of_live_order(live_order uuid) returns uuid language sql stable security definer set search_path = public, pg_temp
  return (select account_id from backorder where id = live_order and decided_at is null);

-- Which of these requests, of accounts that waited for one name together, have an answer stored.
create function answered_requests(accounts uuid[], keys text[], items integer[]) returns text[]
  language sql stable security definer set search_path = public, pg_temp
  return array(select concat_ws(' ', account_id, item, key) from idempotency_key
    join unnest(accounts, keys, items) as asked (account_id, key, item) using (account_id, key, item));
