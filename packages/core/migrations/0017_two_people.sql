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
