import { sql } from 'kysely'
import type { Violation } from '../fixture.ts'
import { insertBackorder } from '../rows.ts'

const later = new Date('2026-11-24T13:00:00Z')

export const backorderViolations: readonly Violation[] = [
  {
    table: 'backorder',
    constraint: 'one_live_backorder_per_name',
    guarantee: 'a name has one live backorder',
    // Under another listing, as the name counts.
    backstops: [['backorder', 'backorder_is_of_its_listing']],
    violate: (fixture) =>
      insertBackorder(fixture, {
        name: fixture.held.name,
        state: 'pending_payment',
        pay_by: later,
        decided_at: null,
        failure_reason: null,
      }),
  },
  {
    table: 'backorder',
    constraint: 'one_backorder_per_listing',
    guarantee: 'a listing is sold once, even after its backorder has ended',
    violate: (fixture) =>
      insertBackorder(fixture, { listing_id: fixture.held.listingId, name: fixture.held.name }),
  },
  {
    table: 'backorder',
    constraint: 'order_terms_are_final',
    guarantee: 'the price of an order never changes',
    violate: ({ tx, held }) =>
      tx.updateTable('backorder').set({ price_minor: 1n }).where('id', '=', held.backorderId).execute(),
  },
  {
    table: 'backorder',
    constraint: 'backorder_reference_is_one_line',
    guarantee: "a reseller's reference is one line of at most 64 characters",
    violate: (fixture) => insertBackorder(fixture, { reference: 'two\nlines' }),
  },
  {
    table: 'backorder',
    constraint: 'backorder_metadata_is_bounded',
    guarantee: "a reseller's data of an order has at most 20 keys",
    violate: (fixture) =>
      insertBackorder(fixture, {
        metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key-${index}`, 'value'])),
      }),
  },
  {
    table: 'backorder',
    constraint: 'backorder_price_positive',
    guarantee: 'a backorder has a price',
    violate: (fixture) => insertBackorder(fixture, { price_minor: 0n }),
  },
  {
    table: 'backorder',
    constraint: 'backorder_state_known',
    guarantee: 'a backorder is in a state of its machine',
    violate: async (fixture) => {
      const id = await insertBackorder(fixture, {
        state: 'expired',
        failure_reason: null,
        expired_reason: 'lapsed',
      })
      await sql`update backorder set state = 'cancelled', expired_reason = null, decided_at = null
        where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'backorder',
    constraint: 'failure_reason_known',
    guarantee: 'a failure has one of the five reasons',
    violate: async (fixture) => {
      const id = await insertBackorder(fixture)
      await sql`update backorder set failure_reason = 'no luck' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'backorder',
    constraint: 'expired_reason_known',
    guarantee: 'an unpaid order ends for one of the three reasons',
    violate: async (fixture) => {
      const id = await insertBackorder(fixture, {
        state: 'expired',
        failure_reason: null,
        expired_reason: 'lapsed',
      })
      await sql`update backorder set expired_reason = 'bored' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'backorder',
    constraint: 'pending_has_pay_by',
    guarantee: 'an unpaid order has a time by which it must be paid',
    violate: (fixture) =>
      insertBackorder(fixture, { state: 'pending_payment', decided_at: null, failure_reason: null }),
  },
  {
    table: 'backorder',
    constraint: 'secured_has_time',
    guarantee: 'a secured backorder has the time when it was secured',
    violate: (fixture) => insertBackorder(fixture, { secured_at: null }),
  },
  {
    table: 'backorder',
    constraint: 'decided_has_time',
    guarantee: 'a backorder has a decision time exactly if it is decided',
    violate: (fixture) => insertBackorder(fixture, { decided_at: null }),
  },
  {
    table: 'backorder',
    constraint: 'only_success_has_settlement_time',
    guarantee: 'a backorder has a settlement time exactly if it succeeded',
    violate: (fixture) => insertBackorder(fixture, { settled_at: later }),
  },
  {
    table: 'backorder',
    constraint: 'only_failure_has_reason',
    guarantee: 'a backorder has a failure reason exactly if it failed',
    violate: (fixture) => insertBackorder(fixture, { failure_reason: null }),
  },
  {
    table: 'backorder',
    constraint: 'only_expiry_has_reason',
    guarantee: 'a backorder has an expiry reason exactly if it expired',
    violate: (fixture) => insertBackorder(fixture, { state: 'expired', failure_reason: null }),
  },
  {
    table: 'backorder',
    constraint: 'backorder_is_of_its_listing',
    guarantee: "a backorder's name is its listing's",
    violate: (fixture) => insertBackorder(fixture, { name: 'another.test' }),
  },
]
