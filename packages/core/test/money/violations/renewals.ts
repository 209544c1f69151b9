import type { Violation } from './violation.ts'

/**
 * A registration of a name that nobody caught, and renewals of it; what is not said is that of one that lapsed, in nobody's way
 * whatever is paid for it.
 */
function renewals(changes: Readonly<Record<string, string>> = {}, times = 1): string {
  const columns = {
    id: 'gen_random_uuid()',
    registration_id: 'kept.id',
    account_id: 'kept.account_id',
    years: '1',
    price_minor: '1',
    currency: `'USD'`,
    quoted_expires_at: 'kept.expires_at',
    state: `'expired'`,
    created_at: 'now()',
    pay_by: 'now()',
    decided_at: 'now()',
    ...changes,
  }
  return `owned as (
      select * from backorder where not exists (select from registration where backorder_id = backorder.id) limit 1),
    kept as (
      insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
      select gen_random_uuid(), owned.id, account_id, at.id, name, now(), now() + interval '1 year'
      from owned, (select id from registry_account limit 1) as at returning *),
    renewed as (
      insert into renewal (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')}
      from kept, generate_series(1, ${times}) as time returning *)`
}

const requests = (times: number) => `insert into registry_request
    (id, registry_account_id, kind, renewal_id, state, created_at, try_after)
  select gen_random_uuid(), kept.registry_account_id, 'renew', renewed.id, 'waiting', now(), now()
  from renewed, kept, generate_series(1, ${times})`

const unpaid = { state: `'pending_payment'`, decided_at: 'null' } as const
const paid = { state: `'paid'`, paid_at: 'now()', decided_at: 'null' } as const
const done = {
  state: `'successful'`,
  paid_at: 'now()',
  new_expires_at: "kept.expires_at + interval '1 year'",
} as const

const charges = (kind: string, columns: string) => `insert into registry_charge
    (id, registry_account_id, kind, name, years, amount_minor, currency, charged_at, backorder_id, renewal_id)
  select gen_random_uuid(), registry_account_id, '${kind}', name, 1, 800, 'USD', now(), ${columns}`

export const renewalViolations: readonly Violation[] = [
  {
    constraint: 'one_payment_secures_a_renewal',
    table: 'payment',
    statements: [
      `with ${renewals()}
        insert into payment (id, account_id, purpose, renewal_id, method, state, amount_minor, captured_minor, currency, secures,
          created_at)
        select gen_random_uuid(), account_id, 'renewal', id, 'balance', 'succeeded', 1, 1, currency, true, now()
        from renewed, generate_series(1, 2)`,
    ],
  },
  {
    constraint: 'one_registration_per_backorder',
    table: 'registration',
    statements: [
      `insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
        select gen_random_uuid(), backorder_id, account_id, registry_account_id, name, cr_date, expires_at
        from registration limit 1`,
    ],
  },
  {
    constraint: 'renewal_is_of_the_holder',
    table: 'renewal',
    statements: [
      `with ${renewals({ account_id: '(select id from account where id <> kept.account_id limit 1)' })} select from renewed`,
    ],
  },
  {
    constraint: 'one_live_renewal_per_registration',
    table: 'renewal',
    statements: [`with ${renewals(unpaid, 2)} select from renewed`],
  },
  {
    constraint: 'one_renewal_per_expiry',
    table: 'renewal',
    statements: [`with ${renewals(done, 2)} select from renewed`],
  },
  {
    constraint: 'renewal_terms_are_final',
    table: 'renewal',
    statements: [
      `update renewal set price_minor = price_minor + 1
        where id = (select id from renewal where paid_at is not null limit 1)`,
    ],
  },
  {
    constraint: 'escrow_holds_the_undecided',
    table: 'renewal',
    statements: [`with ${renewals(paid)} ${requests(1)}`],
  },
  {
    constraint: 'paid_renewal_is_asked_for',
    table: 'renewal',
    backstops: [['renewal', 'escrow_holds_the_undecided']],
    statements: [`with ${renewals(paid)} select from renewed`],
  },
  {
    constraint: 'one_request_per_renewal',
    table: 'registry_request',
    statements: [`with ${renewals()} ${requests(2)}`],
  },
  {
    constraint: 'one_charge_per_backorder',
    table: 'registry_charge',
    statements: [`${charges('registration', 'backorder_id, null')} from registration limit 1`],
  },
  {
    constraint: 'one_charge_per_renewal',
    table: 'registry_charge',
    statements: [
      `with ${renewals()} ${charges('renewal', 'null, renewed.id')} from renewed, kept, generate_series(1, 2)`,
    ],
  },
  {
    constraint: 'registry_charge_is_append_only',
    table: 'registry_charge',
    statements: ['update registry_charge set amount_minor = amount_minor + 1'],
  },
]
