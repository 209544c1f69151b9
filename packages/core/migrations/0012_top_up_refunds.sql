-- People refund top-ups too: what is owed to the card of one was taken from the balance and waits as payable, as what a success
-- earned does. As before otherwise.
create or replace function check_money_of_payment(payment_ref uuid) returns void language plpgsql as $$
declare paid record; returned record; disputed bigint; held record;
begin
  select * into paid from payment where id = payment_ref;
  if paid.method <> 'card' then return; end if;
  select
      coalesce(sum(amount_minor) filter (where state = 'succeeded'), 0) as done,
      coalesce(sum(amount_minor) filter (where state = 'succeeded' and destination = 'original_payment'), 0) as to_card,
      coalesce(sum(amount_minor) filter (where destination = 'original_payment' and (state in ('approved', 'processing')
        or (state = 'failed' and not exists (select from refund as retry where retry.retries_refund_id = refund.id
          and retry.state not in ('proposed', 'rejected', 'expired'))))), 0) as owed
    into returned from refund where payment_id = payment_ref;
  select coalesce(sum(amount_minor), 0) into disputed from dispute where payment_id = payment_ref and state in ('open', 'lost');
  select
      coalesce(sum(amount_minor) filter (where ledger_account = 'provider_clearing'), 0) as clearing,
      coalesce(sum(amount_minor) filter (where ledger_account = 'unapplied_receipts'), 0) as unapplied,
      coalesce(sum(amount_minor) filter (where ledger_account = 'refunds_payable'), 0) as payable
    into held from posting where payment_id = payment_ref;
  if held.clearing <> returned.to_card + disputed - paid.captured_minor then
    raise exception 'payment % has % at the provider', payment_ref, held.clearing
      using errcode = 'check_violation', constraint = 'clearing_holds_what_was_captured';
  end if;
  if held.unapplied <>
      (case when paid.purpose <> 'top_up' and not paid.secures then paid.captured_minor - returned.done else 0 end) then
    raise exception 'payment % has % unapplied', payment_ref, held.unapplied
      using errcode = 'check_violation', constraint = 'unapplied_holds_what_secures_nothing';
  end if;
  if held.payable <> (case when paid.secures or paid.purpose = 'top_up' then returned.owed else 0 end) then
    raise exception 'payment % has % payable', payment_ref, held.payable
      using errcode = 'check_violation', constraint = 'payable_holds_what_is_owed';
  end if;
end $$;
