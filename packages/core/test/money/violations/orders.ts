import { payment } from './rows.ts'
import type { Violation } from './violation.ts'

/** Orders of one account for one listing that nobody has ordered yet; what is not said is that of a hold that lapsed. */
function expiredOrder(changes: Readonly<Record<string, string>>, times: number): string {
  const columns = {
    id: 'gen_random_uuid()',
    listing_id: 'listing.id',
    name: 'listing.name',
    account_id: 'account.id',
    state: `'expired'`,
    price_minor: '1',
    currency: `'USD'`,
    created_at: 'now()',
    pay_by: "now() + time * interval '1 hour'",
    decided_at: 'now()',
    expired_reason: `'lapsed'`,
    ...changes,
  }
  return `insert into backorder (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')}
    from (select * from listing where holder is null and not exists (select from backorder where listing_id = listing.id)
        order by id limit 1) as listing,
      (select id from account order by id limit 1) as account, generate_series(1, ${times}) as time`
}

export const orderViolations: readonly Violation[] = [
  {
    constraint: 'only_a_lapsed_order_is_reclaimed',
    table: 'backorder',
    statements: [
      expiredOrder({ expired_reason: `'released'` }, 1),
      expiredOrder(
        { reclaims: `(select id from backorder where expired_reason = 'released' order by id limit 1)` },
        1,
      ),
    ],
  },
  {
    constraint: 'one_hold_per_listing',
    table: 'backorder',
    statements: [
      `insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by, decided_at,
          expired_reason)
        select gen_random_uuid(), listing.id, name, account.id, 'expired', 1, 'USD', now(), now(), now(), 'lapsed'
        from (select * from listing limit 1) as listing, (select id from account limit 1) as account, generate_series(1, 2)`,
    ],
  },
  {
    constraint: 'open_holds_within_limit',
    table: 'backorder',
    statements: [
      `with held as (
          insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by)
          select gen_random_uuid(), listing.id, name, account.id, 'pending_payment', 1, 'USD', now(), now()
          from listing, (select id from account order by id limit 1) as account
          where state in ('upcoming', 'open') and holder is null
            and not exists (select from backorder where listing_id = listing.id and pay_by is not null)
          returning id, listing_id)
        update listing set holder = held.id from held where listing.id = held.listing_id
          and (select count(*) from held) > 3`,
      // With three or fewer names free there is nothing to show: undone.
      `do $$ begin if (select count(*) from backorder where price_minor = 1 and state = 'pending_payment') < 4 then
        raise exception 'too few names' using errcode = 'check_violation'; end if; end $$`,
    ],
  },
  {
    constraint: 'open_payments_within_limit',
    table: 'payment',
    statements: [
      payment(
        {
          method: `'card'`,
          state: `'requires_action'`,
          captured_minor: '0',
          pay_by: "clock_timestamp() + interval '1 hour'",
        },
        21,
      ),
    ],
  },
  {
    constraint: 'one_live_backorder_per_name',
    table: 'backorder',
    backstops: [
      ['backorder', 'one_backorder_per_listing'],
      ['backorder', 'one_hold_per_listing'],
    ],
    statements: [expiredOrder({ state: `'pending_payment'`, decided_at: 'null', expired_reason: 'null' }, 2)],
  },
  {
    constraint: 'one_backorder_per_listing',
    table: 'backorder',
    statements: [
      `insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at, failure_reason)
        select gen_random_uuid(), listing_id, name, account_id, 'failed', price_minor, currency, now(), now(), now(), 'lost'
        from backorder where state in ('backordered', 'successful') limit 1`,
    ],
  },
  {
    constraint: 'backorder_is_of_its_listing',
    table: 'backorder',
    statements: [expiredOrder({ name: `'another.test'` }, 1)],
  },
  {
    constraint: 'order_terms_are_final',
    table: 'backorder',
    statements: [
      `update backorder set price_minor = price_minor + 1
        where id = (select id from backorder where state in ('failed', 'successful') limit 1)`,
    ],
  },
  {
    constraint: 'one_payment_secures_a_backorder',
    table: 'payment',
    statements: [
      `insert into payment (id, account_id, backorder_id, method, state, amount_minor, captured_minor, currency, secures, created_at)
        select gen_random_uuid(), account_id, id, 'balance', 'succeeded', price_minor, price_minor, currency, true, now()
        from backorder where state in ('backordered', 'successful') limit 1`,
    ],
  },
  {
    constraint: 'payment_terms_are_final',
    table: 'payment',
    statements: [
      `update payment set account_id = (select id from account where id <> payment.account_id limit 1)
        where id = (select id from payment where secures limit 1)`,
    ],
  },
  {
    constraint: 'securing_payment_is_captured',
    table: 'payment',
    statements: [
      `update payment set secures = true where id = (select id from payment where captured_minor = 0 and backorder_id is not null
        and not exists (select from payment as other where other.backorder_id = payment.backorder_id and other.secures) limit 1)`,
    ],
  },
  {
    constraint: 'captured_when_succeeded',
    table: 'payment',
    statements: [payment({ state: `'failed'` })],
  },
  { constraint: 'captured_within_amount', table: 'payment', statements: [payment({ captured_minor: '2' })] },
]
