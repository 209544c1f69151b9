-- A registry counts failed creates also when the catcher that sent them is lost before it has recorded them. So the holder of an account's
-- lease reserves, with each renewal, what it may have spent of the budget until the next one: `failures_reserved` is the most
-- that may have failed within the 24 hours before `failures_reserved_at` and since. A successor counts what is not recorded as failed.
alter table registry_account
  add failures_reserved integer,
  add failures_reserved_at timestamptz,
  add constraint failures_reserved_not_negative check (failures_reserved >= 0),
  add constraint failures_reserved_dated check ((failures_reserved is null) = (failures_reserved_at is null));
