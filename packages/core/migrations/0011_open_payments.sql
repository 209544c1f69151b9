-- A card payment without a hold (for a name, or a top-up) keeps nobody from anything, but is an intent at the provider; so those
-- that can still be paid are few. One that belongs to an order is bounded by its order.

alter table account
  add column open_payments_max integer not null default 20
    constraint open_payments_max_positive check (open_payments_max > 0);

create index open_payment_by_account on payment (account_id)
  where method = 'card' and backorder_id is null and renewal_id is null and state in ('requires_action', 'processing', 'failed');

create function check_open_payments() returns trigger language plpgsql as $$
begin
  -- First, and in a statement of its own: two at once would each see only their own.
  perform from account where id = new.account_id for no key update;
  -- A declined one may be paid with another card until its time is over. The clock, and not the start of the transaction.
  if (select count(*) from payment where account_id = new.account_id and method = 'card' and backorder_id is null
        and renewal_id is null and state in ('requires_action', 'processing', 'failed') and pay_by > clock_timestamp())
      > (select open_payments_max from account where id = new.account_id) then
    raise exception 'account % has too many open payments', new.account_id
      using errcode = 'check_violation', constraint = 'open_payments_within_limit';
  end if;
  return null;
end $$;
create trigger open_payments_within_limit after insert on payment for each row
  when (new.method = 'card' and new.backorder_id is null and new.renewal_id is null)
  execute function check_open_payments();
