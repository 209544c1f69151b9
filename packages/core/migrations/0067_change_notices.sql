-- What has changed without an event, for windows of the console that are open (ADR 39). A row is of use for seconds; after a crash of the
-- server its readers begin anew, so it is not logged.
create unlogged table change_notice (
  xid xid8 not null default pg_current_xact_id(),
  -- The first part of the path of the list that shows it.
  resource text not null,
  -- Null: many of them, or it cannot be said which.
  record_id text,
  noted_at timestamptz not null default clock_timestamp()
);
create index change_notice_by_transaction on change_notice (xid);

-- Notes the rows that a statement has changed. Arguments: the resource, the column of the id ('': none), and columns that nobody sees.
create function note_changes() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  watched text := tg_argv[0];
  key text := tg_argv[1];
  unseen text[] := tg_argv[2]::text[];
  -- More than a message of the console names one by one.
  ids_max constant integer := 50;
  ids text[];
begin
  if tg_op = 'UPDATE' and unseen <> '{}' then
    select array_agg(distinct coalesce(after.row ->> key, '')) into ids
    from (select to_jsonb(changed) as row from changed) as after
    where not exists (
      select from (select to_jsonb(before) as row from before) as earlier where earlier.row - unseen = after.row - unseen);
  else
    select array_agg(distinct coalesce(to_jsonb(changed) ->> key, '')) into ids from changed;
  end if;
  if ids is null then
    return null;
  end if;
  if key = '' or cardinality(ids) > ids_max then
    ids := array[null::text];
  end if;
  insert into change_notice (resource, record_id) select watched, id from unnest(ids) as id;
  return null;
end $$;
revoke execute on function note_changes() from public;

-- The same where a statement is frequent or has many rows: it looks at none of them. Argument: the resource.
create function note_statement() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into change_notice (resource) values (tg_argv[0]);
  return null;
end $$;
revoke execute on function note_statement() from public;

-- Has every statement that changes `watched` noted. For a table with frequent writes see `note_statement`; none that orders write is watched.
create procedure watch_changes(watched text, resource text, key text default 'id', unseen text[] default '{}') language plpgsql as $$
begin
  execute format('create trigger insert_is_noted after insert on %I referencing new table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
  execute format('create trigger update_is_noted after update on %I referencing old table as before new table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
  execute format('create trigger delete_is_noted after delete on %I referencing old table as changed
    for each statement execute function note_changes(%L, %L, %L)', watched, resource, key, unseen);
end $$;
revoke execute on procedure watch_changes(text, text, text, text[]) from public;

call watch_changes('sync_run', 'sync-runs', 'id', '{alive_at}');
call watch_changes('list_source', 'list-sources', 'id', '{claimed_by,claimed_until}');
call watch_changes('schedule_change', 'schedule-changes');
call watch_changes('withdrawal', 'withdrawals', '');
call watch_changes('blocked_name', 'blocked-names');
call watch_changes('batch_drift', 'drift', '', '{measure_at}');
call watch_changes('proposal', 'proposals');
call watch_changes('refund', 'refunds', 'id', '{try_after,attempts}');
call watch_changes('refund_limit', 'refund-limits', '');
call watch_changes('finance_task', 'finance-tasks');
call watch_changes('dispute', 'payments', 'payment_id');
call watch_changes('bank_transfer', 'bank-transfers');
call watch_changes('reconciliation_item', 'reconciliation', 'id', '{last_seen_at,last_seen_run}');
call watch_changes('reconciliation_run', 'reconciliation', '');
call watch_changes('price_list', 'price-lists');
call watch_changes('reserved_list', 'reserved-words');
call watch_changes('seller', 'seller', '');
call watch_changes('zone', 'registries', '');
call watch_changes('registry', 'registries', '', '{publications}');
call watch_changes('registry_stop', 'registry-stops');
call watch_changes('registry_maintenance', 'maintenances');
call watch_changes('registry_message', 'registry-messages', '');
call watch_changes('event_receiver', 'receivers');
call watch_changes('audit_entry', 'audit', '');

-- Names that are past their cut-off.
create trigger insert_is_noted after insert on catch_target referencing new table as changed
  for each statement execute function note_changes('listings', 'listing_id', '{}');
-- Thousands of rows a statement.
create trigger insert_is_noted after insert on listing for each statement execute function note_statement('listings');
create trigger change_is_noted after insert or update on schedule_override
  for each statement execute function note_statement('listings');
-- Not its balance, which every order moves.
create trigger change_is_noted after insert or update of name, disabled_at, credit_limit_minor, open_holds_max, open_holds_max_before_paid,
    open_payments_max, watches_max, reads_per_minute_max, claims_per_minute_max on account
  for each statement execute function note_statement('accounts');
create trigger change_is_noted after update of state on payment
  for each statement execute function note_statement('payments');
-- Not its lease.
create trigger change_is_noted after insert or update of clid, sessions_max, commands_per_second_max, commands_per_minute_max,
    failed_creates_per_day_max, password_name, password_expires_at, client_certificate on registry_account
  for each statement execute function note_statement('registries');
