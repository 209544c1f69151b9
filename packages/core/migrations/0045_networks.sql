-- The same function without a block of plpgsql: nothing but triggers is written in it.
create or replace function are_networks(texts text[]) returns boolean language sql immutable
  return cardinality(texts) between 1 and 20
    and (select bool_and(pg_input_is_valid(network, 'cidr')) from unnest(texts) as network);
