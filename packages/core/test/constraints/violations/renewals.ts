import { type Insertable, sql } from 'kysely'
import type { ConstraintName, RenewalTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertPayment } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')
const EXPIRES_AT = new Date('2027-11-24T12:00:00Z')
const LATER = new Date('2028-11-24T12:00:00Z')

/** The registration of the held name. */
export async function insertRegistration(
  fixture: Fixture,
  { expiresAt = EXPIRES_AT, backorderId = fixture.held.backorderId } = {},
) {
  const id = fixture.ctx.newId()
  await sql`insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
    select ${id}, ${backorderId}, ${fixture.buyer.actor.accountId}, id, ${fixture.held.name}, ${AT}, ${expiresAt}
    from registry_account`.execute(fixture.tx)
  return id
}

/** An expired unpaid renewal of it, which holds no escrow and conflicts with nothing. */
export async function insertRenewal(fixture: Fixture, changes: Partial<Insertable<RenewalTable>> = {}) {
  const id = fixture.ctx.newId()
  await fixture.tx
    .insertInto('renewal')
    .values({
      id,
      registration_id: changes.registration_id ?? (await insertRegistration(fixture)),
      account_id: fixture.buyer.actor.accountId,
      years: 1,
      price_minor: 1_500n,
      currency: 'USD',
      quoted_expires_at: EXPIRES_AT,
      state: 'expired',
      created_at: AT,
      pay_by: AT,
      decided_at: AT,
      ...changes,
    })
    .execute()
  return id
}

const done = { state: 'successful', paid_at: AT, decided_at: AT, new_expires_at: LATER } as const

async function insertRequest(fixture: Fixture, changes: Record<string, string | null> = {}) {
  const renewalId = changes['renewal_id'] === undefined ? await insertRenewal(fixture) : changes['renewal_id']
  const { kind = 'renew', state = 'waiting', done_at = null } = changes
  await sql`insert into registry_request (id, registry_account_id, kind, renewal_id, state, created_at, try_after, done_at)
    select ${fixture.ctx.newId()}, id, ${kind}, ${renewalId}, ${state}, ${AT}, ${AT}, ${done_at} from registry_account`.execute(
    fixture.tx,
  )
}

type Charge = {
  kind?: string
  years?: number
  amount?: number
  basis?: string
  backorder?: boolean
  renewalId?: string
}

async function insertCharge(fixture: Fixture, charge: Charge = {}) {
  const { kind = 'registration', years = 1, amount = 900, backorder = true, renewalId = null } = charge
  const { basis = 'configured' } = charge
  await sql`insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at,
      backorder_id, renewal_id)
    select ${fixture.ctx.newId()}, id, ${kind}, ${fixture.held.name}, ${years}, ${amount}, 'USD', ${basis}, ${AT},
      ${backorder ? fixture.held.backorderId : null}, ${renewalId} from registry_account`.execute(fixture.tx)
}

/** Renewals that no state of the machine allows, with the check that refuses each. */
function states(
  rows: readonly (readonly [ConstraintName, string, Partial<Insertable<RenewalTable>>])[],
): readonly Violation[] {
  return rows.map(([constraint, guarantee, changes]) => ({
    table: 'renewal',
    constraint,
    guarantee,
    violate: (fixture) => insertRenewal(fixture, changes),
  }))
}

export const renewalViolations: readonly Violation[] = [
  {
    table: 'zone',
    constraint: 'renew_fee_not_negative',
    guarantee: 'a renewal fee is not negative',
    violate: ({ tx }) => sql`update zone set renew_fee_minor = -1`.execute(tx),
  },
  {
    table: 'renewal_price',
    constraint: 'renewal_price_positive',
    guarantee: 'the price of a renewal is above zero',
    violate: ({ tx }) =>
      sql`insert into renewal_price (zone, currency, per_year_minor) select name, 'JPY', 0 from zone`.execute(
        tx,
      ),
  },
  {
    table: 'renewal_price',
    constraint: 'renewal_price_pkey',
    guarantee: 'a year of renewal has one price in a currency',
    violate: ({ tx }) =>
      sql`insert into renewal_price (zone, currency, per_year_minor)
        select name, 'JPY', price from zone, (values (1), (2)) as prices (price)`.execute(tx),
  },
  {
    table: 'registration',
    constraint: 'one_registration_per_backorder',
    guarantee: 'a backorder becomes one registration',
    violate: async (fixture) => {
      await insertRegistration(fixture)
      await insertRegistration(fixture)
    },
  },
  {
    table: 'registration',
    constraint: 'registration_expires_later',
    guarantee: 'a registration ends after it began',
    violate: (fixture) => insertRegistration(fixture, { expiresAt: AT }),
  },
  {
    table: 'renewal',
    constraint: 'renewal_is_of_the_holder',
    guarantee: 'only its holder renews a registration',
    violate: async (fixture) => {
      const other = fixture.ctx.newId()
      await sql`insert into account (id, name, currency) values (${other}, 'another', 'USD')`.execute(
        fixture.tx,
      )
      await insertRenewal(fixture, { account_id: other })
    },
  },
  ...states([
    ['renewal_price_of_order_positive', 'a renewal costs something', { price_minor: 0n }],
    [
      'renewal_within_ten_years',
      'a name is not renewed beyond ten years',
      { years: 9, quoted_expires_at: LATER },
    ],
    [
      'pending_renewal_has_pay_by',
      'an unpaid renewal has an end',
      { state: 'pending_payment', pay_by: null, decided_at: null },
    ],
    ['paid_renewal_has_time', 'a paid renewal has the time when it was paid', { paid_at: AT }],
    ['decided_renewal_has_time', 'a decided renewal has a decision time', { decided_at: null }],
    [
      'only_failed_renewal_has_reason',
      'a renewal has a failure reason exactly if it failed',
      { failure_reason: 'refused' },
    ],
    [
      'only_successful_renewal_has_expiry',
      'a renewal has a new expiry exactly if it succeeded',
      { new_expires_at: LATER },
    ],
    [
      'renewal_moves_the_expiry',
      'a renewal makes a name last longer',
      { ...done, new_expires_at: EXPIRES_AT },
    ],
  ]),
  {
    table: 'renewal',
    constraint: 'renewal_years_known',
    guarantee: 'a renewal is for one to nine years',
    violate: (fixture) => insertRenewal(fixture, { years: 0 }),
  },
  {
    table: 'renewal',
    constraint: 'renewal_state_known',
    guarantee: 'a renewal is in a state of its machine',
    backstops: [
      ['renewal', 'paid_renewal_has_time'],
      ['renewal', 'decided_renewal_has_time'],
    ],
    violate: async (fixture) => {
      const id = await insertRenewal(fixture)
      await sql`update renewal set state = 'hoped' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'renewal',
    constraint: 'renewal_failure_known',
    guarantee: 'a renewal fails for a known reason',
    violate: async (fixture) => {
      const id = await insertRenewal(fixture)
      await sql`update renewal set state = 'failed', paid_at = ${AT}, failure_reason = 'bad luck' where id = ${id}`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'renewal',
    constraint: 'one_live_renewal_per_registration',
    guarantee: 'a registration has one live renewal',
    violate: async (fixture) => {
      const registration_id = await insertRegistration(fixture)
      const live = { registration_id, state: 'pending_payment', decided_at: null } as const
      await insertRenewal(fixture, live)
      await insertRenewal(fixture, live)
    },
  },
  {
    table: 'renewal',
    constraint: 'one_renewal_per_expiry',
    guarantee: 'a registration is renewed once from an expiry',
    violate: async (fixture) => {
      const registration_id = await insertRegistration(fixture)
      await insertRenewal(fixture, { registration_id, ...done })
      await insertRenewal(fixture, { registration_id, ...done })
    },
  },
  {
    table: 'renewal',
    constraint: 'renewal_terms_are_final',
    guarantee: "a renewal's price and guard never change",
    violate: async (fixture) => {
      await insertRenewal(fixture)
      await sql`update renewal set price_minor = 1`.execute(fixture.tx)
    },
  },
  {
    table: 'renewal',
    constraint: 'escrow_holds_the_undecided',
    guarantee: 'a renewal that is paid has its price in escrow',
    violate: async (fixture) => {
      const id = await insertRenewal(fixture, { state: 'paid', paid_at: AT, decided_at: null })
      await insertRequest(fixture, { renewal_id: id })
    },
  },
  {
    table: 'posting',
    constraint: 'escrow_holds_the_undecided',
    guarantee: 'a renewal that is decided has nothing in escrow',
    violate: async (fixture) => {
      const renewal_id = await insertRenewal(fixture)
      await sql`set constraints all immediate`.execute(fixture.tx)
      const common = { cause: 'secure', cause_id: renewal_id, currency: 'USD' } as const
      await fixture.tx
        .insertInto('posting')
        .values([
          { ...common, line: 1, ledger_account: 'revenue', amount_minor: -1n },
          { ...common, line: 2, ledger_account: 'escrow', amount_minor: 1n, renewal_id },
        ])
        .execute()
    },
  },
  {
    table: 'renewal',
    constraint: 'paid_renewal_is_asked_for',
    backstops: [['renewal', 'escrow_holds_the_undecided']],
    guarantee: 'every paid renewal has a registry request',
    violate: (fixture) => insertRenewal(fixture, { state: 'paid', paid_at: AT, decided_at: null }),
  },
  {
    table: 'payment',
    constraint: 'renewal_payment_names_renewal',
    guarantee: 'a payment for a renewal names it',
    violate: (fixture) => insertPayment(fixture, { purpose: 'renewal' }),
  },
  {
    table: 'payment',
    constraint: 'payment_is_for_one_thing',
    guarantee: 'a payment is for a backorder or for a renewal',
    violate: async (fixture) => {
      const renewal_id = await insertRenewal(fixture)
      await insertPayment(fixture, { purpose: 'renewal', renewal_id, backorder_id: fixture.held.backorderId })
    },
  },
  {
    table: 'payment',
    constraint: 'one_payment_secures_a_renewal',
    guarantee: 'at most one payment secures a renewal',
    violate: async (fixture) => {
      const renewal_id = await insertRenewal(fixture)
      await insertPayment(fixture, { purpose: 'renewal', renewal_id, secures: true })
      await insertPayment(fixture, { purpose: 'renewal', renewal_id, secures: true })
    },
  },
  {
    table: 'refund',
    constraint: 'no_manual_refund_while_undecided',
    guarantee: 'no person refunds a renewal before its result is known',
    backstops: [['renewal', 'escrow_holds_the_undecided']],
    violate: async (fixture) => {
      const renewal_id = await insertRenewal(fixture, { state: 'pending_payment', decided_at: null })
      const payment_id = await insertPayment(fixture, { purpose: 'renewal', renewal_id })
      await sql`insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, created_at, reason_code,
          note, proposed_by, expires_at)
        values (${fixture.ctx.newId()}, ${payment_id}, 'manual', 'proposed', 'balance', 1, 'USD', ${AT}, 'other', 'a test',
          ${fixture.staffId}, ${AT})`.execute(fixture.tx)
    },
  },
  {
    table: 'registry_request',
    constraint: 'one_request_per_renewal',
    guarantee: 'a registry is asked for a renewal by one request',
    violate: async (fixture) => {
      const renewal_id = await insertRenewal(fixture)
      await insertRequest(fixture, { renewal_id })
      await insertRequest(fixture, { renewal_id })
    },
  },
  {
    table: 'registry_request',
    constraint: 'registry_request_kind_known',
    guarantee: 'a registry request has a known kind',
    violate: (fixture) => insertRequest(fixture, { kind: 'favour', renewal_id: null }),
  },
  {
    table: 'registry_request',
    constraint: 'registry_request_state_known',
    guarantee: 'a request is in a state of its machine',
    violate: (fixture) => insertRequest(fixture, { state: 'lost' }),
  },
  {
    table: 'registry_request',
    constraint: 'renew_request_names_renewal',
    guarantee: 'a request to renew has the renewal',
    violate: (fixture) => insertRequest(fixture, { renewal_id: null }),
  },
  {
    table: 'registry_request',
    constraint: 'sent_request_has_cltrid',
    guarantee: 'a sent request has the clTRID of its command',
    violate: (fixture) => insertRequest(fixture, { state: 'sent' }),
  },
  {
    table: 'registry_request',
    constraint: 'done_request_has_time',
    guarantee: 'a request has an end time exactly if it is done',
    violate: (fixture) => insertRequest(fixture, { state: 'done' }),
  },
  {
    table: 'registry_charge',
    constraint: 'one_charge_per_backorder',
    guarantee: 'a registry charges a registration once',
    violate: async (fixture) => {
      await insertCharge(fixture)
      await insertCharge(fixture)
    },
  },
  {
    table: 'registry_charge',
    constraint: 'one_charge_per_renewal',
    guarantee: 'a registry charges a renewal once',
    violate: async (fixture) => {
      const renewal = { kind: 'renewal', backorder: false, renewalId: await insertRenewal(fixture) }
      await insertCharge(fixture, renewal)
      await insertCharge(fixture, renewal)
    },
  },
  {
    table: 'registry_charge',
    constraint: 'registry_charge_basis_known',
    guarantee: 'the basis of a charge is the registry’s answer or our fees',
    violate: (fixture) => insertCharge(fixture, { basis: 'guessed' }),
  },
  {
    table: 'registry_charge',
    constraint: 'registry_charge_kind_known',
    guarantee: 'a charge has a known kind',
    violate: (fixture) => insertCharge(fixture, { kind: 'lunch', backorder: false }),
  },
  {
    table: 'registry_charge',
    constraint: 'registry_charge_is_for_years',
    guarantee: 'the years of a charge are not negative',
    violate: (fixture) => insertCharge(fixture, { years: -1 }),
  },
  {
    table: 'registry_charge',
    constraint: 'only_a_credit_is_negative',
    guarantee: 'the amount of a charge is negative only where it is a credit',
    violate: (fixture) => insertCharge(fixture, { amount: -1 }),
  },
  {
    table: 'registry_charge',
    constraint: 'registry_charge_names_its_cause',
    guarantee: 'a charge refers to its cause',
    violate: (fixture) => insertCharge(fixture, { backorder: false }),
  },
  {
    table: 'registry_charge',
    constraint: 'registry_charge_is_append_only',
    guarantee: 'a charge is never changed',
    violate: async (fixture) => {
      await insertCharge(fixture)
      await sql`update registry_charge set amount_minor = 1`.execute(fixture.tx)
    },
  },
]
