-- What operators and finance list at a million orders: each filter that few rows meet, and each order of a list, has an index. Measured
-- by `npm run bench -- console`.

-- What an account has undecided: its balance, its open holds and its page read only these, however many orders it has had.
create index undecided_order_of_account on backorder (account_id, state) include (price_minor)
  where state in ('pending_payment', 'backordered', 'registering');
drop index hold_of_account;

-- Few of many thousand failed orders have a rare reason.
create index backorder_by_failure on backorder (failure_reason, id) where failure_reason is not null;

-- How long the longest window is: none that ends after a time began longer than that before it.
create index listing_by_length_of_window on listing ((drop_to - drop_from));

-- Payments are listed by their ids. All but a few are captured, and from balances.
create index payment_by_state on payment (state, id) where state <> 'succeeded';
create index payment_by_card on payment (id) where method = 'card';
-- Card money that secured nothing names only its listing.
create index payment_by_listing on payment (listing_id) where listing_id is not null;

create index refund_by_state on refund (state, created_at, id) where state <> 'succeeded';
create index refund_by_cause on refund (cause, created_at, id) where cause <> 'backorder_failed';
create index refund_by_amount on refund (amount_minor, id);

create index invoice_by_time on invoice (issued_at, id);
do $$
declare
  extension_schema text := (select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm');
begin
  execute format('create index invoice_by_part on invoice using gin (number %1$I.gin_trgm_ops, name %1$I.gin_trgm_ops)', extension_schema);
end $$;
create index credit_note_by_time on invoice (issued_at, id) where kind = 'credit_note';

create index audit_by_action on audit_entry (action, seq);
