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
