-- What resellers add to their orders.

-- At most 20 keys of at most 40 characters, each with a text of at most 500.
create function is_order_metadata(metadata jsonb) returns boolean language sql immutable
  return case when jsonb_typeof(metadata) = 'object' then (
    select count(*) <= 20
      and coalesce(bool_and(char_length(key) between 1 and 40 and jsonb_typeof(value) = 'string'
        and char_length(value #>> '{}') <= 500), true)
    from jsonb_each(metadata)) else false end;

alter table backorder
  add column metadata jsonb,
  add constraint backorder_metadata_is_bounded check (metadata is null or is_order_metadata(metadata));

-- A reseller finds an order by its own reference.
create index backorder_by_reference on backorder (account_id, reference) where reference is not null;

-- When the registration of whoever was faster was created, according to the registry, where it says so.
alter table catch_target
  add column winner_created_at timestamptz,
  add constraint only_lost_has_winner check (winner_created_at is null or state = 'lost');

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
