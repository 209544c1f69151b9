-- Every account of a registry would catch the same targets: they would spend each other's limits, and a win would be kept under
-- the wrong one. Two accounts that are there already are named, because which of them is to go is the operator's to say.
do $$
declare doubled text;
begin
  select string_agg(format('%s (%s)', registry_id, ids), '; ') into doubled
  from (
    select registry_id, string_agg(id, ', ' order by id) as ids
    from registry_account group by registry_id having count(*) > 1
  ) as doubles;
  if doubled is not null then
    raise exception 'more than one account at a registry: %', doubled
      using hint = 'Keep one account per registry, then migrate again.';
  end if;
end $$;
alter table registry_account add constraint one_account_per_registry unique (registry_id);
-- Said by the stricter one.
alter table registry_account drop constraint registry_account_clid_unique;
