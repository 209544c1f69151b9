-- Some registries release the names of a batch in the order of their last update, then of their ROID: what `info` showed of both before
-- the drop, so that a catcher that takes over follows the same order.
alter table catch_target add column prior_updated_at timestamptz, add column prior_roid text;
