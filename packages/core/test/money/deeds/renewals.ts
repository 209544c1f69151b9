import type { Deed } from './deed.ts'

/** A registration of a name that was not caught, and a renewal of it that lapsed: in nobody's way, whatever is paid for it. */
const lapsed = `kept as (
    insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
    select gen_random_uuid(), owned.id, account_id, registry_account.id, name, now(), now() + interval '1 year'
    from (select * from backorder where not exists (select from registration where backorder_id = backorder.id) limit 1) as owned,
      (select id from registry_account limit 1) as registry_account returning *),
  renewed as (
    insert into renewal (id, registration_id, account_id, years, price_minor, currency, quoted_expires_at, state, created_at, pay_by,
      decided_at)
    select gen_random_uuid(), id, account_id, 1, 1, 'USD', expires_at, 'expired', now(), now(), now() from kept returning *)`

export const renewalDeeds: readonly Deed[] = [
  {
    keeper: 'one_payment_secures_a_renewal',
    table: 'payment',
    statements: [
      `with ${lapsed}
        insert into payment (id, account_id, purpose, renewal_id, method, state, amount_minor, captured_minor, currency, secures,
          created_at)
        select gen_random_uuid(), account_id, 'renewal', id, 'balance', 'succeeded', 1, 1, currency, true, now()
        from renewed, generate_series(1, 2)`,
    ],
  },
]
