import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { ConstraintName, RenewalTable } from '../../../src/database/tables.gen.ts'
import type { Breach } from '../breach.ts'
import { insertPayment } from '../rows.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')
const EXPIRES_AT = new Date('2027-11-24T12:00:00Z')
const LATER = new Date('2028-11-24T12:00:00Z')

/** The held name as if it had been caught. */
async function insertRegistration(
  scene: Scene,
  { expiresAt = EXPIRES_AT, backorderId = scene.held.backorderId } = {},
) {
  const id = scene.ctx.newId()
  await sql`insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
    select ${id}, ${backorderId}, ${scene.buyer.actor.accountId}, id, ${scene.held.name}, ${AT}, ${expiresAt}
    from registry_account`.execute(scene.tx)
  return id
}

/** A renewal of it that nobody paid, and that has ended: it owes no escrow and is in nobody's way. */
export async function insertRenewal(scene: Scene, changes: Partial<Insertable<RenewalTable>> = {}) {
  const id = scene.ctx.newId()
  await scene.tx
    .insertInto('renewal')
    .values({
      id,
      registration_id: changes.registration_id ?? (await insertRegistration(scene)),
      account_id: scene.buyer.actor.accountId,
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

async function insertRequest(scene: Scene, changes: Record<string, string | null> = {}) {
  const renewalId = changes['renewal_id'] === undefined ? await insertRenewal(scene) : changes['renewal_id']
  const { kind = 'renew', state = 'waiting', done_at = null } = changes
  await sql`insert into registry_request (id, registry_account_id, kind, renewal_id, state, created_at, try_after, done_at)
    select ${scene.ctx.newId()}, id, ${kind}, ${renewalId}, ${state}, ${AT}, ${AT}, ${done_at} from registry_account`.execute(
    scene.tx,
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

async function insertCharge(scene: Scene, charge: Charge = {}) {
  const { kind = 'registration', years = 1, amount = 900, backorder = true, renewalId = null } = charge
  const { basis = 'configured' } = charge
  await sql`insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at,
      backorder_id, renewal_id)
    select ${scene.ctx.newId()}, id, ${kind}, ${scene.held.name}, ${years}, ${amount}, 'USD', ${basis}, ${AT},
      ${backorder ? scene.held.backorderId : null}, ${renewalId} from registry_account`.execute(scene.tx)
}

/** Renewals that no state of the machine allows, each by the check that says so. */
function states(
  rows: readonly (readonly [ConstraintName, string, Partial<Insertable<RenewalTable>>])[],
): readonly Breach[] {
  return rows.map(([keeper, promise, changes]) => ({
    table: 'renewal',
    keeper,
    promise,
    deed: (scene) => insertRenewal(scene, changes),
  }))
}

export const renewalBreaches: readonly Breach[] = [
  {
    table: 'zone',
    keeper: 'renew_fee_not_negative',
    promise: 'a renewal fee is not negative',
    deed: ({ tx }) => sql`update zone set renew_fee_minor = -1`.execute(tx),
  },
  {
    table: 'renewal_price',
    keeper: 'renewal_price_positive',
    promise: 'a year of renewal costs something',
    deed: ({ tx }) =>
      sql`insert into renewal_price (zone, currency, per_year_minor) select name, 'JPY', 0 from zone`.execute(
        tx,
      ),
  },
  {
    table: 'renewal_price',
    keeper: 'renewal_price_pkey',
    promise: 'a year of renewal has one price in a currency',
    deed: ({ tx }) =>
      sql`insert into renewal_price (zone, currency, per_year_minor)
        select name, 'JPY', price from zone, (values (1), (2)) as prices (price)`.execute(tx),
  },
  {
    table: 'registration',
    keeper: 'one_registration_per_backorder',
    promise: 'a backorder becomes one registration',
    deed: async (scene) => {
      await insertRegistration(scene)
      await insertRegistration(scene)
    },
  },
  {
    table: 'registration',
    keeper: 'registration_expires_later',
    promise: 'a registration ends after it began',
    deed: (scene) => insertRegistration(scene, { expiresAt: AT }),
  },
  {
    table: 'renewal',
    keeper: 'renewal_is_of_the_holder',
    promise: 'only its holder renews a registration',
    deed: async (scene) => {
      const other = scene.ctx.newId()
      await sql`insert into account (id, name, currency) values (${other}, 'another', 'USD')`.execute(
        scene.tx,
      )
      await insertRenewal(scene, { account_id: other })
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
    ['paid_renewal_has_time', 'a paid renewal tells when it was paid', { paid_at: AT }],
    ['decided_renewal_has_time', 'a decided renewal tells when', { decided_at: null }],
    [
      'only_failed_renewal_has_reason',
      'a renewal that failed tells why, and only that',
      { failure_reason: 'refused' },
    ],
    [
      'only_successful_renewal_has_expiry',
      'a renewal that succeeded tells the new expiry, and only that',
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
    keeper: 'renewal_years_known',
    promise: 'a renewal is for one to nine years',
    deed: (scene) => insertRenewal(scene, { years: 0 }),
  },
  {
    table: 'renewal',
    keeper: 'renewal_state_known',
    promise: 'a renewal is in a state of its machine',
    backstops: [
      ['renewal', 'paid_renewal_has_time'],
      ['renewal', 'decided_renewal_has_time'],
    ],
    deed: async (scene) => {
      const id = await insertRenewal(scene)
      await sql`update renewal set state = 'hoped' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'renewal',
    keeper: 'renewal_failure_known',
    promise: 'a renewal fails for a known reason',
    deed: async (scene) => {
      const id = await insertRenewal(scene)
      await sql`update renewal set state = 'failed', paid_at = ${AT}, failure_reason = 'bad luck' where id = ${id}`.execute(
        scene.tx,
      )
    },
  },
  {
    table: 'renewal',
    keeper: 'one_live_renewal_per_registration',
    promise: 'a registration has one live renewal',
    deed: async (scene) => {
      const registration_id = await insertRegistration(scene)
      const live = { registration_id, state: 'pending_payment', decided_at: null } as const
      await insertRenewal(scene, live)
      await insertRenewal(scene, live)
    },
  },
  {
    table: 'renewal',
    keeper: 'one_renewal_per_expiry',
    promise: 'a registration is renewed once from an expiry',
    deed: async (scene) => {
      const registration_id = await insertRegistration(scene)
      await insertRenewal(scene, { registration_id, ...done })
      await insertRenewal(scene, { registration_id, ...done })
    },
  },
  {
    table: 'renewal',
    keeper: 'renewal_terms_are_final',
    promise: "a renewal's price and guard never change",
    deed: async (scene) => {
      await insertRenewal(scene)
      await sql`update renewal set price_minor = 1`.execute(scene.tx)
    },
  },
  {
    table: 'renewal',
    keeper: 'escrow_holds_the_undecided',
    promise: 'a renewal that is paid has its price in escrow',
    deed: async (scene) => {
      const id = await insertRenewal(scene, { state: 'paid', paid_at: AT, decided_at: null })
      await insertRequest(scene, { renewal_id: id })
    },
  },
  {
    table: 'posting',
    keeper: 'escrow_holds_the_undecided',
    promise: 'a renewal that is decided has nothing in escrow',
    deed: async (scene) => {
      const renewal_id = await insertRenewal(scene)
      await sql`set constraints all immediate`.execute(scene.tx)
      const common = { cause: 'secure', cause_id: renewal_id, currency: 'USD' } as const
      await scene.tx
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
    keeper: 'paid_renewal_is_asked_for',
    backstops: [['renewal', 'escrow_holds_the_undecided']],
    promise: 'whoever carries out renewals is asked for each that is paid',
    deed: (scene) => insertRenewal(scene, { state: 'paid', paid_at: AT, decided_at: null }),
  },
  {
    table: 'payment',
    keeper: 'renewal_payment_names_renewal',
    promise: 'a payment for a renewal names it',
    deed: (scene) => insertPayment(scene, { purpose: 'renewal' }),
  },
  {
    table: 'payment',
    keeper: 'payment_is_for_one_thing',
    promise: 'a payment is for a backorder or for a renewal',
    deed: async (scene) => {
      const renewal_id = await insertRenewal(scene)
      await insertPayment(scene, { purpose: 'renewal', renewal_id, backorder_id: scene.held.backorderId })
    },
  },
  {
    table: 'payment',
    keeper: 'one_payment_secures_a_renewal',
    promise: 'at most one payment secures a renewal',
    deed: async (scene) => {
      const renewal_id = await insertRenewal(scene)
      await insertPayment(scene, { purpose: 'renewal', renewal_id, secures: true })
      await insertPayment(scene, { purpose: 'renewal', renewal_id, secures: true })
    },
  },
  {
    table: 'refund',
    keeper: 'no_manual_refund_while_undecided',
    promise: 'no person refunds a renewal before its result is known',
    backstops: [['renewal', 'escrow_holds_the_undecided']],
    deed: async (scene) => {
      const renewal_id = await insertRenewal(scene, { state: 'pending_payment', decided_at: null })
      const payment_id = await insertPayment(scene, { purpose: 'renewal', renewal_id })
      await sql`insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, created_at, reason_code,
          note, proposed_by, expires_at)
        values (${scene.ctx.newId()}, ${payment_id}, 'manual', 'proposed', 'balance', 1, 'USD', ${AT}, 'other', 'a test',
          ${scene.staffId}, ${AT})`.execute(scene.tx)
    },
  },
  {
    table: 'registry_request',
    keeper: 'one_request_per_renewal',
    promise: 'a registry is asked for a renewal by one request',
    deed: async (scene) => {
      const renewal_id = await insertRenewal(scene)
      await insertRequest(scene, { renewal_id })
      await insertRequest(scene, { renewal_id })
    },
  },
  {
    table: 'registry_request',
    keeper: 'registry_request_kind_known',
    promise: 'what a registry is asked for is known',
    deed: (scene) => insertRequest(scene, { kind: 'favour', renewal_id: null }),
  },
  {
    table: 'registry_request',
    keeper: 'registry_request_state_known',
    promise: 'a request is in a state of its machine',
    deed: (scene) => insertRequest(scene, { state: 'lost' }),
  },
  {
    table: 'registry_request',
    keeper: 'renew_request_names_renewal',
    promise: 'a request to renew says what',
    deed: (scene) => insertRequest(scene, { renewal_id: null }),
  },
  {
    table: 'registry_request',
    keeper: 'sent_request_has_cltrid',
    promise: 'a request whose command has left says which',
    deed: (scene) => insertRequest(scene, { state: 'sent' }),
  },
  {
    table: 'registry_request',
    keeper: 'done_request_has_time',
    promise: 'a request that is done says when',
    deed: (scene) => insertRequest(scene, { state: 'done' }),
  },
  {
    table: 'registry_charge',
    keeper: 'one_charge_per_backorder',
    promise: 'a registry charges a registration once',
    deed: async (scene) => {
      await insertCharge(scene)
      await insertCharge(scene)
    },
  },
  {
    table: 'registry_charge',
    keeper: 'one_charge_per_renewal',
    promise: 'a registry charges a renewal once',
    deed: async (scene) => {
      const renewal = { kind: 'renewal', backorder: false, renewalId: await insertRenewal(scene) }
      await insertCharge(scene, renewal)
      await insertCharge(scene, renewal)
    },
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_basis_known',
    promise: 'a charge is what the registry said, or what our fees say',
    deed: (scene) => insertCharge(scene, { basis: 'guessed' }),
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_kind_known',
    promise: 'what a registry charges for is known',
    deed: (scene) => insertCharge(scene, { kind: 'lunch', backorder: false }),
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_is_for_years',
    promise: 'a charge is for no negative time',
    deed: (scene) => insertCharge(scene, { years: -1 }),
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_not_negative',
    promise: 'a registry takes and gives nothing by a charge',
    deed: (scene) => insertCharge(scene, { amount: -1 }),
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_names_its_cause',
    promise: 'a charge names what it is for',
    deed: (scene) => insertCharge(scene, { backorder: false }),
  },
  {
    table: 'registry_charge',
    keeper: 'registry_charge_is_append_only',
    promise: 'a charge is never changed',
    deed: async (scene) => {
      await insertCharge(scene)
      await sql`update registry_charge set amount_minor = 1`.execute(scene.tx)
    },
  },
]
