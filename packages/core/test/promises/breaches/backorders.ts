import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import { insertBackorder } from '../rows.ts'

const later = new Date('2026-11-24T13:00:00Z')

export const backorderBreaches: readonly Breach[] = [
  {
    table: 'backorder',
    keeper: 'one_live_backorder_per_name',
    promise: 'a name has one live backorder',
    // Under another listing: what counts is the name.
    backstops: [['backorder', 'backorder_is_of_its_listing']],
    deed: (scene) =>
      insertBackorder(scene, {
        name: scene.held.name,
        state: 'pending_payment',
        pay_by: later,
        decided_at: null,
        failure_reason: null,
      }),
  },
  {
    table: 'backorder',
    keeper: 'one_backorder_per_listing',
    promise: 'a listing is sold once, even after its backorder has ended',
    deed: (scene) => insertBackorder(scene, { listing_id: scene.held.listingId, name: scene.held.name }),
  },
  {
    table: 'backorder',
    keeper: 'order_terms_are_final',
    promise: 'a price never changes after ordering',
    deed: ({ tx, held }) =>
      tx.updateTable('backorder').set({ price_minor: 1n }).where('id', '=', held.backorderId).execute(),
  },
  {
    table: 'backorder',
    keeper: 'backorder_price_positive',
    promise: 'a backorder has a price',
    deed: (scene) => insertBackorder(scene, { price_minor: 0n }),
  },
  {
    table: 'backorder',
    keeper: 'backorder_state_known',
    promise: 'a backorder is in a state of its machine',
    deed: async (scene) => {
      const id = await insertBackorder(scene, {
        state: 'expired',
        failure_reason: null,
        expired_reason: 'lapsed',
      })
      await sql`update backorder set state = 'cancelled', expired_reason = null, decided_at = null
        where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'backorder',
    keeper: 'failure_reason_known',
    promise: 'a failure has one of the five reasons',
    deed: async (scene) => {
      const id = await insertBackorder(scene)
      await sql`update backorder set failure_reason = 'no luck' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'backorder',
    keeper: 'expired_reason_known',
    promise: 'an unpaid order ends for one of the three reasons',
    deed: async (scene) => {
      const id = await insertBackorder(scene, {
        state: 'expired',
        failure_reason: null,
        expired_reason: 'lapsed',
      })
      await sql`update backorder set expired_reason = 'bored' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'backorder',
    keeper: 'pending_has_pay_by',
    promise: 'an unpaid order ends by itself',
    deed: (scene) =>
      insertBackorder(scene, { state: 'pending_payment', decided_at: null, failure_reason: null }),
  },
  {
    table: 'backorder',
    keeper: 'secured_has_time',
    promise: 'a secured backorder tells since when',
    deed: (scene) => insertBackorder(scene, { secured_at: null }),
  },
  {
    table: 'backorder',
    keeper: 'decided_has_time',
    promise: 'a decided backorder tells when, and only that',
    deed: (scene) => insertBackorder(scene, { decided_at: null }),
  },
  {
    table: 'backorder',
    keeper: 'only_success_has_settlement_time',
    promise: 'a backorder has a settlement time if it succeeded, and only then',
    deed: (scene) => insertBackorder(scene, { settled_at: later }),
  },
  {
    table: 'backorder',
    keeper: 'only_failure_has_reason',
    promise: 'a backorder that failed tells why, and only that',
    deed: (scene) => insertBackorder(scene, { failure_reason: null }),
  },
  {
    table: 'backorder',
    keeper: 'only_expiry_has_reason',
    promise: 'a backorder that expired tells why, and only that',
    deed: (scene) => insertBackorder(scene, { state: 'expired', failure_reason: null }),
  },
  {
    table: 'backorder',
    keeper: 'backorder_is_of_its_listing',
    promise: "a backorder's name is its listing's",
    deed: (scene) => insertBackorder(scene, { name: 'another.test' }),
  },
]
