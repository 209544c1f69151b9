-- Accounts that have ended (ADR 45). An account is closed for good, empty, and with nothing open; what comes back later from a bank
-- (a dispute of an old payment) is still booked.

alter table account
  add column closed_at timestamptz,
  add column closed_by text,
  -- All of its keys are refused, for ever.
  add constraint closed_account_is_disabled check (closed_at is null or disabled_at is not null),
  add constraint closed_account_has_no_credit check (closed_at is null or credit_limit_minor = 0),
  add constraint closed_account_says_by_whom check ((closed_at is null) = (closed_by is null));

-- Who closes has the account locked: an order by card, a top-up and a transfer refer to it, and so are seen here or wait.
create function check_account_is_over() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.balance_minor <> 0 then
    raise exception 'account % has a balance', new.id
      using errcode = 'check_violation', constraint = 'closed_account_was_empty';
  end if;
  if exists (select from backorder where account_id = new.id and state in ('pending_payment', 'backordered', 'registering'))
    or exists (select from renewal where account_id = new.id and state in ('pending_payment', 'paid', 'renewing'))
    or exists (select from payment where account_id = new.id and state in ('requires_action', 'processing', 'disputed'))
    or exists (select from refund join payment on payment.id = payment_id
      where account_id = new.id and refund.state in ('proposed', 'approved', 'processing'))
    or exists (select from bank_transfer where account_id = new.id and state = 'reversal_proposed') then
    raise exception 'account % has something open', new.id
      using errcode = 'check_violation', constraint = 'closed_account_had_nothing_open';
  end if;
  return new;
end $$;
revoke execute on function check_account_is_over() from public;
create trigger closed_account_was_empty before update of closed_at on account for each row
  when (new.closed_at is not null) execute function check_account_is_over();

create function check_account_is_not_closed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from account where id = new.account_id and closed_at is not null) then
    raise exception 'account % is closed', new.account_id
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end $$;
revoke execute on function check_account_is_not_closed() from public;
-- An order by card is held by its payment. One from the balance of an empty account without credit has nothing to pay with.
create trigger closed_account_opens_no_payment after insert on payment for each row
  when (new.method = 'card') execute function check_account_is_not_closed();
create trigger closed_account_gets_no_transfer after insert on bank_transfer for each row
  execute function check_account_is_not_closed();
create trigger closed_account_gets_no_key after insert on api_key for each row
  execute function check_account_is_not_closed();
