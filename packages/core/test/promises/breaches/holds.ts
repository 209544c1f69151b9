import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import { insertBackorder, insertUnpaid } from '../rows.ts'
import type { Scene } from '../scene.ts'

const later = new Date('2026-11-24T13:00:00Z')

/** An unpaid hold that has ended, or is open where told otherwise. */
const insertHold = (scene: Scene, changes: Parameters<typeof insertBackorder>[1] = {}) =>
  insertBackorder(scene, {
    state: 'expired',
    pay_by: later,
    secured_at: null,
    failure_reason: null,
    expired_reason: 'lapsed',
    ...changes,
  })

/** So that it is still open, whatever day it is. */
const nextYear = () => new Date(Date.now() + 365 * 86_400_000)

const open = { state: 'pending_payment', decided_at: null, expired_reason: null } as const

export const holdBreaches: readonly Breach[] = [
  {
    table: 'backorder',
    keeper: 'only_a_lapsed_order_is_reclaimed',
    promise: 'an order that its customer released is not bound again by money that came late',
    deed: async (scene) => {
      const released = await insertHold(scene, { expired_reason: 'released' })
      await insertBackorder(scene, { reclaims: released })
    },
  },
  {
    table: 'backorder',
    keeper: 'one_hold_per_listing',
    promise: 'a listing is held unpaid once in its cycle, however that ended',
    deed: async (scene) => {
      await insertHold(scene)
      await insertHold(scene)
    },
  },
  {
    table: 'backorder',
    keeper: 'open_holds_within_limit',
    promise: 'an account has no more open holds than it may',
    deed: async (scene) => {
      await sql`update account set open_holds_max = 1`.execute(scene.tx)
      await insertHold(scene, open)
      await insertHold(scene, { ...open, name: 'another.test', listing_id: scene.held.listingId })
    },
    // The listings of the scene are few: that the second one is sold already is not what is shown.
    backstops: [
      ['backorder', 'one_backorder_per_listing'],
      ['backorder', 'backorder_is_of_its_listing'],
    ],
  },
  {
    table: 'account',
    keeper: 'open_holds_max_positive',
    promise: 'an account may hold something',
    deed: ({ tx }) => sql`update account set open_holds_max = 0`.execute(tx),
  },
  {
    table: 'account',
    keeper: 'open_holds_max_before_paid_positive',
    promise: 'a new account may hold something',
    deed: ({ tx }) => sql`update account set open_holds_max_before_paid = 0`.execute(tx),
  },
  {
    table: 'payment',
    keeper: 'open_payments_within_limit',
    promise: 'an account has no more open card payments without a hold than it may',
    deed: async (scene) => {
      await sql`update account set open_payments_max = 1`.execute(scene.tx)
      await insertUnpaid(scene, { pay_by: nextYear() })
      await insertUnpaid(scene, { pay_by: nextYear(), state: 'failed' })
    },
  },
  {
    table: 'account',
    keeper: 'open_payments_max_positive',
    promise: 'an account may pay by card',
    deed: ({ tx }) => sql`update account set open_payments_max = 0`.execute(tx),
  },
]
